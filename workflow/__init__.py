"""The machinery of a case; it knows no process by name."""
