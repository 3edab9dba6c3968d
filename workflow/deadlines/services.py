"""Opening, interrupting, prolonging and ending limits, inside the transaction of an act.

The caller holds the lock of the domain row. An object has at most one open limit of a kind; to
interrupt or end one that is not there does nothing, so that acts need not ask first.
"""

import datetime as dt
import uuid
from typing import Any

from workflow.deadlines import registry
from workflow.deadlines.ledger import COMPUTED, proof, recount, term_of, working_days_left
from workflow.deadlines.models import Deadline, Effect, Extension, State, Suspension
from workflow.errors import NotPossible
from workflow.periods import Unit

__all__ = [
    "cancel",
    "cancel_all",
    "extend",
    "meet",
    "miss",
    "open_deadline",
    "proof",
    "recount_all",
    "resume",
    "suspend",
    "term_of",
    "working_days_left",
]


def open_deadline(
    *,
    object_table: str,
    object_id: uuid.UUID,
    case_table: str,
    case_id: uuid.UUID,
    case_number: str,
    kind: str,
    provision: str,
    start_on: dt.date,
    at: dt.datetime,
    effect: str = Effect.ADVISORY,
    department_id: uuid.UUID | None = None,
    roll: bool | None = None,
) -> Deadline:
    """Let a limit run; its length is what the provision says on the day it starts.

    ``roll`` moves an end on a rest day to the next working day: so it is for every limit in
    calendar days, unless the provision says otherwise.

    :raises NoLawInForce: the provision has no text that day.
    :raises NoFigure: nobody has seen its number.
    :raises NoPassing: a statutory limit of a kind whose passing does nothing.
    """
    if effect == Effect.STATUTORY:
        registry.passing(kind)
    law = registry.statutes().on(start_on)
    figure = law.figure(provision)
    deadline = Deadline(
        object_table=object_table,
        object_id=object_id,
        case_table=case_table,
        case_id=case_id,
        case_number=case_number,
        kind=kind,
        provision_id=provision,
        provision_version=figure.version,
        law_version=law.version,
        effect=effect,
        start_on=start_on,
        budget=figure.value,
        unit=figure.unit.value,
        roll=figure.unit is not Unit.WORKING_DAY if roll is None else roll,
        department_id=department_id,
        created_at=at,
    )
    recount(deadline)
    deadline.save(force_insert=True)
    return deadline


def suspend(
    *,
    object_table: str,
    object_id: uuid.UUID,
    kind: str,
    first_day: dt.date,
    ground: str,
    at: dt.datetime,
    event_id: uuid.UUID | None = None,
) -> Deadline | None:
    """Stop the count: ``first_day`` is the first day that does not count. Twice is once."""
    deadline = _open(object_table, object_id, kind)
    if deadline is None or deadline.suspensions.filter(resumes_on=None).exists():
        return deadline
    latest = deadline.suspensions.order_by("-resumes_on").first()
    if latest is not None and latest.resumes_on is not None:
        first_day = max(first_day, latest.resumes_on)
    Suspension.objects.create(
        deadline=deadline, first_day=first_day, ground=ground, event_id=event_id, created_at=at
    )
    return _recounted(deadline)


def resume(
    *,
    object_table: str,
    object_id: uuid.UUID,
    kind: str,
    first_day: dt.date,
    at: dt.datetime,
) -> Deadline | None:
    """Let the count go on: ``first_day`` is the first day that counts again."""
    deadline = _open(object_table, object_id, kind)
    if deadline is None:
        return None
    standing = deadline.suspensions.filter(resumes_on=None).first()
    if standing is not None:
        standing.resumes_on = max(first_day, standing.first_day)
        standing.save(update_fields=["resumes_on"])
        _recounted(deadline)
    return deadline


def extend(
    *,
    object_table: str,
    object_id: uuid.UUID,
    kind: str,
    added: int,
    most: int,
    ground: str,
    at: dt.datetime,
    granted_by: uuid.UUID | None = None,
    event_id: uuid.UUID | None = None,
) -> Deadline:
    """Prolong a limit once, by no more than ``most`` of its units.

    :raises NotPossible: no such limit runs, it was extended already, or it has passed, or the
        extension is longer than allowed.
    """
    deadline = _open(object_table, object_id, kind)
    if deadline is None or deadline.state == State.MISSED:
        raise NotPossible("No such limit runs.", code="no-deadline")
    if deadline.extended_by:
        raise NotPossible("A limit is extended only once.", code="extended-once")
    if not 0 < added <= most:
        raise NotPossible(f"An extension is between 1 and {most}.", code="extension-too-long")
    Extension.objects.create(
        deadline=deadline,
        added=added,
        ground=ground,
        granted_by=granted_by,
        event_id=event_id,
        created_at=at,
    )
    deadline.extended_by = added
    return _recounted(deadline, "extended_by")


def meet(*, object_table: str, object_id: uuid.UUID, kind: str, at: dt.datetime) -> Deadline | None:
    """Record that what the limit asked for is done; one that was missed stays missed."""
    deadline = _open(object_table, object_id, kind)
    if deadline is not None:
        was_missed = deadline.state == State.MISSED
        end(deadline, State.MISSED if was_missed else State.MET, at=at)
    return deadline


def miss(*, object_table: str, object_id: uuid.UUID, kind: str, at: dt.datetime) -> Deadline | None:
    """Record that a limit is over unmet, when an act says so before the sweep does."""
    deadline = _open(object_table, object_id, kind)
    if deadline is not None:
        end(deadline, State.MISSED, at=at)
    return deadline


def cancel(
    *, object_table: str, object_id: uuid.UUID, kind: str, at: dt.datetime
) -> Deadline | None:
    """End a limit that has lost its purpose; one that was missed stays missed."""
    deadline = _open(object_table, object_id, kind)
    if deadline is not None:
        _cancel(deadline, at=at)
    return deadline


def cancel_all(*, object_table: str, object_id: uuid.UUID, at: dt.datetime) -> int:
    """End every limit of an object; return how many there were."""
    waiting = list(_locked(object_table=object_table, object_id=object_id))
    for deadline in waiting:
        _cancel(deadline, at=at)
    return len(waiting)


def recount_all(*, batch: int = 100) -> list[Deadline]:
    """Count anew limits that were counted by another calendar; return those that moved.

    The caller writes an event for each; call again until nothing is left to count.
    """
    version = registry.calendar().version
    stale = Deadline.objects.filter(ended_at=None).exclude(calendar_version=version)
    moved = []
    for deadline in stale.order_by("pk").select_for_update(no_key=True)[:batch]:
        before = (deadline.state, deadline.due_on)
        _recounted(deadline)
        if (deadline.state, deadline.due_on) != before:
            moved.append(deadline)
    return moved


def end(deadline: Deadline, state: State, *, at: dt.datetime) -> None:
    """Close a limit that the caller has locked; the suspension it may stand in closes with it."""
    deadline.state, deadline.ended_at, deadline.next_rung_on = state, at, None
    deadline.save(update_fields=["state", "ended_at", "next_rung_on"])


def _cancel(deadline: Deadline, *, at: dt.datetime) -> None:
    was_missed = deadline.state == State.MISSED
    end(deadline, State.MISSED if was_missed else State.CANCELLED, at=at)


def _recounted(deadline: Deadline, *also: str) -> Deadline:
    recount(deadline)
    deadline.save(update_fields=[*COMPUTED, *also])
    return deadline


def _open(object_table: str, object_id: uuid.UUID, kind: str) -> Deadline | None:
    return _locked(object_table=object_table, object_id=object_id, kind=kind).first()


def _locked(**about: Any) -> Any:
    """Lock without the key: a sweep may hold a rung's reference to the row while it waits for us."""
    waiting = Deadline.objects.filter(ended_at=None, **about)
    return waiting.order_by("pk").select_for_update(no_key=True)
