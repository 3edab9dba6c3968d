"""The counter: screens for the public, applicants and offices; thin views over the processes."""
