"""The day-by-day proof of a reckoning: why each day counted or did not."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workflow.calendar.days import Calendar
from workflow.periods import ONE_DAY, Reckoning, Unit
from workflow.suspensions import Spans

CALENDAR_DAY = "calendar_day"
SUSPENDED = "suspended"
ROLLED = "rolled"


@dataclass(frozen=True, slots=True)
class ProofDay:
    """One day of a proof. ``ground`` is a kind of day, ``calendar_day``, ``suspended``, ``rolled``.

    ``source`` names the notice that made the day a holiday or a working day, or the
    suspension by its place in the input.
    """

    date: dt.date
    counted: bool
    ground: str
    source: str | None

    def as_dict(self) -> dict[str, Any]:
        return {
            "date": self.date.isoformat(),
            "counted": self.counted,
            "ground": self.ground,
            "source": self.source,
        }


def proof(reckoning: Reckoning, calendar: Calendar) -> Iterator[ProofDay]:
    """List the days from the one after the start to the last the count reached.

    The counted ones are as many as the term's value (in days) once it has an end. An end
    that rolls shows the rest days it skips and the working day it lands on, not counted.
    """
    term, spans = reckoning.term, Spans(reckoning.term.suspensions)
    places = {each: f"suspensions.{place}" for place, each in enumerate(term.suspensions)}
    for number in range(term.start.toordinal() + 1, reckoning.stop.toordinal() + 1):
        day = dt.date.fromordinal(number)
        span = spans.covering(day)
        if span is not None:
            yield ProofDay(day, False, SUSPENDED, places[span])
        elif term.unit is Unit.WORKING_DAY:
            found = calendar.day(day)
            yield ProofDay(day, found.working, found.kind.value, found.source)
        else:
            yield ProofDay(day, True, CALENDAR_DAY, None)
    yield from _rolled(reckoning, calendar)


def _rolled(reckoning: Reckoning, calendar: Calendar) -> Iterator[ProofDay]:
    """Show why the end moved: from a term of no days also the start itself, which is its end."""
    end, due = reckoning.stop, reckoning.due
    if due is None or due == end:
        return
    first = end if reckoning.term.value == 0 else end + ONE_DAY
    for number in range(first.toordinal(), due.toordinal()):
        found = calendar.day(dt.date.fromordinal(number))
        yield ProofDay(found.date, False, found.kind.value, found.source)
    yield ProofDay(due, False, ROLLED, calendar.day(end).source)
