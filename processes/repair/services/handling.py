"""What the desk and the determining units do."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from processes.repair import acts
from processes.repair.case_facts import CaseFacts
from processes.repair.judgement import Judgement, judge
from processes.repair.models import RepairCase
from processes.repair.services.hand import Hand, acting
from processes.repair.services.removing import start_removal
from processes.repair.states import ItemState
from workflow.errors import BadInput, NotPossible
from workflow.offices.actors import SYSTEM, Actor


def _ids(hand: Hand, item_ids: Iterable[uuid.UUID] | None, state: str) -> list[uuid.UUID]:
    """Return the named items, or all in a state; they must all be in it.

    :raises NotPossible: none, or one is not.
    """
    there = set(hand.case.items.filter(state=state).values_list("pk", flat=True))
    wanted = there if item_ids is None else set(item_ids)
    if not wanted or wanted - there:
        message = _("The case was handled in the meantime; it does not allow this step now.")
        raise NotPossible(message, code="wrong-state")
    return sorted(wanted)


def accept(
    *,
    case_id: uuid.UUID,
    item_ids: Iterable[uuid.UUID] | None = None,
    actor: Actor,
    at: dt.datetime,
) -> RepairCase:
    """Take items up and hand them to their determining units.

    :raises NotAllowed: the actor is not of this desk, or somebody else has the task.
    :raises NotPossible: the items do not wait for acceptance.
    """
    with acting(case_id=case_id, actor=actor, at=at) as hand:
        keys = _ids(hand, item_ids, ItemState.SUBMITTED)
        hand.take(object_ids=keys, node="accept")
        hand.apply(acts.accept(hand.facts(keys), hand.ground))
        hand.apply(acts.begin_verification(hand.facts(keys), hand.ground), actor=SYSTEM)
    return hand.case


def request_supplement(
    *,
    case_id: uuid.UUID,
    missing: Sequence[Mapping[str, str]],
    actor: Actor,
    at: dt.datetime,
) -> RepairCase:
    """Ask, once, for everything missing; ``missing`` has ``item`` and ``how`` for each thing.

    :raises NotPossible: it was asked for once before.
    """
    with acting(case_id=case_id, actor=actor, at=at) as hand:
        keys = _ids(hand, None, ItemState.SUBMITTED)
        hand.take(object_ids=keys, node="accept")
        wanted = [dict(each) for each in missing]
        hand.apply(acts.request_supplement(hand.facts(keys), hand.ground, missing=wanted))
    return hand.case


def lapse(*, case_id: uuid.UUID, at: dt.datetime) -> RepairCase:
    """End items whose supplement did not arrive in time; it happens by itself, on its day."""
    with acting(case_id=case_id, actor=SYSTEM, at=at) as hand:
        keys = _ids(hand, None, ItemState.SUPPLEMENT_REQUESTED)
        hand.apply(acts.lapse(hand.facts(keys), hand.ground))
    return hand.case


def not_accept(
    *,
    case_id: uuid.UUID,
    reasons: Sequence[str],
    next_steps: str = "",
    actor: Actor,
    at: dt.datetime,
) -> RepairCase:
    """Do not take the application up, with reasons and remedies."""
    with acting(case_id=case_id, actor=actor, at=at) as hand:
        keys = _ids(hand, None, ItemState.SUBMITTED)
        hand.take(object_ids=keys, node="accept")
        hand.apply(
            acts.not_accept(
                hand.facts(keys),
                hand.ground,
                reasons=[text for text in reasons if text.strip()],
                next_steps=next_steps,
            )
        )
    return hand.case


def propose(
    *,
    case_id: uuid.UUID,
    item_ids: Iterable[uuid.UUID],
    outcome: str,
    reasons: str,
    actor: Actor,
    at: dt.datetime,
) -> RepairCase:
    """Verify items of one unit and propose an outcome.

    :raises NotPossible: approval is proposed though the rule of the day of application says no.
    """
    with acting(case_id=case_id, actor=actor, at=at) as hand:
        keys = _ids(hand, item_ids, ItemState.VERIFYING)
        hand.take(object_ids=keys, node="verify")
        facts = hand.facts(keys)
        hand.apply(
            acts.propose(
                facts,
                hand.ground,
                outcome=outcome,
                reasons=reasons,
                judgements=_judgements(facts),
            )
        )
    return hand.case


def decide(
    *,
    case_id: uuid.UUID,
    item_ids: Iterable[uuid.UUID],
    agree: bool,
    reasons: str = "",
    actor: Actor,
    at: dt.datetime,
) -> RepairCase:
    """Decide what somebody else proposed: as proposed, or back for rework with reasons.

    An approval orders the removal everywhere in the same transaction.

    :raises NotAllowed: the actor prepared it, is not of the unit, or somebody else has the task.
    :raises BadInput: the items are of several units or their proposals differ.
    """
    with acting(case_id=case_id, actor=actor, at=at) as hand:
        keys = _ids(hand, item_ids, ItemState.PROPOSED)
        hand.take(object_ids=keys, node="approve")
        facts = hand.facts(keys)
        outcome = _one_proposal(facts)
        if not agree:
            hand.apply(acts.send_back(facts, hand.ground, reasons=reasons))
        elif outcome == "refuse":
            hand.apply(acts.refuse(facts, hand.ground, judgements=_judgements(facts)))
            _close_if_over(hand)
        else:
            hand.apply(acts.approve(facts, hand.ground, judgements=_judgements(facts)))
            start_removal(hand, keys)
    return hand.case


def _close_if_over(hand: Hand) -> None:
    """Meet the limit for the result when nothing of the case is open any more."""
    hand.apply(acts.close_if_over(hand.facts(), hand.ground), actor=SYSTEM)


def _one_proposal(facts: CaseFacts) -> str:
    outcomes = {(item.record.unit.id, item.proposed_outcome) for item in facts.items}
    if len(outcomes) != 1:
        message = _("Decide items of one unit with one proposed outcome together.")
        raise BadInput(message, code="mixed", field="items")
    return outcomes.pop()[1]


def _judgements(facts: CaseFacts) -> dict[uuid.UUID, Judgement]:
    day = facts.submitted_on
    if day is None:
        message = "an application that was never filed cannot be judged"
        raise ValueError(message)
    return {item.id: judge(item, promise=facts.promise, on=day) for item in facts.items}
