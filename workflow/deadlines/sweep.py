"""Firing what is due: reminders and passings, each once, in order, also after downtime.

Celery only wakes the sweep. Any number of sweeps may run side by side.
"""

import datetime as dt
import logging
import uuid
from dataclasses import dataclass, field

from django.db import transaction

from workflow import faults
from workflow.deadlines import registry
from workflow.deadlines.ladder import PASSED, Step
from workflow.deadlines.ledger import next_rung_on, unfired
from workflow.deadlines.models import Deadline, Effect, Rung, State
from workflow.deadlines.services import end

LOG = logging.getLogger(__name__)


@dataclass
class Swept:
    """What one sweep did: limits it took, rungs it fired, and limits whose handler failed."""

    taken: int = 0
    fired: int = 0
    failed: list[uuid.UUID] = field(default_factory=list)


def sweep(*, on: dt.date, at: dt.datetime, batch: int = 100) -> Swept:
    """Take up to ``batch`` due limits, each in a transaction of its own.

    A handler that fails undoes its own limit only and is tried again by the next sweep.
    """
    done = Swept()
    while done.taken < batch:
        try:
            taken = _remind(on=on, at=at, done=done)
        except _Failed as failure:
            done.failed.append(failure.deadline_id)
            continue
        if taken is None:
            break
        done.taken += 1
        if _passing_is_due(taken, on=on):
            _pass_guarded(taken, on=on, at=at, done=done)
    return done


class _Failed(Exception):
    """A handler failed; the limit is left for the next sweep."""

    def __init__(self, deadline_id: uuid.UUID) -> None:
        self.deadline_id = deadline_id


def _remind(*, on: dt.date, at: dt.datetime, done: Swept) -> Deadline | None:
    """Lock one due limit that nobody else has, and fire what is due before a statutory passing."""
    with transaction.atomic():
        deadline = (
            Deadline.objects.filter(next_rung_on__lte=on, ended_at=None)
            .exclude(pk__in=done.failed)
            .order_by("next_rung_on", "pk")
            .select_for_update(skip_locked=True, no_key=True)
            .first()
        )
        if deadline is None:
            return None
        try:
            done.fired += _fire_due(deadline, on=on, at=at)
        except Exception as error:
            LOG.exception("A reminder failed.", extra={"deadline": str(deadline.pk)})
            raise _Failed(deadline.pk) from error
    return deadline


def _fire_due(deadline: Deadline, *, on: dt.date, at: dt.datetime) -> int:
    fired = 0
    for step in unfired(deadline):
        if step.on > on or _changes_state(deadline, step):
            break
        fired += _claimed(deadline, step, at=at)
        if step.code == PASSED:
            deadline.state = State.MISSED
        registry.rung_handler(deadline.kind)(deadline, code=step.code, due_on=step.on, at=at)
    deadline.next_rung_on = next_rung_on(deadline)
    deadline.save(update_fields=["state", "next_rung_on"])
    return fired


def _changes_state(deadline: Deadline, step: Step) -> bool:
    return step.code == PASSED and deadline.effect == Effect.STATUTORY


def _claimed(deadline: Deadline, step: Step, *, at: dt.datetime) -> int:
    Rung.objects.create(deadline=deadline, code=step.code, due_on=step.on, fired_at=at)
    faults.point("deadline.rung-claimed")
    return 1


def _passing_is_due(deadline: Deadline, *, on: dt.date) -> bool:
    return deadline.effect == Effect.STATUTORY and any(
        step.code == PASSED and step.on <= on for step in unfired(deadline)
    )


def _pass_guarded(deadline: Deadline, *, on: dt.date, at: dt.datetime, done: Swept) -> None:
    try:
        done.fired += _pass(deadline.pk, on=on, at=at)
    except Exception:
        LOG.exception("A passing failed.", extra={"deadline": str(deadline.pk)})
        done.failed.append(deadline.pk)


def _pass(deadline_id: uuid.UUID, *, on: dt.date, at: dt.datetime) -> int:
    """Let a statutory limit pass: claim, act, close.

    The claim comes first and takes no lock that an act waits for; the act locks the domain rows
    in the global order; the ledger's row comes last, as in every act.
    """
    with transaction.atomic():
        deadline = Deadline.objects.get(pk=deadline_id)
        step = next((s for s in unfired(deadline) if s.code == PASSED and s.on <= on), None)
        if step is None or deadline.ended_at is not None:
            return 0
        _rung, claimed = Rung.objects.get_or_create(
            deadline=deadline,
            code=step.code,
            defaults={"due_on": step.on, "fired_at": at},
        )
        if not claimed:
            return 0
        faults.point("deadline.rung-claimed")
        registry.passing(deadline.kind)(deadline, on=on, at=at)
        closing = Deadline.objects.select_for_update(no_key=True).get(pk=deadline_id)
        if closing.state != State.MET:
            end(closing, State.MISSED, at=at)
    return 1
