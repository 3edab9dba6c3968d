"""Take work, hand it back, and read the queue by keyset: no offsets, no exact counts."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from workflow.engine.models import WorkItem
from workflow.errors import NotAllowed, NotPossible
from workflow.offices.actors import Actor
from workflow.offices.models import Capacity
from workflow.offices.queries import require_capacity

PAGE = 25
Conflict = Callable[[Actor, uuid.UUID | None, dt.date], str | None]
_conflicts: list[Conflict] = []


def refuse_when(conflict: Conflict) -> None:
    """Add a reason for which nobody may take work (actor, subject, day → words or None)."""
    if conflict not in _conflicts:
        _conflicts.append(conflict)


def require_may_work(work: WorkItem, *, actor: Actor, on: dt.date) -> None:
    """Check capacity, department, exclusion and conflicts of interest.

    :raises NotAllowed: naming which of them stands in the way.
    """
    require_capacity(actor, role=work.role, department_id=work.department_id, on=on)
    if work.excluded_user_id is not None and work.excluded_user_id == actor.user_id:
        message = _("You prepared this; someone else has to decide it.")
        raise NotAllowed(message, code="four-eyes")
    for conflict in _conflicts:
        reason = conflict(actor, work.subject_id, on)
        if reason:
            raise NotAllowed(reason, code="conflict-of-interest")


@transaction.atomic
def claim(*, work_id: uuid.UUID, actor: Actor, on: dt.date, at: dt.datetime) -> WorkItem:
    """Take an open task. Of any number who try at once, exactly one gets it.

    :raises NotAllowed: see :func:`require_may_work`.
    :raises NotPossible: somebody has it already, or it is done.
    """
    work = _locked(work_id)
    require_may_work(work, actor=actor, on=on)
    if work.standing == WorkItem.Standing.CLOSED:
        raise NotPossible(_("This task is already done."), code="closed")
    if work.standing == WorkItem.Standing.CLAIMED:
        if work.owner_id == actor.user_id:
            return work
        message = _("%(name)s has taken this task.") % {"name": work.owner}
        raise NotPossible(message, code="taken")
    return _give(work, user_id=actor.user_id, at=at)


def claim_next(*, actor: Actor, on: dt.date, at: dt.datetime) -> WorkItem | None:
    """Take the most urgent open task of the actor's own department and capacity."""
    waiting = (
        WorkItem.objects.filter(
            standing=WorkItem.Standing.OPEN, role=actor.capacity, department_id=actor.department_id
        )
        .filter(Q(excluded_user_id=None) | ~Q(excluded_user_id=actor.user_id))
        .order_by("sort_on", "pk")
        .values_list("pk", flat=True)[:PAGE]
    )
    for key in waiting:
        try:
            return claim(work_id=key, actor=actor, on=on, at=at)
        except (NotPossible, NotAllowed):
            continue
    return None


@transaction.atomic
def release(*, work_id: uuid.UUID, actor: Actor) -> WorkItem:
    """Hand a task back to its department's queue.

    :raises NotAllowed: it is somebody else's.
    """
    work = _locked(work_id)
    if work.standing != WorkItem.Standing.CLAIMED or work.owner_id != actor.user_id:
        raise NotAllowed(_("This task is not yours to hand back."), code="not-owner")
    work.standing, work.owner_id, work.claimed_at = WorkItem.Standing.OPEN, None, None
    work.save(update_fields=["standing", "owner", "claimed_at"])
    return work


def take_for_act(
    *, table: str, object_id: uuid.UUID, node: str, actor: Actor, on: dt.date, at: dt.datetime
) -> WorkItem:
    """Check, inside an act, that this actor may do the work it completes; take it if it is open.

    The caller holds the lock of the domain row.

    :raises NotAllowed: the task is somebody else's, or not for this actor at all.
    :raises NotPossible: there is no such task, so the state does not call for it.
    """
    work = (
        WorkItem.objects.select_for_update(of=("self",))
        .filter(object_table=table, object_id=object_id, node=node)
        .exclude(standing=WorkItem.Standing.CLOSED)
        .first()
    )
    if work is None:
        raise NotPossible(_("The case does not wait for this step now."), code="not-awaited")
    require_may_work(work, actor=actor, on=on)
    if work.standing == WorkItem.Standing.CLAIMED and work.owner_id != actor.user_id:
        message = _("%(name)s has taken this task.") % {"name": work.owner}
        raise NotAllowed(message, code="taken")
    return work if work.owner_id else _give(work, user_id=actor.user_id, at=at)


def _locked(work_id: uuid.UUID) -> WorkItem:
    return WorkItem.objects.select_for_update(of=("self",)).get(pk=work_id)


def _give(work: WorkItem, *, user_id: uuid.UUID | None, at: dt.datetime) -> WorkItem:
    work.standing, work.owner_id, work.claimed_at = WorkItem.Standing.CLAIMED, user_id, at
    work.save(update_fields=["standing", "owner", "claimed_at"])
    return work


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """One screen of a queue; ``after`` is the cursor of the next one, or None at the end."""

    rows: list[WorkItem]
    after: str | None


def visible_to(capacities: Iterable[Capacity]) -> QuerySet[WorkItem]:
    """Return the live work that any of these capacities may see."""
    seen = Q(pk__in=[])
    for capacity in capacities:
        seen |= Q(role=capacity.role, department_id=capacity.department_id)
    return WorkItem.objects.filter(seen).exclude(standing=WorkItem.Standing.CLOSED)


def page(rows: QuerySet[WorkItem], *, after: str | None = None, size: int = PAGE) -> Page:
    """Return one screen, most urgent first; the cursor is opaque to callers.

    A cursor that cannot be read begins anew: it came from a link, not from a person.
    """
    position = _position(after)
    if position is not None:
        day, key = position
        rows = rows.filter(Q(sort_on__gt=day) | Q(sort_on=day, pk__gt=key))
    found = list(rows.select_related("department", "owner").order_by("sort_on", "pk")[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, f"{found[-1].sort_on.isoformat()}~{found[-1].pk}" if more else None)


def _position(after: str | None) -> tuple[dt.date, uuid.UUID] | None:
    try:
        day, key = (after or "").split("~")
        return dt.date.fromisoformat(day), uuid.UUID(key)
    except ValueError:
        return None
