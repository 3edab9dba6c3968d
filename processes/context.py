"""The context in which this house applies effects: its statute book and its calendar."""

from typing import Any

from processes.statutes import STATUTES
from workflow import interpreter
from workflow.calendar import CALENDAR


def context(**case: Any) -> interpreter.Context:
    """Return the context of an act; ``case`` has the other fields of ``interpreter.Context``."""
    return interpreter.Context(law=STATUTES.version, calendar=CALENDAR.version, **case)
