"""Take and hand back the tasks that are done together, as one."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from forms.desk import reading
from workflow.engine import queue
from workflow.engine.models import WorkItem
from workflow.errors import NotAllowed
from workflow.offices.actors import Actor


def task(work_id: uuid.UUID) -> WorkItem:
    """Return one task.

    :raises Http404: there is none.
    """
    found = WorkItem.objects.select_related("department", "owner").filter(pk=work_id).first()
    if found is None:
        raise Http404
    return found


@transaction.atomic
def claim(item: WorkItem, *, actor: Actor, on: dt.date, at: dt.datetime) -> None:
    """Take a step of a case: every item of it, or none."""
    for each in reading.same_step(item):
        queue.claim(work_id=each.pk, actor=actor, on=on, at=at)


@transaction.atomic
def release(item: WorkItem, *, actor: Actor) -> None:
    """Hand a step of a case back: every item of it that is the actor's."""
    for each in reading.same_step(item):
        if each.pk == item.pk or each.owner_id == actor.user_id:
            queue.release(work_id=each.pk, actor=actor)


def claim_next(actors: list[Actor], *, on: dt.date, at: dt.datetime) -> WorkItem | None:
    """Take the most urgent step open to the capacities, asked in their order."""
    for actor in actors:
        found = queue.claim_next(actor=actor, on=on, at=at)
        if found is not None:
            for each in reading.same_step(found):
                if each.standing == WorkItem.Standing.OPEN:
                    queue.claim(work_id=each.pk, actor=actor, on=on, at=at)
            return found
    return None


def live(*, table: str, object_id: uuid.UUID, node: str) -> WorkItem | None:
    """Return the task of an object that still waits, if it does."""
    return (
        WorkItem.objects.filter(object_table=table, object_id=object_id, node=node)
        .exclude(standing=WorkItem.Standing.CLOSED)
        .select_related("owner", "department")
        .first()
    )


def obstacle(tasks: Iterable[WorkItem], *, actor: Actor, on: dt.date) -> str:
    """Say why this person may not do this now; nothing when they may."""
    for each in tasks:
        try:
            queue.require_may_work(each, actor=actor, on=on)
        except NotAllowed as refusal:
            return str(refusal)
        if each.owner_id not in (None, actor.user_id):
            return _("%(name)s has taken this task.") % {"name": each.owner}
    return ""
