"""Who looked, and who was refused: a second log, written outside the transaction of the act."""
