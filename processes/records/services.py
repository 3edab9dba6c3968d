"""Register what a file states, and determine how severe it is."""

import dataclasses
import datetime as dt
import uuid
from enum import StrEnum

from django.db import transaction
from django.db.models import Q

from processes.context import context
from processes.records import acts, identities
from processes.records.flow import NODE
from processes.records.models import (
    CreditRecord,
    CreditSubject,
    ImportRow,
    RecordVersion,
    Site,
)
from processes.records.penalties.penalty import Penalty
from processes.records.rules import Severity
from processes.statutes import STATUTES
from workflow import faults, interpreter
from workflow.clock import local_day
from workflow.effects import Create, Note, Ref
from workflow.engine import queue, settle
from workflow.engine.graph import lock_rows
from workflow.journal.services import open_chain
from workflow.offices.actors import Actor
from workflow.offices.services import department_of_authority


class Outcome(StrEnum):
    """What registering came to; the names of ``ImportRow.Outcome``."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    PROPOSED = "proposed"


@dataclasses.dataclass(frozen=True, slots=True)
class Registered:
    """A record and what became of the row that named it."""

    record: CreditRecord
    outcome: Outcome


@transaction.atomic
def register_penalty(
    *, penalty: Penalty, source_row: ImportRow | None, by: Actor, at: dt.datetime
) -> Registered:
    """Enter a penalty: a new record, nothing new, or a version for the provider to confirm.

    A known record is never overwritten. A new one opens the severity task of its unit.
    """
    subject = _subject_of(penalty, at=at)
    unit = department_of_authority(code=penalty.authority_code, name=penalty.authority_name)
    known = CreditRecord.objects.filter(
        decision_key=penalty.decision_number_key, unit=unit, subject=subject
    ).first()
    if known is not None:
        return _add_version(known, penalty, source_row, by=by, at=at)
    record_id = uuid.uuid4()
    chain = open_chain(name=f"record/{record_id}")
    created = Create(
        ref=Ref(acts.RECORD, record_id),
        event="record.registered",
        values={
            "subject": subject,
            "decision_number": penalty.decision_number,
            "decision_key": penalty.decision_number_key,
            "unit": unit,
            "decided_on": penalty.decided_on,
            "chain_id": chain.pk,
            "created_at": at,
        },
        data={
            "decided-on": penalty.decided_on.isoformat(),
            "digest": penalty.digest(),
            "unit": unit.code,
        },
        leaves={"decision-number": penalty.decision_number, "subject-name": subject.name},
    )
    here = _context(record_id, penalty.decision_number, chain.pk, actor=by, at=at)
    interpreter.apply([created], context=here)
    record = CreditRecord.objects.get(pk=record_id)
    _version(record, 1, penalty, source_row, at=at, standing=RecordVersion.Standing.ACCEPTED)
    settle.settle(process="records", case_id=record_id, at=at)
    return Registered(record, Outcome.ACCEPTED)


def _subject_of(penalty: Penalty, *, at: dt.datetime) -> CreditSubject:
    """Find or enter the counterpart; its row is locked for the rest of the transaction."""
    if penalty.counterpart_kind == CreditSubject.Kind.PERSON:
        paper = {"document_type": penalty.document_type, "number": penalty.document_number}
        indexes = identities.indexes_of(**paper)
        found = CreditSubject.objects.filter(identity_index__in=indexes).first()
        if found is None:
            fresh = CreditSubject(
                kind=penalty.counterpart_kind,
                name=penalty.counterpart_name,
                identity_cipher=identities.seal(**paper),
                identity_index=indexes[0],
                created_at=at,
            )
            CreditSubject.objects.bulk_create([fresh], ignore_conflicts=True)
            found = CreditSubject.objects.get(identity_index=indexes[0])
    else:
        fresh = CreditSubject(
            kind=penalty.counterpart_kind,
            name=penalty.counterpart_name,
            code=penalty.credit_code,
            created_at=at,
        )
        CreditSubject.objects.bulk_create([fresh], ignore_conflicts=True)
        found = CreditSubject.objects.get(code=penalty.credit_code)
    return lock_rows(CreditSubject, [found.pk])[0]


def _add_version(
    record: CreditRecord,
    penalty: Penalty,
    source_row: ImportRow | None,
    *,
    by: Actor,
    at: dt.datetime,
) -> Registered:
    lock_rows(CreditRecord, [record.pk])
    if record.versions.filter(digest=penalty.digest()).exclude(standing="declined").exists():
        return Registered(record, Outcome.UNCHANGED)
    number = record.versions.count() + 1
    _version(record, number, penalty, source_row, at=at, standing=RecordVersion.Standing.PROPOSED)
    note = Note(
        event="record.version-proposed", data={"number": number, "digest": penalty.digest()}
    )
    here = _context(record.pk, record.decision_number, record.chain_id, actor=by, at=at)
    interpreter.apply([note], context=here)
    return Registered(record, Outcome.PROPOSED)


def _version(
    record: CreditRecord,
    number: int,
    penalty: Penalty,
    source_row: ImportRow | None,
    *,
    at: dt.datetime,
    standing: str,
) -> RecordVersion:
    return RecordVersion.objects.create(
        record=record,
        number=number,
        standing=standing,
        fields=penalty.as_json(),
        digest=penalty.digest(),
        source_row=source_row,
        created_at=at,
    )


def determine_severity(
    *,
    record_id: uuid.UUID,
    severity: Severity,
    restriction_until: dt.date | None = None,
    actor: Actor,
    at: dt.datetime,
) -> CreditRecord:
    """Fix the severity that the determining unit found, and publish by the rules of the day.

    :raises NotAllowed: the actor is not a verifier of the unit, or somebody else has the task.
    :raises NotPossible: the severity was determined already.
    """
    on = local_day(at)
    with transaction.atomic():
        subject_id = CreditRecord.objects.values_list("subject_id", flat=True).get(pk=record_id)
        lock_rows(CreditSubject, [subject_id])
        (record,) = lock_rows(CreditRecord, [record_id])
        faults.point("act.after-lock")
        queue.take_for_act(
            table=acts.RECORD, object_id=record_id, node=NODE, actor=actor, on=on, at=at
        )
        facts = _severity_facts(record)
        deed = acts.determine_severity(
            facts,
            severity=severity,
            restriction_until=restriction_until,
            by=actor.user_id,
            at=at,
            on=on,
            law=STATUTES.on(on),
            publication_ids={site.code: uuid.uuid4() for site in facts.sites},
        )
        here = _context(record_id, record.decision_number, record.chain_id, actor=actor, at=at)
        interpreter.apply(deed.effects, context=dataclasses.replace(here, basis=deed.basis))
        settle.settle(process="records", case_id=record_id, at=at)
    faults.point("act.after-commit")
    return CreditRecord.objects.get(pk=record_id)


def _severity_facts(record: CreditRecord) -> acts.SeverityFacts:
    version = record.versions.get(number=record.current_version)
    sites = (
        Site.objects.filter(is_active=True)
        .filter(Q(only_units__isnull=True) | Q(only_units=record.unit_id))
        .distinct()
        .order_by("code")
    )
    return acts.SeverityFacts(
        id=record.pk,
        decision_number=record.decision_number,
        decided_on=record.decided_on,
        types=tuple(version.fields["types"]),
        field=version.fields.get("field"),
        subject_id=record.subject_id,
        sites=[acts.SiteFacts(s.pk, s.code, s.name, s.rule_family) for s in sites],
    )


def _context(
    record_id: uuid.UUID, number: str, chain_id: uuid.UUID, *, actor: Actor, at: dt.datetime
) -> interpreter.Context:
    return context(
        case_table=acts.RECORD,
        case_id=record_id,
        case_number=number,
        chain_id=chain_id,
        actor=actor,
        at=at,
    )
