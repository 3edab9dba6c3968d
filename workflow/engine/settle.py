"""Make the queue agree with the states: after every act, nightly, and from nothing."""

import dataclasses
import datetime as dt
import uuid

from django.db import transaction

from workflow.engine import graph
from workflow.engine.models import NO_DAY, WorkItem

Key = tuple[str, uuid.UUID, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """What the queue lacked and what it had too much, as (table, object, node)."""

    opened: tuple[Key, ...]
    closed: tuple[Key, ...]

    def __bool__(self) -> bool:
        return bool(self.opened or self.closed)


def settle(*, process: str, case_id: uuid.UUID, at: dt.datetime) -> Difference:
    """Open the work a case calls for and close what it no longer does.

    The caller holds the lock of the case. Work that goes on keeps its owner.
    """
    work = graph.process(process).work_of(case_id)
    wanted: dict[Key, graph.Expected] = {
        (each.object_table, each.object_id, each.node): each for each in work.expected
    }
    live = {
        (item.object_table, item.object_id, item.node): item
        for item in WorkItem.objects.select_for_update()
        .filter(case_table=work.case_table, case_id=case_id)
        .exclude(standing=WorkItem.Standing.CLOSED)
    }
    gone = [item for key, item in live.items() if key not in wanted]
    WorkItem.objects.filter(pk__in=[item.pk for item in gone]).update(
        standing=WorkItem.Standing.CLOSED, closed_at=at
    )
    fresh = [_new(work, each, at=at) for key, each in wanted.items() if key not in live]
    WorkItem.objects.bulk_create(fresh)
    _carry_dates(live, wanted)
    return Difference(
        opened=tuple(key for key in wanted if key not in live),
        closed=tuple(key for key in live if key not in wanted),
    )


def _new(work: graph.CaseWork, each: graph.Expected, *, at: dt.datetime) -> WorkItem:
    step = graph.step(work.process, each.node)
    return WorkItem(
        process=work.process,
        node=each.node,
        case_table=work.case_table,
        case_id=work.case_id,
        case_number=work.case_number,
        object_table=each.object_table,
        object_id=each.object_id,
        subject_id=work.subject_id,
        subject_name=work.subject_name,
        title=work.title,
        role=step.role,
        department_id=each.department_id,
        excluded_user_id=each.excluded_user_id,
        due_on=each.due_on,
        sort_on=each.due_on or NO_DAY,
        opened_at=at,
    )


def _carry_dates(live: dict[Key, WorkItem], wanted: dict[Key, graph.Expected]) -> None:
    for key, item in live.items():
        if key in wanted and item.due_on != wanted[key].due_on:
            item.due_on = wanted[key].due_on
            item.sort_on = item.due_on or NO_DAY
            item.save(update_fields=["due_on", "sort_on"])


@transaction.atomic
def reconcile_case(*, process: str, case_id: uuid.UUID, at: dt.datetime) -> Difference:
    """Settle one case on its own; a difference found here was a fault and is reported.

    The case is locked, or an act that is under way would look like a fault.
    """
    flow = graph.process(process).flow
    with flow.lock_impl(flow, case_id):
        return settle(process=process, case_id=case_id, at=at)


def reconcile(*, at: dt.datetime) -> dict[tuple[str, uuid.UUID], Difference]:
    """Settle every case that is open or has work, and return only those that disagreed."""
    found: dict[tuple[str, uuid.UUID], Difference] = {}
    for process in graph.processes():
        working = WorkItem.objects.filter(process=process.name).exclude(
            standing=WorkItem.Standing.CLOSED
        )
        cases = {*process.open_cases(), *working.values_list("case_id", flat=True).distinct()}
        for case_id in sorted(cases):
            difference = reconcile_case(process=process.name, case_id=case_id, at=at)
            if difference:
                found[process.name, case_id] = difference
    return found
