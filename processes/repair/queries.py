"""Read a repair: the facts an act decides on, the pre-check, and what screens show."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from processes.promise.models import Promise
from processes.promise.services import promise_of
from processes.records.models import CreditRecord, CreditSubject, RecordVersion
from processes.records.permissions import representatives_of
from processes.records.states import MeasureState, PublicationState
from processes.repair.case_facts import (
    CASE,
    CaseFacts,
    CaseRecord,
    ItemFacts,
    LineFacts,
    OfficeFacts,
    PromiseFacts,
    SubjectFacts,
    TargetFacts,
)
from processes.repair.judgement import Judgement, Stated, judge_record
from processes.repair.models import RemovalLine, RepairCase, RepairItem
from workflow.clock import local_day
from workflow.documents.models import Letter
from workflow.offices.models import Department
from workflow.offices.queries import users_with

SHOWN = {"state": PublicationState.SHOWN}


def facts_of(case_id: uuid.UUID, *, on: dt.date | None = None) -> CaseFacts:
    """Return a case with everything an act needs to know of it.

    Acts name the legal day; without one, nobody is named as acting for the subject.
    """
    case = RepairCase.objects.select_related("subject", "desk__jurisdiction").get(pk=case_id)
    items = case.items.select_related("record__unit__jurisdiction", "record__subject").order_by(
        "pk"
    )
    letters = _decision_letters(case_id)
    return CaseFacts(
        id=case.pk,
        number=case.number,
        chain_id=case.chain_id,
        subject=subject_facts(case.subject),
        desk=office_facts(case.desk),
        filed_by=case.filed_by_id,
        representatives=tuple(representatives_of(case.subject_id, on=on)) if on else (),
        submitted_on=case.submitted_on,
        promise=_promise_facts(promise_of(case_table=CASE, case_id=case_id)),
        items=tuple(_item_facts(item, letters, on) for item in items),
    )


def _decision_letters(case_id: uuid.UUID) -> dict[uuid.UUID, str]:
    decided = Letter.objects.filter(
        case_table=CASE, case_id=case_id, template__in=["repair-approved", "repair-refused"]
    ).order_by("reserved_at")
    return {letter.department_id: letter.number for letter in decided}


def subject_facts(subject: CreditSubject) -> SubjectFacts:
    """Return a subject as acts and letters need it."""
    return SubjectFacts(
        id=subject.pk,
        name=subject.name,
        shown_name=subject.shown_name,
        code=subject.code,
        is_person=subject.is_person,
    )


def office_facts(department: Department) -> OfficeFacts:
    """Return a department with the bodies before which its decisions can be contested."""
    place = department.jurisdiction
    return OfficeFacts(
        id=department.pk,
        name=department.name,
        address=department.address,
        phone=department.phone,
        reconsideration_body=place.reconsideration_body,
        reconsideration_address=place.reconsideration_address,
        court=place.court,
        court_address=place.court_address,
    )


def record_facts(record: CreditRecord, *, on: dt.date | None = None) -> CaseRecord:
    """Return a record in its current version, with everything of it that has to end."""
    version = RecordVersion.objects.get(record=record, number=record.current_version)
    return CaseRecord(
        id=record.pk,
        decision_number=record.decision_number,
        decided_on=record.decided_on,
        unit=office_facts(record.unit),
        severity=record.severity,
        fields=version.fields,
        restriction_until=record.restriction_until,
        act_revoked_on=None,
        targets=tuple(_targets(record, on)),
    )


def _keepers(department_id: uuid.UUID, on: dt.date | None) -> tuple[uuid.UUID, ...]:
    """Return who is told of an order; acts name the day, screens need nobody."""
    if on is None:
        return ()
    found = users_with(role="sitekeeper", department_ids=[department_id], on=on)
    return tuple(sorted(found.values_list("pk", flat=True)))


def _targets(record: CreditRecord, on: dt.date | None) -> Iterable[TargetFacts]:
    for shown in record.publications.filter(**SHOWN).select_related("site").order_by("site__code"):
        yield TargetFacts(
            kind="site",
            name=shown.site.name,
            keeper_id=shown.site.keeper_id,
            keeper_users=_keepers(shown.site.keeper_id, on),
            site_id=shown.site_id,
            site_code=shown.site.code,
            rule_family=shown.site.rule_family,
            publication_id=shown.pk,
            published_from=shown.published_from,
        )
    for sent in (
        record.deliveries.filter(stopped_at=None)
        .select_related("recipient")
        .order_by("recipient__name")
    ):
        yield TargetFacts(
            kind="recipient",
            name=sent.recipient.name,
            keeper_id=sent.recipient.keeper_id,
            keeper_users=_keepers(sent.recipient.keeper_id, on),
            recipient_id=sent.recipient_id,
        )
    for measure in (
        record.measures.exclude(state=MeasureState.LIFTED).select_related("item").order_by("pk")
    ):
        yield TargetFacts(
            kind="measure",
            name=str(measure.item),
            keeper_id=measure.department_id,
            keeper_users=_keepers(measure.department_id, on),
            measure_id=measure.pk,
        )


def _item_facts(
    item: RepairItem, letters: Mapping[uuid.UUID, str], on: dt.date | None
) -> ItemFacts:
    lines = item.lines.select_related("site", "recipient", "measure__item").order_by("pk")
    return ItemFacts(
        id=item.pk,
        state=str(item.state),
        record=record_facts(item.record, on=on),
        corrected_on=item.corrected_on,
        duties_performed_on=item.duties_performed_on,
        duties_complete=item.duties_complete,
        accepted_on=_day(item.accepted_at),
        proposed_by=item.proposed_by_id,
        proposed_outcome=item.proposed_outcome,
        proposal_reasons=item.proposal_reasons,
        decision_letter=letters.get(item.record.unit_id, ""),
        decided_on=_day(item.decided_at),
        supplement_wanted=tuple(item.supplement_wanted),
        proof_kinds=frozenset(item.proofs.filter(withdrawn_at=None).values_list("kind", flat=True)),
        lines=tuple(_line_facts(line) for line in lines),
    )


def _line_facts(line: RemovalLine) -> LineFacts:
    kind = "site" if line.site_id else "recipient" if line.recipient_id else "measure"
    return LineFacts(
        id=line.pk,
        state=str(line.state),
        target=TargetFacts(
            kind=kind,
            name=line.target_name,
            keeper_id=line.keeper_id,
            site_id=line.site_id,
            publication_id=line.publication_id,
            recipient_id=line.recipient_id,
            measure_id=line.measure_id,
        ),
        receipt_on=_day(line.receipt_at),
        receipt_note=line.receipt_note,
    )


def _promise_facts(promise: Promise | None) -> PromiseFacts | None:
    if promise is None:
        return None
    return PromiseFacts(
        id=promise.pk,
        number=promise.number,
        state=str(promise.state),
        signed_name=promise.signed_name,
        signed_on=local_day(promise.signed_at),
        published_on=promise.published_on,
        text_version=promise.text.number,
        undertakings=tuple(promise.text.body.splitlines()),
        liability=tuple(promise.text.liability.splitlines()),
    )


def _day(at: dt.datetime | None) -> dt.date | None:
    return local_day(at) if at else None


def precheck(
    *, records: Iterable[CreditRecord], stated: Mapping[uuid.UUID, Stated], on: dt.date
) -> dict[uuid.UUID, Judgement]:
    """Answer "can this be repaired?" for records × sites, by the rule that will decide.

    ``stated`` holds what the applicant says of a record; what is not said counts as missing.
    """
    return {
        record.pk: judge_record(record_facts(record), stated.get(record.pk, Stated()), on=on)
        for record in records
    }
