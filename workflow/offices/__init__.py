"""Users, departments, jurisdictions and the capacities people act in."""
