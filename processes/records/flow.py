"""The one step a record waits for: its unit says how severe it is."""

import uuid
from collections.abc import Iterator

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process as ProcessRow

from processes.records.acts import RECORD
from processes.records.models import CreditRecord
from processes.records.states import RecordState
from workflow.engine.graph import CaseWork, DomainRowLock, Expected, HumanStep, Process

NODE = "determine_severity"


def _never(activation: object) -> bool:
    """Say that viewflow starts nothing: the import does."""
    return False


class RecordFlow(flow.Flow):
    """From registration to the severity its unit determines."""

    process_class = ProcessRow
    process_title = "失信信息定级"
    lock_impl = DomainRowLock(CreditRecord)

    register = flow.StartHandle(_never).Next(this.determine_severity)
    determine_severity = HumanStep("定级").Permission("work.verifier").Next(this.end)
    end = flow.End()


def work_of(record_id: uuid.UUID) -> CaseWork:
    """Return the severity task while it is open."""
    record = CreditRecord.objects.select_related("subject").get(pk=record_id)
    waits = record.state == RecordState.SEVERITY_OPEN
    task = Expected(
        node=NODE, object_table=RECORD, object_id=record.pk, department_id=record.unit_id
    )
    return CaseWork(
        process="records",
        case_table=RECORD,
        case_id=record.pk,
        case_number=record.decision_number,
        subject_id=record.subject_id,
        subject_name=record.subject.shown_name,
        title=record.decision_number,
        expected=(task,) if waits else (),
    )


def open_cases() -> Iterator[uuid.UUID]:
    """Yield the records that wait for their severity."""
    yield from (
        CreditRecord.objects.filter(state=RecordState.SEVERITY_OPEN)
        .values_list("pk", flat=True)
        .iterator()
    )


PROCESS = Process(
    name="records",
    flow=RecordFlow,
    nodes=frozenset({NODE}),
    work_of=work_of,
    open_cases=open_cases,
)
