"""Every life three items of one application can lead, explored with the acts themselves.

The acts are pure, so the model is not a copy of them: it is them. The long form lets four items
live, by ``XINFU_LONG=1``.
"""

import functools
import os
import uuid
from collections import deque

from processes.repair import acts
from processes.repair.states import (
    ENDED,
    ITEM_TRANSITIONS,
    LINE_WORK,
    OPEN_ORDER,
    SETTLED_LINES,
    WORK,
    ItemState,
    LineState,
    case_state,
)
from tests.processes.repair import facts
from workflow.errors import Refusal

ITEMS = 4 if os.environ.get("XINFU_LONG") == "1" else 3
MISSING = [{"item": "照片", "how": "补充"}]


def start():
    """An application ready to be filed, each record on one site of its own."""
    known = [
        facts.item(number=n, record=facts.record(id=uuid.UUID(int=200 + n)))
        for n in range(1, ITEMS + 1)
    ]
    return facts.case(*known)


def steps(case):
    """Yield every act that somebody may try now, with what becomes of the case."""
    for state, tries in TRIES.items():
        group = case.only(frozenset(each.id for each in case.items if each.state == state))
        chosen = [case.only(frozenset({each.id})) for each in group.items]
        if len(group.items) > 1:
            chosen.append(group)
        for some in chosen:
            for name, act in tries.items():
                yield from attempt(case, name, lambda act=act, some=some: act(some))
    for each in case.items:
        for line in each.lines:
            for name, act in LINE_TRIES.get(line.state, {}).items():
                yield from attempt(case, name, lambda act=act, line=line: act(line))


def attempt(case, name, act):
    try:
        deed = act()
    except Refusal:
        return
    yield name, settle(facts.applied(case, deed.effects))


def settle(case):
    """What the commands do in the same transaction: pass on, order, complete."""
    accepted = case.only(ids(case, ItemState.ACCEPTED))
    if accepted.items:
        case = facts.applied(case, acts.begin_verification(accepted, facts.ground(by=None)).effects)
    approved = case.only(ids(case, ItemState.APPROVED))
    if approved.items:
        keys = {(each.id, 0): uuid.uuid5(each.id, "line") for each in approved.items}
        deed = acts.begin_removal(approved, facts.ground(by=None), line_ids=keys)
        case = facts.applied(case, deed.effects)
    ready = case.only(
        frozenset(
            each.id
            for each in case.items
            if each.state == ItemState.REMOVING
            and all(line.state in SETTLED_LINES for line in each.lines)
        )
    )
    if ready.items:
        deed = acts.complete(ready, facts.ground(by=None), last=False, partly=False)
        case = facts.applied(case, deed.effects)
    return case


def ids(case, state):
    return frozenset(each.id for each in case.items if each.state == state)


def decided(act, by):
    return lambda some: act(some, facts.ground(by=by), judgements=facts.judged(some))


def proposed(outcome):
    return lambda some: acts.propose(
        some, facts.ground(by=facts.VERIFIER), outcome=outcome, reasons="核实",
        judgements=facts.judged(some),
    )  # fmt: skip


def with_ground(act, **more):
    return lambda thing: act(thing, facts.ground(), **more)


WITHDRAW = {"withdraw": with_ground(acts.withdraw, last=False)}
TRIES = {
    ItemState.DRAFT: {"submit": with_ground(acts.submit)} | WITHDRAW,
    ItemState.SUBMITTED: {
        "accept": with_ground(acts.accept),
        "not-accept": with_ground(acts.not_accept, reasons=["不属"], next_steps=""),
        "ask": with_ground(acts.request_supplement, missing=MISSING),
    }
    | WITHDRAW,
    ItemState.SUPPLEMENT_REQUESTED: {
        "supplement": with_ground(acts.give_supplement),
        "lapse": with_ground(acts.lapse),
    }
    | WITHDRAW,
    ItemState.VERIFYING: {"approve?": proposed("approve"), "refuse?": proposed("refuse")}
    | WITHDRAW,
    ItemState.PROPOSED: {
        "approve": decided(acts.approve, facts.APPROVER),
        "approve-own": decided(acts.approve, facts.VERIFIER),
        "refuse": decided(acts.refuse, facts.APPROVER),
        "send-back": with_ground(acts.send_back, reasons="再核"),
    },
}
LINE_TRIES = {
    LineState.ORDERED: {
        "done": with_ground(acts.confirm, outcome="done", note="下线", document=None),
        "never": with_ground(acts.confirm, outcome="never_held", note="", document=None),
        "object": with_ground(acts.object_to_order, reason="已归档"),
    },
    LineState.REFUSED: {
        "again": with_ground(acts.order_again, reason="仍需"),
        "accept-refusal": with_ground(acts.accept_refusal, reason="属实"),
    },
}


def outline(case):
    """What tells two situations apart; items of one kind are interchangeable."""
    return tuple(
        sorted(
            (str(each.state), bool(each.supplement_wanted), str(each.proposed_outcome or ""),
             tuple(str(line.state) for line in each.lines))
            for each in case.items
        )
    )  # fmt: skip


def explore():
    """Return every situation that can be reached, with the acts tried and their results."""
    first = start()
    known, waiting, done = {outline(first): first}, deque([first]), []
    while waiting:
        case = waiting.popleft()
        for name, after in steps(case):
            done.append((case, name, after))
            if outline(after) not in known:
                known[outline(after)] = after
                waiting.append(after)
    return known, done


@functools.cache
def explored():
    """Explore once, and only when a test asks."""
    return explore()


def seen():
    return explored()[0]


def taken():
    return explored()[1]


def test_the_model_reaches_every_state_that_this_line_knows():
    found = {state for each in seen() for (state, *_rest) in each}
    outside = {ItemState.OBJECT_CEASED, ItemState.REVOKED, ItemState.ACCEPTED, ItemState.APPROVED}
    assert found == set(ItemState) - outside


def test_every_act_of_the_line_is_taken_somewhere():
    named = {name for tries in (*TRIES.values(), *LINE_TRIES.values()) for name in tries}
    assert {name for _before, name, _after in taken()} == named - {"approve-own"}


def test_nobody_ever_decides_what_they_prepared():
    assert "approve-own" not in {name for _before, name, _after in taken()}


def test_no_situation_is_stuck():
    """Whatever is open has somebody whose turn it is, and can still come to an end."""
    comes_from = {}
    for before, _name, after in taken():
        comes_from.setdefault(outline(after), set()).add(outline(before))
    over = {key for key, case in seen().items() if all(each.state in ENDED for each in case.items)}
    reaches, waiting = set(over), list(over)
    while waiting:
        grown = comes_from.get(waiting.pop(), set()) - reaches
        reaches |= grown
        waiting += grown
    assert reaches == set(seen())
    for case in seen().values():
        for each in case.items:
            waits = each.state in WORK or any(line.state in LINE_WORK for line in each.lines)
            assert waits or each.state in ENDED or each.state == ItemState.DRAFT


def test_what_ended_stays_ended_and_every_step_is_in_the_table():
    moves = {
        (source, target) for sources, target in ITEM_TRANSITIONS.values() for source in sources
    }
    passed = {
        (ItemState.SUBMITTED, ItemState.VERIFYING),  # accepted and handed on at once
        (ItemState.PROPOSED, ItemState.REMOVING),  # approved and ordered at once
    }
    for before, name, after in taken():
        for old, new in zip(before.items, after.items, strict=True):
            assert old.state == new.state or (old.state, new.state) in moves | passed, name
            assert old.state not in ENDED or new.state == old.state


def test_completed_means_a_receipt_for_every_order():
    for case in seen().values():
        for each in case.items:
            settled = all(line.state in SETTLED_LINES for line in each.lines)
            if each.state == ItemState.COMPLETED:
                assert settled
                assert len(each.lines) == len(each.record.targets)
            if each.state == ItemState.REMOVING:
                assert not settled


def test_a_supplement_is_asked_for_at_most_once_in_a_life():
    for before, name, _after in taken():
        if name == "ask":
            assert not any(
                each.supplement_wanted for each in before.items
                if each.state == ItemState.SUBMITTED and each.id in moved(before, _after)
            )  # fmt: skip


def moved(before, after):
    return {o.id for o, n in zip(before.items, after.items, strict=True) if o.state != n.state}


def test_the_case_speaks_for_the_item_furthest_behind():
    for case in seen().values():
        state = case_state(each.state for each in case.items)
        opened = [s for s in OPEN_ORDER if s in {each.state for each in case.items}]
        assert state == opened[0] if opened else state not in OPEN_ORDER
