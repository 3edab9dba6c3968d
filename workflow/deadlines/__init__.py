"""The ledger of legal limits: opened, suspended, extended, met or missed, with their reminders."""
