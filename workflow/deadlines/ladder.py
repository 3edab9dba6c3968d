"""On which days a limit reminds, and on which its passing counts."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workflow.calendar import Calendar, YearNotLoaded
from workflow.calendar.days import is_weekend
from workflow.law import Law
from workflow.periods import ONE_DAY, Term, Unit, in_days, reckon

HALF, DUE, PASSED = "half", "due", "passed"
BEFORE = ("before-3", "before-1")
AFTER = ("after-1", "after-3")
HUNDRED = 100


@dataclass(frozen=True, order=True)
class Step:
    """One rung and its day."""

    on: dt.date
    place: int
    code: str


def steps(
    term: Term, due: dt.date, law: Law, calendar: Calendar, *, statutory: bool, settled: bool
) -> list[Step]:
    """Return the rungs of a limit in the order in which they fire.

    A rung that would lie on or before the start has no day of its own and is left out. While
    the end is only bounded (not ``settled``), its earliest day takes the end's place and only
    the rungs before it are set.
    """
    found = list(_before(term, due, law, calendar))
    if settled:
        found += [(DUE, due), (PASSED, due + ONE_DAY)]
    if settled and not statutory:
        found += [(code, working_day_from(due, _days(law, code), calendar)) for code in AFTER]
    return sorted(
        Step(day, place, code) for place, (code, day) in enumerate(found) if day > term.start
    )


def _before(
    term: Term, due: dt.date, law: Law, calendar: Calendar
) -> Iterator[tuple[str, dt.date]]:
    half = _part_consumed(term, law.value("OFFICE.rung.half"), calendar)
    if half is not None and half < due:
        yield HALF, half
    for code in BEFORE:
        yield code, working_day_from(due, -_days(law, code), calendar)


def _days(law: Law, code: str) -> int:
    return law.value(f"OFFICE.rung.{code}")


def _part_consumed(term: Term, percent: int, calendar: Calendar) -> dt.date | None:
    """Return the day on which so much of a term is used up; None while that is not certain."""
    by_working_days = term.unit is Unit.WORKING_DAY
    whole = term.value if by_working_days else in_days(term)
    unit = Unit.WORKING_DAY if by_working_days else Unit.DAY
    part = -(-whole * percent // HUNDRED)
    return reckon(replace(term, value=part, unit=unit, roll=False), calendar).due


def working_day_from(day: dt.date, steps_away: int, calendar: Calendar) -> dt.date:
    """Go so many working days forth or back; an unpublished year's weekdays pass for such."""
    direction = ONE_DAY if steps_away > 0 else -ONE_DAY
    left = abs(steps_away)
    while left:
        day += direction
        left -= _passes_for_working(day, calendar)
    return day


def _passes_for_working(day: dt.date, calendar: Calendar) -> bool:
    try:
        return calendar.is_working(day)
    except YearNotLoaded:
        return not is_weekend(day)
