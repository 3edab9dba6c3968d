"""The desk accepts, asks once for everything missing, or does not accept."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from processes.repair.acts.ground import (
    ACCEPT,
    RESULT,
    SUPPLEMENT,
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
from workflow.effects import (
    CancelDeadlines,
    Effect,
    IssueLetter,
    MeetDeadline,
    Move,
    OpenDeadline,
    SuspendDeadline,
)
from workflow.errors import BadInput, NotPossible


def accept(case: CaseFacts, ground: Ground) -> Deed:
    """Take the items up; the applicant gets one 受理通知书 for all of them."""
    law = ground.law
    effects: list[Effect] = []
    for item in case.items:
        effects += [
            Move(
                ref=item.ref,
                via="accept",
                event="repair-item.accepted",
                values={"accepted_by_id": ground.by, "accepted_at": ground.at},
                data={"record": str(item.record.id)},
            ),
            MeetDeadline(ref=item.ref, kind="accept"),
        ]
    submitted = case.submitted_on or ground.on
    result_by = ground.limit(RESULT, start=submitted)
    effects += [
        IssueLetter(
            template="repair-acceptance",
            department_id=case.desk.id,
            addressee=addressee(case),
            snapshot={
                "office": office(case.desk),
                "subject": subject(case.subject),
                "applied_on": submitted.isoformat(),
                "accepted_on": ground.on.isoformat(),
                "records": records(case),
                "materials": _materials(case),
                "result_by": result_by,
                "basis": citations([law.basis(ACCEPT), law.basis(RESULT)]),
            },
        ),
        tell(
            case,
            "repair.accepted",
            (f"修复申请 {case.number} 已受理", f"{result_by['on']} 前答复您。"),
            (f"Repair application {case.number} accepted", f"You will hear by {result_by['on']}."),
        ),
    ]
    return Deed(effects, (law.basis(ACCEPT), law.basis(RESULT)))


def _materials(case: CaseFacts) -> list[str]:
    names = ["纠正失信行为、履行义务的证明材料"]
    if case.promise is not None:
        names.append(f"信用修复承诺书（{case.promise.number}）")
    return names


def request_supplement(
    case: CaseFacts, ground: Ground, *, missing: Sequence[dict[str, str]]
) -> Deed:
    """Ask, once, for everything missing; the desk's clock and the applicant's stop and start.

    :raises BadInput: nothing is named.
    :raises NotPossible: it was asked for once already; a second time is not allowed.
    """
    if not missing:
        raise BadInput(_("Name everything that is missing."), code="missing", field="missing")
    if any(item.supplement_wanted for item in case.items):
        message = _("A supplement was asked for already; it can be asked for only once.")
        raise NotPossible(message, code="asked-once")
    law = ground.law
    effects: list[Effect] = []
    for item in case.items:
        effects += [
            Move(
                ref=item.ref,
                via="request_supplement",
                event="repair-item.supplement-requested",
                values={"supplement_wanted": list(missing)},
                data={"count": len(missing)},
                leaves={"missing": list(missing)},
            ),
            SuspendDeadline(
                ref=item.ref, kind="accept", first_day=ground.on, ground="supplement-requested"
            ),
            OpenDeadline(
                ref=item.ref,
                kind="supplement",
                provision=SUPPLEMENT,
                start_on=ground.on,
                statutory=True,
            ),
        ]
    supplement_by = ground.limit(SUPPLEMENT, start=ground.on)
    effects += [
        SuspendDeadline(
            ref=case.ref, kind="result", first_day=ground.on, ground="supplement-requested"
        ),
        IssueLetter(
            template="repair-supplement",
            department_id=case.desk.id,
            addressee=addressee(case),
            snapshot={
                "office": office(case.desk),
                "subject": subject(case.subject),
                "applied_on": (case.submitted_on or ground.on).isoformat(),
                "records": records(case),
                "missing": [dict(each) for each in missing],
                "supplement_by": supplement_by,
                "basis": citations([law.basis(SUPPLEMENT)]),
            },
        ),
        tell(
            case,
            "repair.supplement-requested",
            (
                f"修复申请 {case.number} 需要补正",
                f"请在 {supplement_by['on']} 前一次补齐 {len(missing)} 项材料。",
            ),
            (
                f"Repair application {case.number} needs a supplement",
                f"Supply {len(missing)} items by {supplement_by['on']}.",
            ),
        ),
    ]
    return Deed(effects, (law.basis(SUPPLEMENT),))


def lapse(case: CaseFacts, ground: Ground) -> Deed:
    """The supplement's own limit passed: the item ends by itself, and can be filed again."""
    effects: list[Effect] = []
    for item in case.items:
        effects += [
            Move(
                ref=item.ref,
                via="lapse",
                event="repair-item.lapsed",
                values={"ended_at": ground.at},
            ),
            CancelDeadlines(ref=item.ref),
        ]
    effects += [
        CancelDeadlines(ref=case.ref),
        tell(
            case,
            "repair.lapsed",
            (f"修复申请 {case.number} 因逾期未补正结束", "可以随时重新申请。"),
            (
                f"Repair application {case.number} ended without its supplement",
                "You may apply again at any time.",
            ),
        ),
    ]
    return Deed(effects, (ground.law.basis(SUPPLEMENT),))


def not_accept(case: CaseFacts, ground: Ground, *, reasons: Sequence[str], next_steps: str) -> Deed:
    """Do not take the items up; reasons and remedies are told in a decision.

    :raises BadInput: no reason is given.
    """
    if not reasons:
        raise BadInput(_("Give at least one reason."), code="missing", field="reasons")
    law = ground.law
    effects: list[Effect] = []
    for item in case.items:
        effects += [
            Move(
                ref=item.ref,
                via="not_accept",
                event="repair-item.not-accepted",
                values={"ended_at": ground.at, "end_reason": "\n".join(reasons)},
                leaves={"reasons": list(reasons)},
            ),
            MeetDeadline(ref=item.ref, kind="accept"),
        ]
    effects += [
        MeetDeadline(ref=case.ref, kind="result"),
        IssueLetter(
            template="repair-not-accepted",
            department_id=case.desk.id,
            addressee=addressee(case),
            snapshot={
                "office": office(case.desk),
                "subject": subject(case.subject),
                "applied_on": (case.submitted_on or ground.on).isoformat(),
                "records": records(case),
                "reasons": [
                    {"text": text, "provision": cited(law.basis(ACCEPT))} for text in reasons
                ],
                "basis": citations([law.basis(ACCEPT)]),
                "next_steps": next_steps or None,
                "remedies": remedies(case.desk, law),
            },
        ),
        tell(
            case,
            "repair.not-accepted",
            (f"修复申请 {case.number} 不予受理", "理由和救济途径见决定书。"),
            (
                f"Repair application {case.number} was not accepted",
                "The decision gives the reasons and the remedies.",
            ),
        ),
    ]
    return Deed(effects, (law.basis(ACCEPT),))
