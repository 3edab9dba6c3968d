"""Removal: an order per site, recipient and measure; finished when every one has a receipt."""

import datetime as dt
import uuid
from typing import Any

from django.utils.translation import gettext as _

from processes.repair.acts.ground import (
    REMOVE,
    SCOPE,
    Deed,
    Ground,
    addressee,
    citations,
    office,
    records,
    subject,
    tell,
)
from processes.repair.case_facts import (
    LINE,
    MEASURE,
    PUBLICATION,
    CaseFacts,
    ItemFacts,
    LineFacts,
    TargetFacts,
)
from processes.repair.states import SETTLED_LINES, LineState
from workflow.effects import (
    Announce,
    CancelDeadlines,
    Create,
    Effect,
    IssueLetter,
    MeetDeadline,
    Move,
    OpenDeadline,
    Ref,
)
from workflow.errors import BadInput

ACT = {"site": "publicity", "recipient": "sharing", "measure": "measure"}
RECEIPTS = {LineState.DONE: "confirm_done", LineState.NEVER_HELD: "confirm_never_held"}


def begin_removal(
    case: CaseFacts, ground: Ground, *, line_ids: dict[tuple[uuid.UUID, int], uuid.UUID]
) -> Deed:
    """Order the removal everywhere and end what we show ourselves, at once.

    ``line_ids`` gives the key of each new order by (item, position of its target).
    """
    effects: list[Effect] = []
    for item in case.items:
        effects.append(Move(ref=item.ref, via="begin_removal", event="repair-item.removal-begun"))
        for position, target in enumerate(item.record.targets):
            ref = Ref(LINE, line_ids[item.id, position])
            effects += _order(case, item, target, ref, ground)
            effects += _end(target, ground)
    return Deed(effects, (ground.law.basis(SCOPE), ground.law.basis(REMOVE)))


def _order(
    case: CaseFacts, item: ItemFacts, target: TargetFacts, ref: Ref, ground: Ground
) -> list[Effect]:
    return [
        Create(
            ref=ref,
            event="removal-line.ordered",
            values={
                "item_id": item.id,
                "site_id": target.site_id,
                "publication_id": target.publication_id,
                "recipient_id": target.recipient_id,
                "measure_id": target.measure_id,
                "keeper_id": target.keeper_id,
                "ordered_at": ground.at,
            },
            data={"kind": target.kind, "target": target.name, "item": str(item.id)},
        ),
        OpenDeadline(
            ref=ref,
            kind="remove",
            provision=REMOVE,
            start_on=ground.on,
            department_id=target.keeper_id,
        ),
        _order_letter(case, item, target, ref, ground),
        _tell_keepers(case, item, target, ref, ground),
    ]


def _tell_keepers(
    case: CaseFacts, item: ItemFacts, target: TargetFacts, ref: Ref, ground: Ground
) -> Announce:
    number, last = item.record.decision_number, ground.limit(REMOVE, start=ground.on)["on"]
    return Announce(
        topic="site.order",
        payload={
            "line_id": str(ref.id),
            "user_ids": [str(key) for key in target.keeper_users],
            "case_table": case.ref.table,
            "case_id": str(case.id),
            "case_number": case.number,
            "snapshot": {
                "title": f"终止公示：{number}（{target.name}）",
                "body": f"请在 {last} 前移除并提交回执；有异议的，写明理由。",
                "title_en": f"Order to remove {number} from {target.name}",
                "body_en": f"Remove it and send the receipt by {last}, or say why not.",
                "link": f"/desk/orders/{ref.id}",
            },
        },
    )


def _order_letter(
    case: CaseFacts, item: ItemFacts, target: TargetFacts, ref: Ref, ground: Ground
) -> IssueLetter:
    decided = (item.decided_on or ground.on).isoformat()
    return IssueLetter(
        template="removal-order",
        department_id=case.desk.id,
        addressee={"name": target.name},
        ref=ref,
        attach_to="order_letter",
        snapshot={
            "office": office(case.desk),
            "subject": subject(case.subject),
            "site": target.name,
            "acts": [ACT[target.kind]],
            "records": records(case.only(frozenset({item.id}))),
            "decision": {
                "number": item.decision_letter,
                "decided_on": decided,
                "office": item.record.unit.name,
            },
            "effective_on": decided,
            "remove_by": ground.limit(REMOVE, start=ground.on),
            "basis": citations([ground.law.basis(SCOPE)]),
        },
    )


def _end(target: TargetFacts, ground: Ground) -> list[Effect]:
    if target.publication_id is not None:
        return [
            Move(
                ref=Ref(PUBLICATION, target.publication_id),
                via="end",
                event="publication.ended",
                values={"ended_at": ground.at, "ended_by_event": "repair-item.approved"},
                data={"site": target.site_code},
            )
        ]
    if target.measure_id is not None:
        return [
            Move(ref=Ref(MEASURE, target.measure_id), via="lift", event="measure.lifted"),
        ]
    return []


def confirm(
    line: LineFacts,
    ground: Ground,
    *,
    outcome: str,
    note: str,
    document: tuple[uuid.UUID, str] | None,
) -> Deed:
    """Receive a keeper's receipt: done, or never held here.

    :raises BadInput: the kind of receipt is unknown.
    """
    if outcome not in RECEIPTS:
        raise BadInput(
            _("Say whether it was removed or never held."), code="missing", field="outcome"
        )
    return Deed(
        [
            Move(
                ref=line.ref,
                via=RECEIPTS[LineState(outcome)],
                event=f"removal-line.{outcome.replace('_', '-')}",
                values=_receipt(ground, note, document),
                data={"target": line.target.name},
                leaves={"note": note} if note else {},
                documents=(document,) if document else (),
            ),
            MeetDeadline(ref=line.ref, kind="remove"),
        ]
    )


def _receipt(ground: Ground, note: str, document: tuple[uuid.UUID, str] | None) -> dict[str, Any]:
    return {
        "receipt_by_id": ground.by,
        "receipt_at": ground.at,
        "receipt_note": note,
        "receipt_document_id": document[0] if document else None,
    }


def object_to_order(line: LineFacts, ground: Ground, *, reason: str) -> Deed:
    """A keeper refuses, with a ground; the supervisor decides. The order's limit runs on.

    :raises BadInput: no ground.
    """
    if not reason.strip():
        raise BadInput(_("A refusal needs its ground."), code="missing", field="reason")
    return Deed(
        [
            Move(
                ref=line.ref,
                via="object",
                event="removal-line.objected",
                values={"receipt_note": reason},
                leaves={"reason": reason},
            )
        ]
    )


def order_again(line: LineFacts, ground: Ground, *, reason: str) -> Deed:
    """The supervisor confirms the order against a refusal.

    :raises BadInput: no reason.
    """
    _require_reason(reason)
    return Deed(
        [
            Move(
                ref=line.ref,
                via="order_again",
                event="removal-line.ordered-again",
                values={"receipt_note": reason},
                leaves={"reason": reason},
            )
        ]
    )


def accept_refusal(line: LineFacts, ground: Ground, *, reason: str) -> Deed:
    """The supervisor accepts a refusal, with a reason the applicant sees.

    :raises BadInput: no reason.
    """
    _require_reason(reason)
    return Deed(
        [
            Move(
                ref=line.ref,
                via="accept_refusal",
                event="removal-line.refusal-accepted",
                values=_receipt(ground, reason, None),
                leaves={"reason": reason},
            ),
            MeetDeadline(ref=line.ref, kind="remove"),
        ]
    )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise BadInput(_("Give the reason; the applicant sees it."), code="missing", field="reason")


def complete(case: CaseFacts, ground: Ground, *, last: bool, partly: bool) -> Deed:
    """Every order of these items has its receipt: repair is complete, and the applicant is told.

    ``last`` says that nothing of the case stays open, ``partly`` that other items ended otherwise.
    """
    effects: list[Effect] = []
    for item in case.items:
        effects += [
            Move(
                ref=item.ref,
                via="complete",
                event="repair-item.completed",
                values={"ended_at": ground.at},
                data={"receipts": len(item.lines)},
            ),
            CancelDeadlines(ref=item.ref),
        ]
    if last:
        effects.append(MeetDeadline(ref=case.ref, kind="result"))
    effects += [
        IssueLetter(
            template="repair-completed",
            department_id=case.desk.id,
            addressee=addressee(case),
            snapshot=_completed(case, ground, partly=partly),
        ),
        tell(
            case,
            "repair.completed",
            (f"修复申请 {case.number} 已完成", "所有公示单位都已确认移除。"),
            (f"Repair {case.number} completed", "Every site has confirmed the removal."),
        ),
    ]
    return Deed(effects, (ground.law.basis(SCOPE), ground.law.basis(REMOVE)))


def _completed(case: CaseFacts, ground: Ground, *, partly: bool) -> dict[str, Any]:
    first = case.items[0]
    return {
        "office": office(case.desk),
        "subject": subject(case.subject),
        "applied_on": (case.submitted_on or ground.on).isoformat(),
        "decision": {
            "number": first.decision_letter,
            "decided_on": (first.decided_on or ground.on).isoformat(),
            "office": first.record.unit.name,
        },
        "records": records(case),
        "lines": [
            {
                "place": line.target.name,
                "act": ACT[line.target.kind],
                "outcome": str(line.state),
                "on": _day(line.receipt_on, ground),
                "note": line.receipt_note or None,
            }
            for item in case.items
            for line in item.lines
            if line.state in SETTLED_LINES
        ],
        "completed_on": ground.on.isoformat(),
        "partly": partly,
        "basis": citations([ground.law.basis(SCOPE)]),
    }


def _day(day: dt.date | None, ground: Ground) -> str:
    return (day or ground.on).isoformat()
