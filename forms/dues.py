"""A limit of the ledger as the screens show it."""

import datetime as dt
import uuid
from collections.abc import Iterable

from forms.parts import Due
from workflow.calendar import CALENDAR, YearNotLoaded
from workflow.deadlines.ledger import working_days_left
from workflow.deadlines.models import Deadline
from workflow.periods import Unit

ONE_DAY = dt.timedelta(days=1)


def due_of(deadline: Deadline, *, on: dt.date) -> Due:
    """Return a limit with the days left on a day; a suspended one says what remains."""
    working = deadline.unit == Unit.WORKING_DAY
    suspended = deadline.state == "suspended"
    left = deadline.remaining if suspended else _left(deadline, on, working=working)
    total = deadline.budget + deadline.extended_by
    return Due(
        on=deadline.due_on,
        left=left,
        total=total if working else None,
        used=max(total - max(left or 0, 0), 0),
        held=_held(deadline, on) if working else 0,
        suspended=suspended,
        working=working,
        earliest=deadline.earliest,
        latest=deadline.latest,
    )


def _left(deadline: Deadline, on: dt.date, *, working: bool) -> int | None:
    if working or deadline.due_on is None:
        return working_days_left(deadline, on)
    return (deadline.due_on - on).days


def _held(deadline: Deadline, on: dt.date) -> int:
    """The working days that were left out because the count stood still."""
    days = {
        stop.first_day + ONE_DAY * step
        for stop in deadline.suspensions.all()
        for step in range(max(((stop.resumes_on or on) - stop.first_day).days, 0))
    }
    try:
        return sum(CALENDAR.is_working(day) for day in days)
    except YearNotLoaded:
        return 0


def open_dues(*, object_ids: Iterable[uuid.UUID], on: dt.date) -> dict[tuple[uuid.UUID, str], Due]:
    """Return the open limits of objects by (object, kind)."""
    rows = (
        Deadline.objects.filter(object_id__in=list(object_ids), ended_at=None)
        .prefetch_related("suspensions")
        .order_by("due_on")
    )
    return {(row.object_id, row.kind): due_of(row, on=on) for row in rows}
