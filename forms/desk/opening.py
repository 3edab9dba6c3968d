"""Open a case for an official: found, theirs to see, and the look noted."""

import uuid

from django.http import HttpRequest
from django.utils.translation import gettext as _

from forms.desk import reading, standing
from processes.repair.case_facts import CASE, LINE
from processes.repair.models import RemovalLine, RepairCase
from workflow.offices.actors import CapacityKind as C


def case_of(
    request: HttpRequest, number: str, *, action: str = "case"
) -> tuple[RepairCase, frozenset[uuid.UUID]]:
    """Return a case and the items of it this person may see.

    :raises Http404: there is no such case.
    :raises NotAllowed: none of their offices handles or watches it.
    """
    case = reading.case_numbered(number)
    items = reading.items_open_to(standing.capacities(request), case)
    if not items:
        words = _("None of your offices handles this case.")
        raise standing.refuse(request, case.pk, words)
    standing.note(request, action, CASE, case.pk)
    return case, items


def may_see_line(request: HttpRequest, line: RemovalLine) -> bool:
    """Whether one keeps the place the order goes to, or handles or watches its case."""
    held = standing.capacities(request)
    if line.keeper_id in standing.departments(held, (C.SITEKEEPER,)):
        return True
    return line.item_id in reading.items_open_to(held, line.item.case)


def line_of(request: HttpRequest, line_id: uuid.UUID, *, action: str = "order") -> RemovalLine:
    """Return an order that goes to, or concerns, one of this person's offices.

    :raises Http404: there is no such order.
    :raises NotAllowed: it is none of theirs.
    """
    line = reading.line_with(line_id)
    if not may_see_line(request, line):
        words = _("This order does not go to any of your offices.")
        raise standing.refuse(request, line.pk, words)
    standing.note(request, action, LINE, line.pk)
    return line
