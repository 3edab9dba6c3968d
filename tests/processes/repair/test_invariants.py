"""What raw SQL of the application role cannot bring about in a repair (domain.md 8)."""

import threading
import uuid

import pytest
from django.db import DatabaseError, transaction

from processes.records.models import Publication, Recipient
from processes.repair.models import RemovalLine, RepairItem
from tests.crowds import at_once
from tests.workflow.journal import raw
from tests.world import FILED_AT
from workflow.clock import local_day
from workflow.engine import queue
from workflow.engine.models import WorkItem
from workflow.errors import NotAllowed

pytestmark = pytest.mark.database
ITEM, LINE = "repair_repairitem", "repair_removalline"
NO_RECEIPT, UNCHECKED, REWRITTEN = "XF008", "23514", "XF009"


def refused_with(*acts, keep=False):
    """Run to the commit and roll back; return the code of the refusal, or None."""
    try:
        with transaction.atomic():
            for act in acts:
                act()
            raw.rows("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(not keep)
    except DatabaseError as refusal:
        return refusal.__cause__.sqlstate
    return None


def move(table, thing, after, **facts):
    """Change a state by SQL, with a true event of its own."""
    event = {"id": str(thing.pk), "version": thing.version + 1, "from": thing.state, "to": after}
    raw.tell(raw.new_chain(), table=table, **event)
    more = "".join(f", {name} = %s" for name in facts)
    statement = f"UPDATE {table} SET state = %s, version = version + 1{more} WHERE id = %s"
    raw.rows(statement, after, *facts.values(), thing.pk)


# --- Invariant 4: completed only with a receipt for every order -----------------------------


class TestCompleted:
    def test_it_needs_every_receipt(self, at_stage):
        item = at_stage("one-line-left").item
        assert refused_with(lambda: move(ITEM, item, "completed")) == NO_RECEIPT

    def test_with_every_receipt_it_may_be(self, at_stage):
        stage = at_stage("one-line-left")
        line = RemovalLine.objects.get(state="ordered")
        receipt = {"receipt_by_id": stage.world["necips"].user_id, "receipt_at": FILED_AT}

        assert (
            refused_with(
                lambda: move(LINE, line, "done", **receipt),
                lambda: move(ITEM, stage.item, "completed"),
            )
            is None
        )

    def test_it_needs_that_nothing_is_shown_any_more(self, at_stage):
        stage = at_stage("completed")
        shown = Publication.objects.first()
        item = stage.item

        def show_again():
            move("records_publication", shown, "shown", ended_at=None)
            move(ITEM, item, "revoked")
            move(ITEM, stage.item, "completed")

        assert refused_with(show_again) == NO_RECEIPT

    def test_its_orders_stay_settled(self, at_stage):
        stage = at_stage("completed")
        line = RemovalLine.objects.filter(item=stage.item).first()

        assert refused_with(lambda: move(LINE, line, "ordered")) == NO_RECEIPT

    def test_it_gets_no_new_order(self, at_stage):
        stage = at_stage("completed")

        assert refused_with(lambda: order_more(stage)) == NO_RECEIPT

    def test_an_order_and_the_completion_at_once_do_not_slip_past_one_another(self, at_stage):
        stage = at_stage("one-line-left")
        line = RemovalLine.objects.get(state="ordered")
        receipt = {"receipt_by_id": stage.world["necips"].user_id, "receipt_at": FILED_AT}
        item, gate = stage.item, threading.Barrier(2)

        def complete():
            with transaction.atomic():
                move(LINE, line, "done", **receipt)
                move(ITEM, item, "completed")
                gate.wait(10)

        def order():
            with transaction.atomic():
                order_more(stage)
                gate.wait(10)

        at_once(complete, order)

        after = stage.item
        open_orders = RemovalLine.objects.filter(item=after, state="ordered").count()
        assert (after.state, open_orders) != ("completed", 1)
        assert after.state == "completed" or open_orders


def order_more(stage):
    """Order the removal from one more place, by SQL, with its event."""
    place = Recipient.objects.create(name=str(uuid.uuid4()), keeper=stage.world.unit)
    key = uuid.uuid4()
    raw.tell(raw.new_chain(), table=LINE, id=str(key), version=1, **{"from": None, "to": "ordered"})
    RemovalLine(
        id=key, item=stage.item, recipient=place, keeper=stage.world.unit, ordered_at=FILED_AT
    ).save(force_insert=True)


# --- Invariant 6: two people --------------------------------------------------------------


def test_the_preparer_cannot_be_made_the_approver(at_stage):
    stage = at_stage("proposed")
    item, preparer = stage.item, stage.world["verifier"].user_id

    code = refused_with(
        lambda: move(
            ITEM, item, "approved", decided_by_id=preparer, decided_at=FILED_AT, decision="{}"
        )
    )
    assert code == UNCHECKED


def test_another_person_can(at_stage):
    stage = at_stage("proposed")
    item, other = stage.item, stage.world["approver"].user_id

    code = refused_with(
        lambda: move(
            ITEM, item, "approved", decided_by_id=other, decided_at=FILED_AT, decision="{}"
        )
    )
    assert code is None


@pytest.mark.parametrize("missing", ["decided_by_id", "proposed_by_id", "decision"])
def test_a_decision_has_two_people_and_its_trace(at_stage, missing):
    stage = at_stage("proposed")
    item = stage.item
    facts = {"decided_by_id": stage.world["approver"].user_id, "decision": "{}"} | {missing: None}

    assert refused_with(lambda: move(ITEM, item, "approved", **facts)) == UNCHECKED


def test_the_excluded_person_cannot_claim_by_command_or_by_sql(at_stage):
    stage = at_stage("proposed")
    world = stage.world
    work = WorkItem.objects.get(node="approve", standing="open")
    assert work.excluded_user_id == world["verifier"].user_id
    both = world["approver"].__class__(
        **{name: getattr(world["approver"], name) for name in world["approver"].__slots__}
        | {"user_id": world["verifier"].user_id}
    )

    with pytest.raises(NotAllowed):
        queue.claim(work_id=work.pk, actor=both, on=local_day(FILED_AT), at=FILED_AT)
    statement = (
        "UPDATE engine_workitem SET standing = 'claimed', owner_id = excluded_user_id WHERE id = %s"
    )
    assert refused_with(lambda: raw.rows(statement, work.pk)) == UNCHECKED


def test_a_task_is_claimed_by_someone(at_stage):
    at_stage("proposed")
    statement = "UPDATE engine_workitem SET standing = 'claimed'"
    assert refused_with(lambda: raw.rows(statement)) == UNCHECKED


# --- What a decision rests on ---------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "decision = '{}'",
        "decided_at = now()",
        "proposed_by_id = decided_by_id, decided_by_id = proposed_by_id",
        "proposal_reasons = 'other'",
        "accepted_at = now()",
        "statement = 'other'",
        "corrected_on = corrected_on - 30",
    ],
)
def test_what_was_decided_is_not_rewritten_behind_its_event(at_stage, change):
    at_stage("approved")
    assert refused_with(lambda: raw.rows(f"UPDATE {ITEM} SET {change}")) == REWRITTEN


@pytest.mark.parametrize(
    "change",
    [
        "receipt_at = now()",
        "receipt_note = 'x'",
        "keeper_id = (SELECT desk_id FROM repair_repaircase)",
    ],
)
def test_a_receipt_is_not_rewritten_behind_its_event(at_stage, change):
    at_stage("completed")
    assert refused_with(lambda: raw.rows(f"UPDATE {LINE} SET {change}")) == REWRITTEN


def test_a_draft_is_still_the_applicants(at_stage):
    at_stage("draft")
    assert refused_with(lambda: raw.rows(f"UPDATE {ITEM} SET statement = 'other'")) is None


def test_a_record_has_one_open_application(at_stage):
    stage = at_stage("submitted")

    def another():
        item = RepairItem.objects.get(pk=stage.item.pk)
        item.pk = uuid.uuid4()
        item.save(force_insert=True)

    assert refused_with(another) in {"23505", "XF005"}


def test_an_application_is_never_deleted(at_stage):
    at_stage("draft")
    assert refused_with(lambda: raw.rows("DELETE FROM repair_repaircase")) in {"42501", "XF003"}
