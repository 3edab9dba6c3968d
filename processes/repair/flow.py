"""The graph of a repair, and the one table that says what work each state calls for."""

import uuid
from collections.abc import Iterator

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process as ProcessRow

from processes.repair.case_facts import CASE, ITEM, LINE
from processes.repair.models import RemovalLine, RepairCase, RepairItem
from processes.repair.states import ENDED, LINE_WORK, WORK, ItemState, LineState
from workflow.deadlines.queries import due_days
from workflow.engine.graph import (
    CaseWork,
    DomainRowLock,
    Expected,
    HumanStep,
    Passage,
    Process,
)

DUE = {
    "accept": "accept",
    "supplement": "supplement",
    "verify": "verify",
    "approve": "verify",
    "remove": "remove",
    "settle_refusal": "remove",
}


def _never(activation: object) -> bool:
    """Say that viewflow never chooses: the state of the item did, before anyone asked."""
    return False


class RepairFlow(flow.Flow):
    """一网通办: who must do what next. The state of each item is the legal truth, not this."""

    process_class = ProcessRow
    process_title = "信用修复"
    lock_impl = DomainRowLock(RepairCase)

    submit = flow.StartHandle(_never).Next(this.accept)
    accept = HumanStep("受理").Permission("work.desk").Next(this.acceptance)
    acceptance = (
        flow.Switch()
        .Case(this.supplement, cond=_never)
        .Case(this.begin_verification, cond=_never)
        .Default(this.not_accepted)
    )
    supplement = HumanStep("补正").Permission("work.applicant").Next(this.accept)
    not_accepted = flow.End()
    begin_verification = Passage("转认定单位").Next(this.verify)
    verify = HumanStep("核查").Permission("work.verifier").Next(this.approve)
    approve = HumanStep("审核").Permission("work.approver").Next(this.decision)
    decision = (
        flow.Switch()
        .Case(this.verify, cond=_never)
        .Case(this.begin_removal, cond=_never)
        .Default(this.refused)
    )
    refused = flow.End()
    begin_removal = Passage("发出终止公示通知").Next(this.remove)
    remove = HumanStep("移除").Permission("work.sitekeeper").Next(this.receipts)
    receipts = flow.Switch().Case(this.settle_refusal, cond=_never).Default(this.complete)
    settle_refusal = HumanStep("督办").Permission("work.supervisor").Next(this.remove)
    complete = Passage("修复完成").Next(this.end)
    end = flow.End()


def work_of(case_id: uuid.UUID) -> CaseWork:
    """Return the work that the states of a case call for now."""
    case = RepairCase.objects.select_related("subject").get(pk=case_id)
    items = list(RepairItem.objects.filter(case=case).select_related("record__unit").order_by("pk"))
    lines = list(RemovalLine.objects.filter(item__case=case).order_by("pk"))
    due = due_days([i.pk for i in items] + [line.pk for line in lines])
    expected = [_item_work(case, item, due) for item in items if item.state in WORK]
    expected += [_line_work(case, line, due) for line in lines if line.state in LINE_WORK]
    return CaseWork(
        process="repair",
        case_table=CASE,
        case_id=case.pk,
        case_number=case.number,
        subject_id=case.subject_id,
        subject_name=case.subject.shown_name,
        title="、".join(item.record.decision_number for item in items),
        expected=tuple(expected),
    )


def _item_work(case: RepairCase, item: RepairItem, due: dict) -> Expected:
    node = WORK[item.state]
    unit = {"accept": case.desk_id, "supplement": None}.get(node, item.record.unit_id)
    return Expected(
        node=node,
        object_table=ITEM,
        object_id=item.pk,
        department_id=unit,
        due_on=due.get((item.pk, DUE[node])),
        excluded_user_id=item.proposed_by_id if item.state == ItemState.PROPOSED else None,
    )


def _line_work(case: RepairCase, line: RemovalLine, due: dict) -> Expected:
    node = LINE_WORK[line.state]
    return Expected(
        node=node,
        object_table=LINE,
        object_id=line.pk,
        department_id=line.keeper_id if line.state == LineState.ORDERED else case.desk_id,
        due_on=due.get((line.pk, DUE[node])),
    )


def open_cases() -> Iterator[uuid.UUID]:
    """Yield the cases that have an item which has not ended."""
    yield from (
        RepairCase.objects.filter(items__state__in=sorted(set(ItemState) - ENDED))
        .distinct()
        .values_list("pk", flat=True)
        .iterator()
    )


PROCESS = Process(
    name="repair",
    flow=RepairFlow,
    nodes=frozenset(WORK.values()) | frozenset(LINE_WORK.values()),
    work_of=work_of,
    open_cases=open_cases,
)
