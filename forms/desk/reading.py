"""What an official may read: the work of their offices, and the cases their offices handle."""

import dataclasses
import uuid
from collections.abc import Iterable, Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from forms.desk.standing import departments
from processes.records.models import CreditSubject
from processes.repair.case_facts import CASE, ITEM
from processes.repair.models import RemovalLine, RepairCase
from workflow.engine import queue
from workflow.engine.models import WorkItem
from workflow.offices.actors import CapacityKind as C
from workflow.offices.models import Capacity

OVERSIGHT = (C.SUPERVISOR, C.AUDITOR)
VIEWS = ("all", "mine", "free", "others")
ENOUGH = 100
OPEN, CLAIMED = WorkItem.Standing.OPEN, WorkItem.Standing.CLAIMED


def cases_of(held: Sequence[Capacity]) -> QuerySet[RepairCase]:
    """Return the filed cases that the offices of these capacities handle or watch."""
    desks = departments(held, (C.DESK, *OVERSIGHT))
    units = departments(held, (C.VERIFIER, C.APPROVER, *OVERSIGHT))
    handled = Q(desk_id__in=desks) | Q(items__record__unit_id__in=units)
    return RepairCase.objects.filter(handled, submitted_on__isnull=False).distinct()


def case_numbered(number: str) -> RepairCase:
    """Return a filed case.

    :raises Http404: there is none of this number; a draft is nobody's but its applicant's.
    """
    case = (
        RepairCase.objects.filter(number=number, submitted_on__isnull=False)
        .select_related("subject", "desk")
        .first()
    )
    if case is None:
        raise Http404
    return case


def items_open_to(held: Sequence[Capacity], case: RepairCase) -> frozenset[uuid.UUID]:
    """Return the items of a case these capacities may see: a unit sees its own, the desk all."""
    items = case.items.values_list("pk", "record__unit_id")
    if case.desk_id in departments(held, (C.DESK, *OVERSIGHT)):
        return frozenset(key for key, _unit in items)
    units = departments(held, (C.VERIFIER, C.APPROVER, *OVERSIGHT))
    return frozenset(key for key, unit in items if unit in units)


def line_with(line_id: uuid.UUID) -> RemovalLine:
    """Return one order with everything its page shows.

    :raises Http404: there is none.
    """
    line = (
        RemovalLine.objects.filter(pk=line_id)
        .select_related(
            "item__case__subject",
            "item__case__desk",
            "item__record__unit",
            "site",
            "recipient",
            "measure__item",
            "keeper",
            "order_letter",
            "receipt_by",
            "receipt_document",
        )
        .first()
    )
    if line is None:
        raise Http404
    return line


def work(held: Sequence[Capacity], view: str, user_id: uuid.UUID) -> QuerySet[WorkItem]:
    """Return the open work of one view of the queue, one row for each step of a case."""
    mine = queue.visible_to(held)
    if view == "mine":
        rows = mine.filter(owner_id=user_id)
    elif view == "free":
        rows = mine.filter(standing=OPEN).filter(
            Q(excluded_user_id=None) | ~Q(excluded_user_id=user_id)
        )
    elif view == "others":
        rows = _elsewhere(held, mine)
    else:
        theirs = _elsewhere(held, mine).values("pk")
        rows = WorkItem.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=theirs))
    return _first_of_each_step(rows)


def _elsewhere(held: Sequence[Capacity], mine: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """The live work of the cases our offices handle that waits for somebody else."""
    ours = cases_of(held).values("pk")
    live = WorkItem.objects.filter(case_table=CASE, case_id__in=ours)
    return live.exclude(standing=WorkItem.Standing.CLOSED).exclude(pk__in=mine.values("pk"))


def _first_of_each_step(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """The items of one case at one step are done together and shown once."""
    earlier = WorkItem.objects.filter(
        Q(department_id=OuterRef("department_id")) | Q(department_id=None),
        object_table=ITEM,
        case_id=OuterRef("case_id"),
        node=OuterRef("node"),
        pk__lt=OuterRef("pk"),
    ).exclude(standing=WorkItem.Standing.CLOSED)
    return rows.exclude(Q(object_table=ITEM) & Exists(earlier))


def narrowed(rows: QuerySet[WorkItem], *, role: str = "", text: str = "") -> QuerySet[WorkItem]:
    """Narrow the queue to one capacity and to a number, name, decision number or credit code."""
    if role:
        rows = rows.filter(role=role)
    if text:
        by_code = CreditSubject.objects.filter(code__istartswith=text).values("pk")
        rows = rows.filter(
            Q(case_number__icontains=text)
            | Q(subject_name__icontains=text)
            | Q(title__icontains=text)
            | Q(subject_id__in=by_code)
        )
    return rows


def bounded_count(rows: QuerySet[WorkItem]) -> int:
    """Count no further than anybody cares: a queue is worked through, not totalled."""
    return rows.order_by()[:ENOUGH].count()


def same_step(item: WorkItem) -> list[WorkItem]:
    """Return the tasks that are done together with this one: the case's items at this step."""
    if item.object_table != ITEM:
        return [item]
    return list(
        WorkItem.objects.filter(
            object_table=ITEM,
            case_id=item.case_id,
            node=item.node,
            department_id=item.department_id,
        )
        .exclude(standing=WorkItem.Standing.CLOSED)
        .order_by("pk")
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a task stands among those I took: number, of how many, and the ones beside it."""

    number: int
    of: int
    before: WorkItem | None
    after: WorkItem | None


def place_among_mine(user_id: uuid.UUID, current: Iterable[uuid.UUID]) -> Place:
    """Return where any of these tasks stands among those this person took."""
    rows = WorkItem.objects.filter(owner_id=user_id, standing=CLAIMED)
    mine = list(_first_of_each_step(rows).order_by("sort_on", "pk")[:ENOUGH])
    keys = set(current)
    place = next((i for i, each in enumerate(mine) if each.pk in keys), None)
    if place is None:
        return Place(0, len(mine), None, mine[0] if mine else None)
    before = mine[place - 1] if place else None
    after = mine[place + 1] if place + 1 < len(mine) else None
    return Place(place + 1, len(mine), before, after)


def removals(held: Sequence[Capacity], *, settled: bool) -> QuerySet[RepairCase]:
    """Return the cases with removal orders, those with an order still open unless settled."""
    waiting = RemovalLine.objects.filter(
        item__case=OuterRef("pk"), state__in=("ordered", "refused")
    )
    cases = cases_of(held).annotate(waits=Exists(waiting))
    with_orders = RemovalLine.objects.filter(item__case=OuterRef("pk"))
    return (
        cases.filter(Exists(with_orders), waits=not settled)
        .select_related("subject")
        .order_by(F("submitted_on").desc(nulls_last=True), "pk")
    )
