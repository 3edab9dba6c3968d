"""The one interpreter of effects: state, history, ledger, letters, messages; in this order."""

import dataclasses
import datetime as dt
import functools
import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django_fsm import TransitionNotAllowed

from workflow import faults
from workflow.casefile import canonical
from workflow.deadlines import services as deadlines
from workflow.decisions import Basis
from workflow.documents import services as documents
from workflow.effects import (
    Announce,
    CancelDeadlines,
    Change,
    Create,
    Effect,
    IssueLetter,
    MeetDeadline,
    Move,
    Note,
    OpenDeadline,
    ResumeDeadline,
    SuspendDeadline,
    Tell,
)
from workflow.errors import NotPossible
from workflow.journal.services import record
from workflow.offices.actors import Actor
from workflow.offices.models import Department
from workflow.outbox import services as outbox


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """In what case, by whom and when effects are applied, and what they rest on."""

    case_table: str
    case_id: uuid.UUID
    case_number: str
    chain_id: uuid.UUID
    actor: Actor
    at: dt.datetime
    basis: Sequence[Basis] = ()
    law: str = ""
    calendar: str = ""


PHASES: tuple[tuple[type[Effect], ...], ...] = (
    (Create, Move, Note),
    (OpenDeadline, SuspendDeadline, ResumeDeadline, MeetDeadline, CancelDeadlines),
    (IssueLetter,),
    (Tell, Announce),
)


def apply(effects: Iterable[Effect], *, context: Context) -> None:
    """Apply effects inside the caller's transaction, phase by phase, in their own order within.

    The caller has locked every row concerned.

    :raises NotPossible: a transition is not open from the state the object is in.
    """
    listed = list(effects)
    for phase in PHASES:
        for effect in listed:
            if isinstance(effect, phase):
                _apply_one(effect, context)
    faults.point("act.before-commit")


@functools.singledispatch
def _apply_one(effect: Effect, context: Context) -> None:
    message = f"no interpretation for {type(effect).__name__}"
    raise TypeError(message)


@_apply_one.register
def _(effect: Create, context: Context) -> None:
    made = _model(effect.ref.table)(id=effect.ref.id, **effect.values)
    made.save(force_insert=True)
    change = Change(effect.ref.table, effect.ref.id, made.version, None, str(made.state))
    _journal(context, effect.event, change=change, data=effect.data, leaves=effect.leaves)


@_apply_one.register
def _(effect: Move, context: Context) -> None:
    moved = _model(effect.ref.table).objects.get(pk=effect.ref.id)
    before = str(moved.state)
    try:
        getattr(moved, effect.via)()
    except TransitionNotAllowed as refusal:
        message = f"{effect.ref.table}: not possible from the state {before}"
        raise NotPossible(message, code="wrong-state") from refusal
    for name, value in effect.values.items():
        setattr(moved, name, value)
    moved.version += 1
    moved.save(update_fields=["state", "version", *effect.values])
    faults.point("act.after-move")
    change = Change(effect.ref.table, effect.ref.id, moved.version, before, str(moved.state))
    _journal(
        context,
        effect.event,
        change=change,
        data=effect.data,
        leaves=effect.leaves,
        documents=effect.documents,
    )


@_apply_one.register
def _(effect: Note, context: Context) -> None:
    _journal(
        context, effect.event, data=effect.data, leaves=effect.leaves, documents=effect.documents
    )


@_apply_one.register
def _(effect: OpenDeadline, context: Context) -> None:
    deadlines.open_deadline(
        object_table=effect.ref.table,
        object_id=effect.ref.id,
        case_table=context.case_table,
        case_id=context.case_id,
        case_number=context.case_number,
        kind=effect.kind,
        provision=effect.provision,
        start_on=effect.start_on,
        effect="statutory" if effect.statutory else "advisory",
        department_id=effect.department_id,
        at=context.at,
    )


@_apply_one.register
def _(effect: SuspendDeadline, context: Context) -> None:
    deadlines.suspend(
        object_table=effect.ref.table,
        object_id=effect.ref.id,
        kind=effect.kind,
        first_day=effect.first_day,
        ground=effect.ground,
        at=context.at,
    )


@_apply_one.register
def _(effect: ResumeDeadline, context: Context) -> None:
    deadlines.resume(
        object_table=effect.ref.table,
        object_id=effect.ref.id,
        kind=effect.kind,
        first_day=effect.first_day,
        at=context.at,
    )


@_apply_one.register
def _(effect: MeetDeadline, context: Context) -> None:
    deadlines.meet(
        object_table=effect.ref.table, object_id=effect.ref.id, kind=effect.kind, at=context.at
    )


@_apply_one.register
def _(effect: CancelDeadlines, context: Context) -> None:
    deadlines.cancel_all(object_table=effect.ref.table, object_id=effect.ref.id, at=context.at)


@_apply_one.register
def _(effect: IssueLetter, context: Context) -> None:
    letter = documents.reserve_letter(
        template=effect.template,
        department=Department.objects.get(pk=effect.department_id),
        snapshot=dict(effect.snapshot),
        addressee=dict(effect.addressee),
        case_table=context.case_table,
        case_id=context.case_id,
        case_number=context.case_number,
        chain_id=context.chain_id,
        by=context.actor,
        at=context.at,
    )
    if effect.ref and effect.attach_to:
        _model(effect.ref.table).objects.filter(pk=effect.ref.id).update(
            **{effect.attach_to: letter}
        )
    digest = hashlib.sha256(canonical.dumps(letter.snapshot)).hexdigest()
    about = {
        "letter": str(letter.pk),
        "template": letter.template,
        "template-version": letter.template_version,
        "number": letter.number,
        "snapshot-sha256": digest,
    }
    _journal(context, "letter.reserved", data=about)


@_apply_one.register
def _(effect: Tell, context: Context) -> None:
    documents.tell(
        kind=effect.kind,
        snapshot=dict(effect.snapshot),
        subject_id=effect.subject_id,
        user_ids=effect.user_ids,
        case_table=context.case_table,
        case_id=context.case_id,
        case_number=context.case_number,
        at=context.at,
    )


@_apply_one.register
def _(effect: Announce, context: Context) -> None:
    outbox.announce(topic=effect.topic, payload=dict(effect.payload), at=context.at)


def _journal(context: Context, kind: str, *, data: Mapping[str, Any], **rest: Any) -> None:
    record(
        context.chain_id,
        kind,
        actor=context.actor,
        at=context.at,
        basis=context.basis,
        law=context.law,
        calendar=context.calendar,
        data=data,
        **rest,
    )


@functools.cache
def _model(table: str) -> Any:
    for model in apps.get_models():
        if model._meta.db_table == table:  # noqa: SLF001 - Django's documented API
            return model
    message = f"no table {table}"
    raise LookupError(message)
