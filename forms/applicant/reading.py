"""What an applicant may read: the records, cases, letters and messages of their own subject.

Something of another subject is answered like something that does not exist.
"""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import Http404

from processes.records.models import CreditRecord, CreditSubject, RecordVersion
from processes.records.permissions import require_represents
from processes.repair.models import RepairCase, RepairItem
from processes.repair.states import ENDED, ItemState
from workflow.documents.models import Letter, Message
from workflow.offices.actors import Actor

SCREEN = 20


def subject_of(actor: Actor, *, on: dt.date) -> CreditSubject:
    """Return the subject the actor acts for.

    :raises NotAllowed: they may not act for it today.
    """
    if actor.subject_id is None:
        raise Http404
    require_represents(actor, subject_id=actor.subject_id, on=on)
    return CreditSubject.objects.get(pk=actor.subject_id)


def records_of(actor: Actor) -> QuerySet[CreditRecord]:
    """Return every record about the subject, newest decision first."""
    return (
        CreditRecord.objects.filter(subject_id=actor.subject_id)
        .select_related("unit", "unit__jurisdiction", "subject")
        .prefetch_related("publications__site")
        .order_by("-decided_on", "-pk")
    )


def versions_of(records: Iterable[CreditRecord]) -> dict[uuid.UUID, dict[str, object]]:
    """Return what each record says in its current version, by record."""
    current = {record.pk: record.current_version for record in records}
    rows = RecordVersion.objects.filter(record_id__in=current).values_list(
        "record_id", "number", "fields"
    )
    return {key: fields for key, number, fields in rows if current[key] == number}


def open_cases(actor: Actor) -> dict[uuid.UUID, RepairCase]:
    """Return the open case of each record that is in one."""
    cases = RepairCase.objects.filter(subject_id=actor.subject_id).prefetch_related("items")
    return {
        item.record_id: case
        for case in cases.order_by("created_at")
        for item in case.items.all()
        if item.state not in ENDED
    }


def repaired_in(actor: Actor) -> dict[uuid.UUID, RepairCase]:
    """Return the case in which each repaired record was repaired."""
    done = RepairItem.objects.filter(case__subject_id=actor.subject_id, state=ItemState.COMPLETED)
    return {item.record_id: item.case for item in done.select_related("case")}


def cases_of(actor: Actor) -> QuerySet[RepairCase]:
    """Return the subject's cases, newest first."""
    return (
        RepairCase.objects.filter(subject_id=actor.subject_id)
        .select_related("desk")
        .prefetch_related("items__record")
        .order_by("-created_at", "-pk")
    )


def case_of(actor: Actor, number: str) -> RepairCase:
    """Return one case of the subject.

    :raises Http404: there is none of this number, or it is somebody else's.
    """
    case = cases_of(actor).filter(number=number).first()
    if case is None:
        raise Http404
    return case


def letters_of(actor: Actor) -> QuerySet[Letter]:
    """Return the letters to the subject; orders to sites are not among them."""
    return Letter.objects.filter(addressee__subject_id=str(actor.subject_id)).select_related(
        "department", "pdf"
    )


def letter_of(actor: Actor, letter_id: uuid.UUID) -> Letter:
    """Return one issued letter to the subject.

    :raises Http404: it is not theirs or not issued.
    """
    letter = letters_of(actor).filter(pk=letter_id, pdf__isnull=False).first()
    if letter is None:
        raise Http404
    return letter


def messages_of(actor: Actor) -> QuerySet[Message]:
    """Return the inbox: to the person for this subject, and to whoever acts for it."""
    readers = Q(user_id=actor.user_id) | Q(user_id=None)
    return (
        Message.objects.filter(readers, subject_id=actor.subject_id)
        .select_related("letter", "read_by")
        .order_by("-created_at", "-id")
    )
