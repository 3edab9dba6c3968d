"""What follows from the stored facts of a limit: its term, its state, its next rung, its proof."""

import datetime as dt
from collections.abc import Iterator

from workflow.calendar import YearNotLoaded
from workflow.deadlines import registry
from workflow.deadlines.ladder import Step, steps
from workflow.deadlines.models import WAITING, Deadline, Effect, State
from workflow.periods import ONE_DAY, Reckoning, Term, Unit, reckon
from workflow.proofs import ProofDay
from workflow.proofs import proof as days_of
from workflow.suspensions import Suspension

COMPUTED = (
    "state",
    "due_on",
    "earliest",
    "latest",
    "remaining",
    "calendar_version",
    "next_rung_on",
)


def term_of(deadline: Deadline) -> Term:
    """Return the term as the pure count sees it: budget and extensions, and every suspension."""
    return Term(
        start=deadline.start_on,
        value=deadline.budget + deadline.extended_by,
        unit=Unit(deadline.unit),
        roll=deadline.roll,
        suspensions=tuple(
            Suspension(each.first_day, each.resumes_on)
            for each in deadline.suspensions.order_by("first_day", "pk")
        ),
    )


def reckoning_of(deadline: Deadline) -> Reckoning:
    """Count anew from the stored facts."""
    return reckon(term_of(deadline), registry.calendar())


def proof(deadline: Deadline) -> Iterator[ProofDay]:
    """Return the day-by-day proof of the due date."""
    return days_of(reckoning_of(deadline), registry.calendar())


def recount(deadline: Deadline) -> None:
    """Set everything that follows from the facts. The caller has locked the row and saves it."""
    found = reckoning_of(deadline)
    deadline.due_on, deadline.remaining = found.due, found.remaining
    deadline.earliest, deadline.latest = found.earliest, found.latest
    deadline.calendar_version = found.calendar_version
    if deadline.ended_at is None and deadline.state != State.MISSED:
        deadline.state = _state(found)
    deadline.next_rung_on = next_rung_on(deadline)


def _state(found: Reckoning) -> State:
    if found.provisional:
        return State.PROVISIONAL
    return State.SUSPENDED if found.suspended else State.RUNNING


def ladder_of(deadline: Deadline) -> list[Step]:
    """Return every rung of a limit that is not over, fired or not."""
    anchor = deadline.due_on or deadline.earliest
    if anchor is None or deadline.state not in (*WAITING, State.MISSED):
        return []
    return steps(
        term_of(deadline),
        anchor,
        registry.statutes().on(deadline.start_on),
        registry.calendar(),
        statutory=deadline.effect == Effect.STATUTORY,
        settled=deadline.due_on is not None,
    )


def unfired(deadline: Deadline) -> list[Step]:
    """Return the rungs still to fire, in order."""
    fired = set(deadline.rungs.values_list("code", flat=True))
    return [step for step in ladder_of(deadline) if step.code not in fired]


def next_rung_on(deadline: Deadline) -> dt.date | None:
    """Return the day of the next rung; none fires for a limit that stands still or is over."""
    if deadline.ended_at is not None or deadline.state == State.SUSPENDED:
        return None
    return min((step.on for step in unfired(deadline)), default=None)


def working_days_left(deadline: Deadline, on: dt.date) -> int | None:
    """Return the working days after today up to the due day; below zero when it has passed.

    On a Friday, due next Wednesday is 3; due today is 0. None while there is no due date, or
    while a day between is of a year nobody has published.
    """
    due = deadline.due_on
    if due is None:
        return None
    first, last, sign = (on, due, 1) if on <= due else (due, on, -1)
    days = (first + ONE_DAY * step for step in range(1, (last - first).days + 1))
    try:
        return sign * sum(registry.calendar().is_working(day) for day in days)
    except YearNotLoaded:
        return None
