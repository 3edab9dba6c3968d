"""What ``calc-deadline`` answers to one line (``contracts.md``)."""

import datetime as dt
from bisect import insort
from collections.abc import Mapping
from typing import Any

from workflow.calendar.days import CALENDAR, Calendar
from workflow.fields import Fields, read_date
from workflow.jsonl import LineError
from workflow.periods import (
    BeforeTheCalendar,
    EndsTooLate,
    Reckoning,
    Term,
    Unit,
    reckon,
)
from workflow.proofs import proof
from workflow.suspensions import Suspension


def answer(asked: Mapping[str, Any], calendar: Calendar = CALENDAR) -> dict[str, Any]:
    """Answer one line; the proof is an iterator, written day by day.

    :raises LineError: a field is missing, wrong, or leads out of the calendar.
    """
    term = read_term(asked)
    try:
        reckoning = reckon(term, calendar)
    except EndsTooLate:
        raise LineError("value", "range", "The term ends after 9999-12-31.") from None
    except BeforeTheCalendar:
        message = f"The count needs a day before {calendar.first_year}, the first loaded year."
        raise LineError("start", "range", message) from None
    days = (day.as_dict() for day in proof(reckoning, calendar))
    return {**as_dict(reckoning), "proof": days}


def as_dict(reckoning: Reckoning) -> dict[str, Any]:
    """Return the answer without its proof."""
    found: dict[str, Any] = {
        "due": _iso(reckoning.due),
        "provisional": reckoning.provisional,
        "suspended": reckoning.suspended,
    }
    if reckoning.remaining is not None:
        found["remaining"] = reckoning.remaining
    if reckoning.provisional:
        found |= {"earliest": _iso(reckoning.earliest), "latest": _iso(reckoning.latest)}
    return {**found, "calendar": reckoning.calendar_version}


def read_term(asked: Mapping[str, Any]) -> Term:
    """Read the term of a line.

    :raises LineError: of the first field that is missing or wrong, in the order of the contract.
    """
    fields = Fields(asked)
    return Term(
        start=fields.required_date("start"),
        value=_value(fields),
        unit=Unit(fields.required_choice("unit", {unit.value for unit in Unit})),
        roll=fields.flag("roll"),
        suspensions=_suspensions(fields),
    )


def _value(fields: Fields) -> int:
    value = fields.required("value")
    if isinstance(value, bool) or not isinstance(value, int):
        raise LineError("value", "type", "value must be a number without fraction or exponent.")
    if value < 0:
        raise LineError("value", "range", "value must be 0 or more.")
    return value


def _suspensions(fields: Fields) -> tuple[Suspension, ...]:
    found = [
        _suspension(raw, f"suspensions.{place}")
        for place, raw in enumerate(fields.items("suspensions"))
    ]
    _refuse_overlap(found)
    return tuple(found)


def _suspension(raw: Any, path: str) -> Suspension:
    if raw is None:
        raise LineError(path, "missing", f"{path} is missing.")
    if not isinstance(raw, list) or len(raw) != len(("first", "resumes")):
        raise LineError(path, "type", f"{path} must be a list of two days, the second or null.")
    if raw[0] is None:
        raise LineError(f"{path}.0", "missing", f"{path}.0 is missing.")
    first = read_date(raw[0], f"{path}.0")
    resumes = None if raw[1] is None else read_date(raw[1], f"{path}.1")
    if resumes is not None and resumes < first:
        raise LineError(f"{path}.1", "order", f"{path} ends before it begins.")
    return Suspension(first, resumes)


def _refuse_overlap(suspensions: list[Suspension]) -> None:
    """Refuse the first suspension, in the order given, that shares a day with one before it."""
    taken: list[tuple[dt.date, dt.date, bool]] = []
    for place, each in enumerate(suspensions):
        if each.empty:
            continue
        entry = (each.first, each.resumes or dt.date.max, each.resumes is None)
        insort(taken, entry)
        here = taken.index(entry)
        pairs = zip(
            taken[max(here - 1, 0) : here + 2], taken[max(here, 1) : here + 2], strict=False
        )
        if any(_overlap(before, after) for before, after in pairs):
            path = f"suspensions.{place}"
            raise LineError(path, "overlap", f"{path} overlaps another suspension.")


def _overlap(before: tuple[dt.date, dt.date, bool], after: tuple[dt.date, dt.date, bool]) -> bool:
    return before[2] or after[0] < before[1]


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
