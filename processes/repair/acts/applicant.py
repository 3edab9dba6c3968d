"""The applicant files, supplements, withdraws."""

from django.utils.translation import gettext as _

from processes.repair.acts.ground import (
    ACCEPT,
    RESULT,
    Deed,
    Ground,
    addressee,
    citations,
    office,
    records,
    subject,
    tell,
)
from processes.repair.case_facts import CaseFacts, ItemFacts
from workflow.effects import (
    CancelDeadlines,
    Effect,
    IssueLetter,
    MeetDeadline,
    Move,
    OpenDeadline,
    ResumeDeadline,
)
from workflow.errors import BadInput

CORRECTION, PERFORMANCE = "proof-of-correction", "proof-of-performance"


def submit(case: CaseFacts, ground: Ground) -> Deed:
    """File the application: the law of this day governs, early filing is allowed.

    :raises BadInput: naming the first thing an application cannot do without.
    """
    for item in case.items:
        _require_whole(item, ground)
    if case.promise is None:
        message = _("Sign the repair promise before you submit.")
        raise BadInput(message, code="missing", field="promise")
    effects: list[Effect] = []
    for item in case.items:
        effects += [
            Move(
                ref=item.ref,
                via="submit",
                event="repair-item.submitted",
                data={"application-day": ground.on.isoformat(), **_stated(item)},
            ),
            OpenDeadline(
                ref=item.ref,
                kind="accept",
                provision=ACCEPT,
                start_on=ground.on,
                department_id=case.desk.id,
            ),
        ]
    effects += [
        OpenDeadline(
            ref=case.ref,
            kind="result",
            provision=RESULT,
            start_on=ground.on,
            department_id=case.desk.id,
        ),
        _promise_letter(case, ground),
        tell(
            case,
            "repair.submitted",
            (f"已提交修复申请 {case.number}", f"{case.desk.name}收到您的申请，正在审查是否受理。"),
            (
                f"Repair application {case.number} submitted",
                f"{case.desk.name} has your application and is checking whether to accept it.",
            ),
        ),
    ]
    return Deed(effects, (ground.law.basis(ACCEPT), ground.law.basis(RESULT)))


def _require_whole(item: ItemFacts, ground: Ground) -> None:
    number = item.record.decision_number
    needed = {
        "corrected_on": _("%(number)s: say when the violation was corrected."),
        "duties_performed_on": _("%(number)s: say when the duties were performed."),
    }
    for field, message in needed.items():
        day = getattr(item, field)
        if day is None:
            raise BadInput(message % {"number": number}, code="missing", field=field)
        if day > ground.on:
            wrong = _("%(number)s: the day cannot be in the future.")
            raise BadInput(wrong % {"number": number}, code="range", field=field)
    if not item.proof_kinds:
        message = _("%(number)s: add at least one document that proves the correction.")
        raise BadInput(message % {"number": number}, code="missing", field="proof")


def _stated(item: ItemFacts) -> dict[str, object]:
    return {
        "record": str(item.record.id),
        "corrected-on": item.corrected_on.isoformat() if item.corrected_on else None,
        "duties-performed-on": (
            item.duties_performed_on.isoformat() if item.duties_performed_on else None
        ),
        "duties-complete": item.duties_complete,
    }


def _promise_letter(case: CaseFacts, ground: Ground) -> IssueLetter:
    promise = case.promise
    if promise is None:
        raise TypeError
    return IssueLetter(
        template="repair-promise",
        department_id=case.desk.id,
        addressee=addressee(case),
        snapshot={
            "office": office(case.desk),
            "subject": subject(case.subject),
            "promise_number": promise.number,
            "made_on": promise.signed_on.isoformat(),
            "text_version": str(promise.text_version),
            "records": records(case),
            "undertakings": list(promise.undertakings),
            "liability": list(promise.liability),
            "signed_by": promise.signed_name,
            "basis": citations([ground.law.basis("CC26.promise")]),
        },
    )


def give_supplement(case: CaseFacts, ground: Ground) -> Deed:
    """What was asked for has arrived: the clocks run again from the next day."""
    effects: list[Effect] = []
    for item in case.items:
        effects += [
            Move(
                ref=item.ref,
                via="supplement",
                event="repair-item.supplemented",
                data={"proofs": sorted(item.proof_kinds), **_stated(item)},
            ),
            MeetDeadline(ref=item.ref, kind="supplement"),
            ResumeDeadline(ref=item.ref, kind="accept", first_day=ground.tomorrow),
        ]
    effects.append(ResumeDeadline(ref=case.ref, kind="result", first_day=ground.tomorrow))
    return Deed(effects)


def withdraw(case: CaseFacts, ground: Ground, *, last: bool) -> Deed:
    """The applicant takes items back; ``last`` says that nothing of the case stays open."""
    effects: list[Effect] = []
    for item in case.items:
        effects += [
            Move(
                ref=item.ref,
                via="withdraw",
                event="repair-item.withdrawn",
                values={"ended_at": ground.at},
            ),
            CancelDeadlines(ref=item.ref),
        ]
    if last:
        effects.append(CancelDeadlines(ref=case.ref))
    return Deed(effects)
