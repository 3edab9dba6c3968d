"""Many people at once: one owner, one decision, one completion, one number each."""

import threading
import time
import uuid

import pytest
from django.db import OperationalError, transaction

from processes.promise.models import Promise
from processes.records.models import CreditRecord, Publication
from processes.records.services import register_penalty
from processes.repair import services as repair
from processes.repair.models import RemovalLine, RepairCase, RepairItem
from tests.crowds import at_once, failures
from tests.world import FILED_AT, lines_of, penalty
from workflow.clock import local_day
from workflow.deadlines.models import Deadline, Rung
from workflow.deadlines.sweep import sweep
from workflow.documents.models import Letter
from workflow.engine import graph, queue, settle
from workflow.engine.models import WorkItem
from workflow.errors import NotAllowed, NotPossible
from workflow.journal.models import Event
from workflow.offices.actors import SYSTEM
from workflow.offices.models import Capacity, User
from workflow.offices.queries import actor_in
from workflow.outbox.models import OutboxMessage

pytestmark = pytest.mark.database
TODAY = local_day(FILED_AT)


def serials(**about):
    return sorted(Letter.objects.filter(**about).values_list("serial", flat=True))


def assert_all_agrees(stage):
    """Numbers have no gap, and the queue is what the states call for."""
    for office in (stage.world.unit, stage.world.desk_office):
        found = serials(department=office)
        assert found == list(range(1, len(found) + 1))
    assert settle.reconcile(at=FILED_AT) == {}


def crowd(world, size):
    """Return so many people of the desk."""
    users = User.objects.bulk_create(
        User(username=f"desk-{n}", display_name=f"受理员{n}") for n in range(size)
    )
    held = Capacity.objects.bulk_create(
        Capacity(user=user, department=world.desk_office, role="desk", since="2026-01-01")
        for user in users
    )
    return [actor_in(capacity) for capacity in held]


def test_of_ninety_who_claim_one_task_one_gets_it(at_stage):
    stage = at_stage("submitted")
    people = crowd(stage.world, 90)
    task = WorkItem.objects.exclude(standing="closed").get()

    answers = at_once(
        *(
            lambda actor=actor: queue.claim(work_id=task.pk, actor=actor, on=TODAY, at=FILED_AT)
            for actor in people
        )
    )

    winners = [answer for answer in answers if isinstance(answer, WorkItem)]
    losers = failures(answers)
    assert (len(winners), len(losers)) == (1, 89)
    assert {(type(loser), getattr(loser, "code", str(loser))) for loser in losers} == {
        (NotPossible, "taken")
    }
    task.refresh_from_db()
    assert (task.standing, task.owner_id) == ("claimed", winners[0].owner_id)


def test_of_many_who_ask_for_the_next_task_each_gets_another_or_none(at_stage):
    stage = at_stage("published")
    for number in range(4):
        record = stage.world.published_record(
            decision_number=f"朔市监罚〔2026〕{number}号", decision_number_key=f"k{number}"
        )
        assert record.pk
        stage.world.submitted()
    people = crowd(stage.world, 12)

    answers = at_once(
        *(
            lambda actor=actor: queue.claim_next(actor=actor, on=TODAY, at=FILED_AT)
            for actor in people
        )
    )

    assert failures(answers) == []
    got = [answer.pk for answer in answers if answer]
    assert len(got) == len(set(got)) == 4


def test_two_approvers_at_once_decide_once(at_stage):
    stage = at_stage("proposed")
    world = stage.world

    def decide(name):
        return repair.decide(
            case_id=stage.case.pk,
            item_ids=[stage.item.pk],
            agree=True,
            actor=world[name],
            at=world.after(hours=3),
        )

    answers = at_once(*(lambda n=n: decide(n) for n in ("approver", "second-approver") * 3))

    refused = failures(answers)
    assert len(refused) == 5
    assert {type(fault) for fault in refused} <= {NotPossible, NotAllowed}
    assert Letter.objects.filter(template="repair-approved").count() == 1
    assert RemovalLine.objects.count() == 2
    assert Letter.objects.filter(template="removal-order").count() == 2
    assert Event.objects.filter(kind="repair-item.approved").count() == 1
    assert Publication.objects.filter(state="shown").count() == 0
    assert_all_agrees(stage)


def test_an_approver_and_one_who_sends_back_at_once_do_one_of_both(at_stage):
    stage = at_stage("proposed")
    world = stage.world

    def decide(name, agree):
        return repair.decide(
            case_id=stage.case.pk, item_ids=[stage.item.pk], agree=agree, reasons="再核实",
            actor=world[name], at=world.after(hours=3),
        )  # fmt: skip

    answers = at_once(
        lambda: decide("approver", agree=True), lambda: decide("second-approver", agree=False)
    )

    assert len(failures(answers)) == 1
    both = ("repair-item.approved", "repair-item.sent-back")
    assert Event.objects.filter(kind__in=both).count() == 1
    assert_all_agrees(stage)


def test_the_last_two_receipts_at_once_complete_once(at_stage):
    stage = at_stage("approved")
    world = stage.world
    works = [
        lambda line=line: world.confirm(line.pk, keeper=world.keeper_of(line))
        for line in lines_of(stage.case)
    ]

    answers = at_once(*works, *works)

    assert len(failures(answers)) == 2
    assert {type(fault) for fault in failures(answers)} == {NotPossible}
    assert RepairCase.objects.get().state == "completed"
    assert Event.objects.filter(kind="repair-item.completed").count() == 1
    assert Letter.objects.filter(template="repair-completed").count() == 1
    assert not WorkItem.objects.exclude(standing="closed").exists()
    assert_all_agrees(stage)


def test_two_drafts_for_one_record_at_once_give_one(at_stage):
    stage = at_stage("published")
    world = stage.world

    def draft():
        return repair.open_draft(
            subject_id=world.subject.pk,
            record_ids=[world.record.pk],
            desk=world.desk_office,
            actor=world["agent"],
            at=FILED_AT,
        )

    answers = at_once(*[draft] * 4)

    assert [fault.code for fault in failures(answers)] == ["already-open"] * 3
    assert (RepairCase.objects.count(), RepairItem.objects.count()) == (1, 1)


def test_case_numbers_have_no_gap_even_when_drafts_fail(at_stage):
    stage = at_stage("published")
    world = stage.world
    records = [world.record] + [
        world.published_record(
            decision_number=f"朔市监罚〔2026〕{n}号",
            decision_number_key=f"k{n}",
            credit_code="91110000802100433B" if n % 2 else "91110000600037341L",
        )
        for n in range(5)
    ]

    def draft(record, *, fail):
        with transaction.atomic():
            case = repair.open_draft(
                subject_id=record.subject_id,
                record_ids=[record.pk],
                desk=world.desk_office,
                actor=_agent_of(world, record),
                at=FILED_AT,
            )
            if fail:
                raise LookupError
            return case

    works = [lambda r=r, f=f: draft(r, fail=f) for r in records for f in (False, True)]
    answers = at_once(*works)

    assert [a.number for a in answers if not isinstance(a, BaseException)]
    numbers = sorted(RepairCase.objects.values_list("number", flat=True))
    assert numbers == [f"XF-2026-{n:05d}" for n in range(1, len(records) + 1)]


def _agent_of(world, record):
    world.subject = record.subject
    world._authorise("agent")
    return world["agent"]


def test_two_signatures_at_once_make_one_promise(at_stage):
    stage = at_stage("published")
    world = stage.world
    case = repair.open_draft(
        subject_id=world.subject.pk, record_ids=[world.record.pk], desk=world.desk_office,
        actor=world["agent"], at=FILED_AT,
    )  # fmt: skip

    def sign():
        repair.sign_promise(
            case_id=case.pk, signed_name=world.users["agent"].display_name,
            actor=world["agent"], at=FILED_AT,
        )  # fmt: skip

    assert failures(at_once(*[sign] * 4)) == []
    assert Promise.objects.count() == 1


def test_the_same_penalty_registered_at_once_makes_one_record(at_stage):
    at_stage("empty")

    answers = at_once(
        *[lambda: register_penalty(penalty=penalty(), source_row=None, by=SYSTEM, at=FILED_AT)] * 6
    )

    assert failures(answers) == []
    assert sorted(str(answer.outcome) for answer in answers) == ["accepted"] + ["unchanged"] * 5
    assert CreditRecord.objects.count() == 1


def test_sweeps_at_once_fire_each_rung_once(at_stage):
    stage = at_stage("submitted")
    assert stage.case
    later = local_day(stage.world.after(days=40))

    answers = at_once(*[lambda: sweep(on=later, at=stage.world.after(days=40))] * 6)

    assert failures(answers) == []
    assert all(not answer.failed for answer in answers)
    rungs = list(Rung.objects.values_list("deadline_id", "code"))
    assert rungs
    assert len(rungs) == len(set(rungs)) == sum(answer.fired for answer in answers)
    announced = OutboxMessage.objects.filter(topic="deadline.rung").count()
    assert announced == len(rungs)


def test_sweeps_at_once_let_a_supplement_lapse_once(at_stage):
    stage = at_stage("supplement-requested")
    later = stage.world.after(days=60)

    answers = at_once(*[lambda: sweep(on=local_day(later), at=later)] * 5)

    assert failures(answers) == []
    assert stage.item.state == "lapsed"
    assert Event.objects.filter(kind="repair-item.lapsed").count() == 1
    assert not Deadline.objects.filter(ended_at=None).exists()
    assert_all_agrees(stage)


def test_a_supplement_and_its_lapse_at_once_do_one_of_both(at_stage):
    stage = at_stage("supplement-requested")
    world, later = stage.world, stage.world.after(days=60)

    def supplement():
        return repair.give_supplement(
            case_id=stage.case.pk, note="已补", actor=world["agent"], at=later
        )

    answers = at_once(supplement, lambda: sweep(on=local_day(later), at=later))

    both = ("repair-item.lapsed", "repair-item.supplemented")
    told = list(Event.objects.filter(kind__in=both).values_list("kind", flat=True))
    assert len(told) == 1
    assert stage.item.state == ("lapsed" if told == ["repair-item.lapsed"] else "submitted")
    assert isinstance(answers[0], NotPossible) == (told == ["repair-item.lapsed"])
    assert settle.reconcile(at=FILED_AT) == {}


def test_a_withdrawal_and_an_acceptance_at_once_leave_a_whole_case(at_stage):
    stage = at_stage("submitted")
    world = stage.world
    at_once(
        lambda: repair.withdraw(case_id=stage.case.pk, actor=world["agent"], at=FILED_AT),
        lambda: repair.accept(case_id=stage.case.pk, actor=world["desk"], at=FILED_AT),
    )

    assert stage.item.state == "withdrawn"
    assert not Deadline.objects.filter(ended_at=None).exists()
    assert_all_agrees(stage)


def test_an_act_under_way_is_no_fault_to_the_reconciler(at_stage):
    stage = at_stage("submitted")
    world, done = stage.world, threading.Event()

    def accept_slowly():
        with transaction.atomic():
            repair.accept(case_id=stage.case.pk, actor=world["desk"], at=FILED_AT)
            done.set()
            time.sleep(0.7)

    def reconcile():
        done.wait(20)
        return settle.reconcile(at=FILED_AT)

    _, found = at_once(accept_slowly, reconcile)

    assert found == {}
    (work,) = WorkItem.objects.exclude(standing="closed")
    assert work.node == "verify"


def test_nobody_waits_for_ever_on_a_locked_case(at_stage, monkeypatch):
    """A lock that is never given is refused after its limit, and nothing is half done."""
    stage = at_stage("submitted")
    monkeypatch.setattr(graph, "LOCK_TIMEOUT", "300ms")
    with transaction.atomic():
        graph.lock_rows(RepairCase, [stage.case.pk])
        (answer,) = at_once(
            lambda: repair.accept(case_id=stage.case.pk, actor=stage.world["desk"], at=FILED_AT)
        )
    assert isinstance(answer, OperationalError)
    assert stage.item.state == "submitted"


def test_a_row_that_is_not_there_is_named(at_stage):
    at_stage("empty")
    with pytest.raises(LookupError, match="RepairCase"), transaction.atomic():
        graph.lock_rows(RepairCase, [uuid.uuid4()])
