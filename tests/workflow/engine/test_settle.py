"""The queue is what the states call for, and can be made from them again."""

import types

import pytest
from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Process as ProcessRow
from viewflow.workflow.models import Task

from processes.records.flow import RecordFlow
from processes.repair.flow import RepairFlow
from processes.repair.models import RepairItem
from processes.repair.states import LINE_WORK, WORK
from tests.stages import STAGES
from tests.world import FILED_AT
from workflow.engine import graph, settle
from workflow.engine.checks import check_flows, flow_errors
from workflow.engine.graph import DomainRowLock, HumanStep, Process
from workflow.engine.models import WorkItem

COLUMNS = (
    "process", "node", "case_id", "case_number", "object_table", "object_id", "subject_name",
    "title", "role", "department_id", "excluded_user_id", "due_on", "sort_on",
)  # fmt: skip


def queue():
    """Return the live queue without its keys and its owners."""
    live = WorkItem.objects.exclude(standing="closed").values_list(*COLUMNS)
    return sorted(map(repr, live))


@pytest.mark.parametrize("name", STAGES)
def test_after_every_act_states_and_queue_agree_and_the_queue_can_be_rebuilt(at_stage, name):
    at_stage(name)
    before = queue()

    assert settle.reconcile(at=FILED_AT) == {}
    WorkItem.objects.all().delete()
    rebuilt = settle.reconcile(at=FILED_AT)

    assert queue() == before
    assert sum(len(each.opened) for each in rebuilt.values()) == len(before)
    assert settle.reconcile(at=FILED_AT) == {}


def test_work_that_nothing_calls_for_is_closed_and_reported(at_stage):
    stage = at_stage("submitted")
    stray = WorkItem.objects.get(standing="open")
    WorkItem.objects.filter(pk=stray.pk).update(node="verify", role="verifier")

    (difference,) = settle.reconcile(at=FILED_AT).values()

    key = ("repair_repairitem", stage.item.pk)
    assert difference.opened == ((*key, "accept"),)
    assert difference.closed == ((*key, "verify"),)
    assert WorkItem.objects.get(pk=stray.pk).standing == "closed"


def test_work_left_behind_by_an_ended_case_is_found_too(at_stage):
    stage = at_stage("completed")
    old = WorkItem.objects.filter(node="accept").first()
    WorkItem.objects.filter(pk=old.pk).update(standing="open", closed_at=None)

    found = settle.reconcile(at=FILED_AT)

    assert list(found) == [("repair", stage.case.pk)]
    assert not WorkItem.objects.exclude(standing="closed").exists()


def test_work_that_goes_on_keeps_its_owner(at_stage):
    stage = at_stage("submitted")
    owner = stage.world["desk"].user_id
    WorkItem.objects.filter(standing="open").update(standing="claimed", owner=owner)

    settle.reconcile(at=FILED_AT)

    assert WorkItem.objects.get(standing="claimed").owner_id == owner


# --- The checks at start --------------------------------------------------------------------


def a_process(**attributes):
    """A procedure with one step, with the named differences."""
    parts = {
        "process_class": ProcessRow,
        "lock_impl": DomainRowLock(RepairItem),
        "start": flow.StartHandle(lambda _: False).Next(this.work),
        "work": HumanStep("办").Permission("work.desk").Next(this.end),
        "end": flow.End(),
    } | attributes
    made = types.new_class("OneStepFlow", (flow.Flow,), {}, lambda space: space.update(parts))
    return Process(
        name="one-step", flow=made, nodes=frozenset({"work"}), work_of=None, open_cases=None
    )


def codes(process):
    return [error.id for error in flow_errors(process)]


def test_a_sound_flow_passes():
    assert codes(a_process()) == []


def test_a_flow_without_our_lock_is_refused():
    """Viewflow's own default let two people claim one task."""
    assert codes(a_process(lock_impl=lock.no_lock)) == ["engine.E1"]
    assert codes(a_process(lock_impl=lock.select_for_update_lock)) == ["engine.E1"]


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(lambda: HumanStep("办").Next(this.end), id="nobody"),
        pytest.param(lambda: HumanStep("办").Permission("work.king").Next(this.end), id="unknown"),
        pytest.param(
            lambda: HumanStep("办").Permission("auth.add_user").Next(this.end), id="foreign"
        ),
    ],
)
def test_a_human_step_that_names_nobody_is_refused(step):
    assert codes(a_process(work=step())) == ["engine.E2"]


def test_work_without_a_node_is_refused():
    process = a_process()
    more = Process(
        name=process.name, flow=process.flow, nodes=frozenset({"work", "elsewhere"}),
        work_of=None, open_cases=None,
    )  # fmt: skip
    assert codes(more) == ["engine.E3"]


def test_every_flow_of_the_house_passes():
    assert {process.flow for process in graph.processes()} == {RecordFlow, RepairFlow}
    assert check_flows() == []


def test_every_work_of_a_state_has_a_human_step():
    human = {node.name for node in RepairFlow.instance.nodes() if isinstance(node, HumanStep)}
    assert human == set(WORK.values()) | set(LINE_WORK.values())


def test_no_viewflow_row_is_ever_written(at_stage):
    at_stage("completed")
    assert (ProcessRow.objects.count(), Task.objects.count()) == (0, 0)
