"""What the applicant does: draft, proof, promise, submit, supplement, withdraw."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from processes.promise.services import promise_of, signing
from processes.records.models import CreditRecord, CreditSubject
from processes.records.permissions import require_represents
from processes.records.states import RecordState
from processes.repair import acts
from processes.repair.acts import Deed
from processes.repair.case_facts import CASE, ITEM
from processes.repair.models import CaseSerial, Proof, RepairCase, RepairItem
from processes.repair.services.hand import Hand, acting
from processes.repair.states import ENDED, ITEM_TRANSITIONS, ItemState
from workflow.clock import local_day
from workflow.documents.models import Document
from workflow.documents.services import store
from workflow.effects import Create, Effect, Note, Ref
from workflow.engine.graph import lock_rows
from workflow.errors import BadInput, NotPossible
from workflow.journal.services import open_chain
from workflow.offices.actors import Actor
from workflow.offices.models import Department, User

EDITABLE = frozenset({ItemState.DRAFT, ItemState.SUPPLEMENT_REQUESTED})
STATED = ("corrected_on", "duties_performed_on", "duties_complete", "statement")


@transaction.atomic
def open_draft(
    *,
    subject_id: uuid.UUID,
    record_ids: Iterable[uuid.UUID],
    desk: Department,
    actor: Actor,
    at: dt.datetime,
) -> RepairCase:
    """Begin one application for several records of one subject.

    :raises NotAllowed: the actor may not act for the subject.
    :raises BadInput: no record was chosen, or one is not the subject's.
    :raises NotPossible: an application for one of them is open; it says which.
    """
    on = local_day(at)
    lock_rows(CreditSubject, [subject_id])
    require_represents(actor, subject_id=subject_id, on=on)
    records = _choose(subject_id, set(record_ids))
    number = _next_number(on.year)
    case = RepairCase.objects.create(
        number=number,
        subject_id=subject_id,
        desk=desk,
        chain_id=open_chain(name=f"repair/{number}").pk,
        filed_by_id=actor.user_id,
        filed_capacity=actor.capacity,
        created_at=at,
    )
    effects: list[Effect] = [Note(event="repair-case.opened", data={"number": number})]
    effects += [
        Create(
            ref=Ref(ITEM, uuid.uuid4()),
            event="repair-item.drafted",
            values={"case_id": case.pk, "record_id": record.pk},
            data={"record": str(record.pk), "record-version": record.current_version},
        )
        for record in records
    ]
    Hand(case, actor=actor, at=at).apply(Deed(effects))
    return case


def _choose(subject_id: uuid.UUID, wanted: set[uuid.UUID]) -> list[CreditRecord]:
    if not wanted:
        raise BadInput(_("Choose at least one record."), code="missing", field="records")
    records = list(
        CreditRecord.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted, subject_id=subject_id)
        .exclude(state=RecordState.WITHDRAWN)
        .order_by("pk")
    )
    if len(records) != len(wanted):
        raise BadInput(_("A chosen record is not yours."), code="unknown", field="records")
    busy = (
        RepairItem.objects.filter(record__in=records)
        .exclude(state__in=sorted(ENDED))
        .select_related("case", "record")
        .first()
    )
    if busy is not None:
        message = _("%(record)s is already in application %(case)s.")
        raise NotPossible(
            message % {"record": busy.record.decision_number, "case": busy.case.number},
            code="already-open",
        )
    return records


def _next_number(year: int) -> str:
    CaseSerial.objects.bulk_create([CaseSerial(year=year)], ignore_conflicts=True)
    row = CaseSerial.objects.select_for_update().get(year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return f"XF-{year}-{row.last:05d}"


def save_draft(
    *,
    case_id: uuid.UUID,
    stated: Mapping[uuid.UUID, Mapping[str, Any]],
    contact_phone: str | None = None,
    actor: Actor,
    at: dt.datetime,
) -> RepairCase:
    """Keep what the applicant has filled in so far, by item; nothing has to be complete.

    :raises NotPossible: the item was filed already.
    """
    with acting(case_id=case_id, actor=actor, at=at) as hand:
        require_represents(actor, subject_id=hand.case.subject_id, on=hand.on)
        for item in hand.case.items.filter(pk__in=list(stated)):
            _require_editable(item)
            for name in STATED:
                setattr(item, name, stated[item.pk].get(name, getattr(item, name)))
            item.save(update_fields=list(STATED))
        if contact_phone is not None:
            hand.case.contact_phone = contact_phone
            hand.case.save(update_fields=["contact_phone"])
    return hand.case


def _require_editable(item: RepairItem) -> None:
    if item.state not in EDITABLE:
        raise NotPossible(_("This was filed already and can no longer be changed."), code="filed")


def add_proof(
    *,
    case_id: uuid.UUID,
    item_id: uuid.UUID,
    kind: str,
    content: bytes,
    name: str,
    media_type: str,
    actor: Actor,
    at: dt.datetime,
) -> Proof:
    """Add a document to an item while it is a draft or a supplement is awaited.

    :raises DocumentRefused: the file's type, size or content is not accepted.
    """
    with acting(case_id=case_id, actor=actor, at=at) as hand:
        require_represents(actor, subject_id=hand.case.subject_id, on=hand.on)
        item = hand.case.items.get(pk=item_id)
        _require_editable(item)
        document = store(content=content, name=name, media_type=media_type, by=actor, at=at)
        proof = Proof.objects.create(case=hand.case, item=item, document=document, kind=kind)
        hand.apply(Deed([_proof_note("proof.added", item, kind, document)]))
    return proof


def _proof_note(event: str, item: RepairItem, kind: str, document: Document) -> Note:
    return Note(
        event=event,
        data={"item": str(item.pk), "kind": kind, "size": document.size},
        documents=((document.pk, document.sha256),),
    )


def withdraw_proof(*, case_id: uuid.UUID, proof_id: int, actor: Actor, at: dt.datetime) -> None:
    """Take a document out of an application; its bytes and its event stay."""
    with acting(case_id=case_id, actor=actor, at=at) as hand:
        require_represents(actor, subject_id=hand.case.subject_id, on=hand.on)
        proof = hand.case.proofs.select_related("item", "document").get(pk=proof_id)
        if proof.item is None or proof.withdrawn_at is not None:
            return
        _require_editable(proof.item)
        proof.withdrawn_at = at
        proof.save(update_fields=["withdrawn_at"])
        hand.apply(Deed([_proof_note("proof.withdrawn", proof.item, proof.kind, proof.document)]))


def sign_promise(*, case_id: uuid.UUID, signed_name: str, actor: Actor, at: dt.datetime) -> None:
    """Sign the repair promise; the caller has just re-authenticated the person.

    Signing twice changes nothing.

    :raises BadInput: the typed name is not the signer's own.
    """
    with acting(case_id=case_id, actor=actor, at=at) as hand:
        require_represents(actor, subject_id=hand.case.subject_id, on=hand.on)
        if promise_of(case_table=CASE, case_id=case_id) is not None or actor.user_id is None:
            return
        effect = signing(
            subject_id=hand.case.subject_id,
            case_table=CASE,
            case_id=case_id,
            division=hand.case.desk.jurisdiction_id,
            signed_name=signed_name,
            expected_name=User.objects.get(pk=actor.user_id).display_name,
            signed_by=actor.user_id,
            at=at,
        )
        hand.apply(Deed([effect]))


def submit(*, case_id: uuid.UUID, actor: Actor, at: dt.datetime) -> RepairCase:
    """File the application. From now on the desk's clock runs.

    :raises NotAllowed: the actor may not act for the subject.
    :raises BadInput: naming what is missing.
    :raises NotPossible: it was filed already.
    """
    with acting(case_id=case_id, actor=actor, at=at) as hand:
        require_represents(actor, subject_id=hand.case.subject_id, on=hand.on)
        facts = hand.facts()
        _require_state(facts.items, "submit")
        hand.case.submitted_at, hand.case.submitted_on = at, hand.on
        hand.case.save(update_fields=["submitted_at", "submitted_on"])
        hand.apply(acts.submit(hand.facts(), hand.ground))
        hand.happened("repair.submitted")
    return hand.case


def give_supplement(*, case_id: uuid.UUID, note: str, actor: Actor, at: dt.datetime) -> RepairCase:
    """Answer the request for a supplement; the proof was added before.

    :raises NotPossible: no supplement is awaited.
    """
    with acting(case_id=case_id, actor=actor, at=at) as hand:
        require_represents(actor, subject_id=hand.case.subject_id, on=hand.on)
        waiting = hand.case.items.filter(state=ItemState.SUPPLEMENT_REQUESTED)
        waiting.update(supplement_note=note)
        facts = hand.facts(list(waiting.values_list("pk", flat=True)))
        _require_state(facts.items, "supplement")
        hand.apply(acts.give_supplement(facts, hand.ground))
    return hand.case


def withdraw(*, case_id: uuid.UUID, actor: Actor, at: dt.datetime) -> RepairCase:
    """Take back every item on which nothing was proposed yet.

    :raises NotPossible: there is none.
    """
    sources = ITEM_TRANSITIONS["withdraw"][0]
    with acting(case_id=case_id, actor=actor, at=at) as hand:
        require_represents(actor, subject_id=hand.case.subject_id, on=hand.on)
        every = hand.facts()
        mine = every.only(frozenset(i.id for i in every.items if i.state in sources))
        _require_state(mine.items, "withdraw")
        open_states = [i.state for i in every.items if i.state not in ENDED]
        last = len(open_states) == len(mine.items)
        hand.apply(acts.withdraw(mine, hand.ground, last=last))
        if last:
            hand.happened("repair.withdrawn")
    return hand.case


def _require_state(items: Iterable[Any], act: str) -> None:
    found = list(items)
    sources = ITEM_TRANSITIONS[act][0]
    if not found or any(item.state not in sources for item in found):
        raise NotPossible(_("The application does not allow this now."), code="wrong-state")
