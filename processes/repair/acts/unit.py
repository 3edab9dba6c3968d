"""The determining unit verifies and proposes; somebody else there decides."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from processes.repair.acts.ground import (
    VERIFY,
    Deed,
    Ground,
    addressee,
    citations,
    cited,
    office,
    records,
    remedies,
    subject,
    tell,
)
from processes.repair.case_facts import CaseFacts
from processes.repair.judgement import Judgement
from processes.repair.states import ENDED
from workflow.decisions import Reason
from workflow.effects import Effect, IssueLetter, MeetDeadline, Move, OpenDeadline
from workflow.errors import BadInput, NotAllowed, NotPossible

OUTCOMES = ("approve", "refuse")
SURENESS = "HMLX"


def begin_verification(case: CaseFacts, ground: Ground) -> Deed:
    """Hand accepted items to their units; each unit's clock starts the day it was accepted."""
    effects: list[Effect] = []
    for item in case.items:
        effects += [
            Move(
                ref=item.ref,
                via="begin_verification",
                event="repair-item.verification-begun",
                data={"unit": item.record.unit.name},
            ),
            OpenDeadline(
                ref=item.ref,
                kind="verify",
                provision=VERIFY,
                start_on=ground.on,
                department_id=item.record.unit.id,
            ),
        ]
    return Deed(effects, (ground.law.basis(VERIFY),))


def propose(
    case: CaseFacts,
    ground: Ground,
    *,
    outcome: str,
    reasons: str,
    judgements: Mapping[Any, Judgement],
) -> Deed:
    """Propose an outcome with reasons; the rule's answer goes on record with it.

    :raises BadInput: no outcome or no reasons.
    :raises NotPossible: approval is proposed though the rule does not allow it.
    """
    if outcome not in OUTCOMES:
        raise BadInput(_("Choose an outcome."), code="missing", field="outcome")
    if not reasons.strip():
        raise BadInput(_("Say what you found and why."), code="missing", field="reasons")
    effects: list[Effect] = []
    for item in case.items:
        judgement = judgements[item.id]
        if outcome == "approve":
            _require_granted(judgement)
        effects.append(
            Move(
                ref=item.ref,
                via="propose",
                event="repair-item.proposed",
                values={
                    "proposed_by_id": ground.by,
                    "proposed_at": ground.at,
                    "proposed_outcome": outcome,
                    "proposal_reasons": reasons,
                },
                data={"outcome": outcome, "verdict": judgement.verdict},
                leaves={"reasons": reasons},
            )
        )
    return Deed(effects, _bases(judgements))


def _require_granted(judgement: Judgement) -> None:
    if judgement.verdict != "eligible":
        message = _("The rule does not allow approval: %(why)s")
        raise NotPossible(message % {"why": judgement.why_not}, code="not-eligible")


def _require_other_person(case: CaseFacts, ground: Ground) -> None:
    if any(item.proposed_by == ground.by for item in case.items):
        raise NotAllowed(_("You prepared this; someone else has to decide it."), code="four-eyes")


def send_back(case: CaseFacts, ground: Ground, *, reasons: str) -> Deed:
    """Return a proposal for rework, saying why.

    :raises BadInput: no reasons.
    """
    _require_other_person(case, ground)
    if not reasons.strip():
        raise BadInput(_("Say what has to be verified again."), code="missing", field="reasons")
    return Deed(
        [
            Move(
                ref=item.ref,
                via="send_back",
                event="repair-item.sent-back",
                values={
                    "proposed_by_id": None,
                    "proposed_at": None,
                    "proposed_outcome": "",
                    "proposal_reasons": "",
                },
                leaves={"reasons": reasons},
            )
            for item in case.items
        ]
    )


def approve(case: CaseFacts, ground: Ground, *, judgements: Mapping[Any, Judgement]) -> Deed:
    """Grant repair for items of one unit; one 准予信用修复决定书 for all of them.

    :raises NotAllowed: the approver prepared it.
    :raises NotPossible: the rule of the day of application does not allow it.
    """
    _require_other_person(case, ground)
    for judgement in judgements.values():
        _require_granted(judgement)
    decided = _decide(case, ground, judgements, via="approve", event="repair-item.approved")
    unit = case.items[0].record.unit
    promise = case.promise
    letter = IssueLetter(
        template="repair-approved",
        department_id=unit.id,
        addressee=addressee(case),
        ref=case.ref,
        snapshot={
            **_decision_snapshot(case, ground, judgements),
            "promise": {
                "number": promise.number if promise else "",
                "made_on": (promise.signed_on if promise else ground.on).isoformat(),
            },
            "effective_on": ground.on.isoformat(),
        },
    )
    message = tell(
        case,
        "repair.approved",
        (f"修复申请 {case.number} 准予修复", "各公示单位正在移除，全部确认后通知您。"),
        (
            f"Repair granted for {case.number}",
            "The sites are removing it; you will be told when all have confirmed.",
        ),
    )
    return Deed([*decided, letter, message], _bases(judgements))


def refuse(case: CaseFacts, ground: Ground, *, judgements: Mapping[Any, Judgement]) -> Deed:
    """Refuse repair for items of one unit, with every condition, rule and remedy.

    :raises NotAllowed: the approver prepared it.
    """
    _require_other_person(case, ground)
    decided = _decide(case, ground, judgements, via="refuse", event="repair-item.refused")
    dates = [j.earliest for j in judgements.values() if j.earliest is not None]
    letter = IssueLetter(
        template="repair-refused",
        department_id=case.items[0].record.unit.id,
        addressee=addressee(case),
        ref=case.ref,
        snapshot={
            **_decision_snapshot(case, ground, judgements),
            "earliest_on": max(dates).isoformat() if dates else None,
        },
    )
    message = tell(
        case,
        "repair.refused",
        (f"修复申请 {case.number} 不予修复", "未满足的条件、依据和救济途径见决定书。"),
        (
            f"Repair refused for {case.number}",
            "The decision names every unmet condition, its basis and the remedies.",
        ),
    )
    return Deed([*decided, letter, message], _bases(judgements))


def _decide(
    case: CaseFacts,
    ground: Ground,
    judgements: Mapping[Any, Judgement],
    *,
    via: str,
    event: str,
) -> list[Effect]:
    effects: list[Effect] = []
    for item in case.items:
        judgement = judgements[item.id]
        ended = {"ended_at": ground.at} if via == "refuse" else {}
        effects += [
            Move(
                ref=item.ref,
                via=via,
                event=event,
                values={
                    "decided_by_id": ground.by,
                    "decided_at": ground.at,
                    "decision": judgement.as_dict(),
                    **ended,
                },
                data={"verdict": judgement.verdict, "trace": judgement.as_dict()},
                leaves={"reasons": item.proposal_reasons},
            ),
            MeetDeadline(ref=item.ref, kind="verify"),
        ]
    return effects


def _decision_snapshot(
    case: CaseFacts, ground: Ground, judgements: Mapping[Any, Judgement]
) -> dict[str, Any]:
    unit = case.items[0].record.unit
    reasons = _told_once(r for judgement in judgements.values() for r in judgement.reasons)
    accepted = min(i.accepted_on or ground.on for i in case.items)
    return {
        "office": office(unit),
        "subject": subject(case.subject),
        "applied_on": (case.submitted_on or ground.on).isoformat(),
        "accepted_on": accepted.isoformat(),
        "records": records(case),
        "conditions": [
            {"found": each.found, "met": each.met, "provision": cited(each.basis)}
            for each in reasons
        ],
        "basis": citations([each.basis for each in reasons]),
        "remedies": remedies(unit, ground.law),
    }


def _told_once(reasons: Iterable[Reason]) -> list[Reason]:
    """Return each finding once: two sites share most of them, and the surest citation is told."""
    surest: dict[tuple[str, str], Reason] = {}
    for reason in reasons:
        key = (reason.code, reason.found)
        known = surest.get(key)
        if known is None or SURENESS.index(reason.basis.confidence) < SURENESS.index(
            known.basis.confidence
        ):
            surest[key] = reason
    return list(surest.values())


def _bases(judgements: Mapping[Any, Judgement]) -> tuple[Any, ...]:
    return tuple(
        dict.fromkeys(reason.basis for each in judgements.values() for reason in each.reasons)
    )


def close_if_over(case: CaseFacts, ground: Ground) -> Deed:
    """Meet the limit for the result once nothing of the case is open any more."""
    if any(item.state not in ENDED for item in case.items):
        return Deed([])
    return Deed([MeetDeadline(ref=case.ref, kind="result")])
