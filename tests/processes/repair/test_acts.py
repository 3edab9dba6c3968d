"""Acts as plain functions: facts and law in, effects out, no database anywhere."""

import dataclasses
import datetime as dt
import uuid

import pytest

from processes.repair import acts
from processes.repair.states import ItemState, LineState
from tests.processes.repair import facts
from workflow.effects import (
    Create,
    IssueLetter,
    MeetDeadline,
    Move,
    OpenDeadline,
    ResumeDeadline,
    SuspendDeadline,
)
from workflow.errors import BadInput, NotAllowed, NotPossible

PROPOSED = {
    "state": ItemState.PROPOSED,
    "proposed_by": facts.VERIFIER,
    "proposed_outcome": "approve",
    "proposal_reasons": "已核实",
}


def of(deed, kind):
    return [effect for effect in deed.effects if isinstance(effect, kind)]


def vias(deed):
    return [effect.via for effect in of(deed, Move)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"corrected_on": None}, "corrected_on", id="no-correction"),
        pytest.param({"corrected_on": facts.TODAY + dt.timedelta(1)}, "corrected_on", id="future"),
        pytest.param({"duties_performed_on": None}, "duties_performed_on", id="no-duties"),
        pytest.param({"proof_kinds": frozenset()}, "proof", id="no-proof"),
    ],
)
def test_an_incomplete_application_is_not_filed_and_the_gap_is_named(changes, field):
    with pytest.raises(BadInput) as refusal:
        acts.submit(facts.case(facts.item(**changes)), facts.ground())

    assert refusal.value.field == field


def test_an_application_needs_its_promise():
    with pytest.raises(BadInput) as refusal:
        acts.submit(facts.case(promise=None), facts.ground())

    assert refusal.value.field == "promise"


def test_filing_moves_promise_and_items_and_starts_both_clocks():
    deed = acts.submit(facts.case(facts.item(), facts.item(number=2)), facts.ground())

    assert vias(deed) == ["submit", "submit"]
    assert [each.kind for each in of(deed, OpenDeadline)] == ["accept", "accept", "result"]
    assert [each.template for each in of(deed, IssueLetter)] == ["repair-promise"]


def test_one_acceptance_letter_covers_all_items():
    both = [facts.item(number=n, state=ItemState.SUBMITTED) for n in (1, 2)]
    deed = acts.accept(facts.case(*both), facts.ground())

    assert vias(deed) == ["accept", "accept"]
    (letter,) = of(deed, IssueLetter)
    assert len(letter.snapshot["records"]) == 2


def test_a_supplement_is_asked_for_once():
    missing = [{"item": "照片", "how": "补充"}]
    case = facts.case(facts.item(state=ItemState.SUBMITTED))
    first = acts.request_supplement(case, facts.ground(), missing=missing)
    asked = facts.applied(case, first.effects)

    assert len(of(first, SuspendDeadline)) == 2
    back = acts.give_supplement(asked, facts.ground())
    assert {each.first_day for each in of(back, ResumeDeadline)} == {facts.ground().tomorrow}
    with pytest.raises(NotPossible, match=r"."):
        acts.request_supplement(facts.applied(asked, back.effects), facts.ground(), missing=missing)


def test_approval_is_not_proposed_against_the_rule():
    early = dt.date(2026, 5, 20)
    case = facts.case(facts.item(state=ItemState.VERIFYING), submitted_on=early)

    with pytest.raises(NotPossible):
        acts.propose(
            case, facts.ground(by=facts.VERIFIER), outcome="approve", reasons="好",
            judgements=facts.judged(case, on=early),
        )  # fmt: skip


@pytest.mark.parametrize("act", [acts.approve, acts.refuse])
def test_who_prepared_it_does_not_decide_it(act):
    case = facts.case(facts.item(**PROPOSED))
    judgements = facts.judged(case)

    with pytest.raises(NotAllowed) as refusal:
        act(case, facts.ground(by=facts.VERIFIER), judgements=judgements)
    assert refusal.value.code == "four-eyes"
    assert act(case, facts.ground(by=facts.APPROVER), judgements=judgements)


def test_a_decision_goes_on_record_with_its_whole_trace_and_basis():
    case = facts.case(facts.item(**PROPOSED))
    deed = acts.approve(case, facts.ground(), judgements=facts.judged(case))
    (move,) = of(deed, Move)

    assert move.values["decided_by_id"] == facts.APPROVER
    assert move.data["verdict"] == "eligible"
    assert move.data["trace"]["sites"]
    assert deed.basis
    assert {each.kind for each in of(deed, MeetDeadline)} == {"verify"}


def test_removal_orders_every_target_once_and_ends_what_we_show():
    places = (facts.target(), facts.target("necips", "necips"))
    known = facts.item(state=ItemState.APPROVED, record=facts.record(targets=places))
    keys = {(known.id, n): uuid.uuid4() for n in range(2)}
    deed = acts.begin_removal(facts.case(known), facts.ground(), line_ids=keys)

    assert {each.ref.id for each in of(deed, Create)} == set(keys.values())
    assert vias(deed) == ["begin_removal", "end", "end"]
    assert len(of(deed, IssueLetter)) == len(of(deed, OpenDeadline)) == 2


def test_a_receipt_says_done_or_never_held_and_nothing_else():
    for outcome, via in (("done", "confirm_done"), ("never_held", "confirm_never_held")):
        deed = acts.confirm(facts.line(), facts.ground(), outcome=outcome, note="n", document=None)
        assert vias(deed) == [via]
    with pytest.raises(BadInput):
        acts.confirm(facts.line(), facts.ground(), outcome="refused", note="n", document=None)


def test_a_completion_letter_lists_every_receipt_and_says_when_it_is_partial():
    lines = (facts.line(LineState.DONE), facts.line(LineState.NEVER_HELD, "necips"))
    case = facts.case(facts.item(state=ItemState.REMOVING, lines=lines))
    deed = acts.complete(case, facts.ground(), last=True, partly=True)
    (letter,) = of(deed, IssueLetter)

    assert [each["outcome"] for each in letter.snapshot["lines"]] == ["done", "never_held"]
    assert letter.snapshot["partly"] is True
    assert {each.kind for each in of(deed, MeetDeadline)} == {"result"}
    open_still = acts.complete(case, facts.ground(), last=False, partly=False)
    assert of(open_still, MeetDeadline) == []


@pytest.mark.parametrize("blank", ["", "   "])
@pytest.mark.parametrize("act", [acts.object_to_order, acts.order_again, acts.accept_refusal])
def test_a_refusal_and_its_settlement_need_reasons(act, blank):
    with pytest.raises(BadInput):
        act(facts.line(LineState.REFUSED), facts.ground(), reason=blank)


def test_no_letter_of_a_natural_person_carries_a_number():
    person = dataclasses.replace(facts.case().subject, name="欧阳漫步", code=None, is_person=True)
    deed = acts.accept(
        facts.case(facts.item(state=ItemState.SUBMITTED), subject=person), facts.ground()
    )
    (letter,) = of(deed, IssueLetter)

    assert letter.snapshot["subject"] == {"name": "欧阳漫步", "code": None}
