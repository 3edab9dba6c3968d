"""Orders to sites, and the tracker of a removal."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forms import moment
from forms.access import for_offices
from forms.desk import commands, opening, order_page, reading, removal_page, standing, taking
from forms.desk.errors import beside
from forms.desk.forms import Receipt, Settlement
from forms.desk.staleness import mark, require_fresh
from processes.repair.case_facts import LINE
from processes.repair.models import RemovalLine, RepairCase
from workflow.errors import BadInput
from workflow.offices.actors import CapacityKind as C

SCREEN = 25


@require_http_methods(["GET", "HEAD", "POST"])
@for_offices
def order(request: HttpRequest, line_id: uuid.UUID) -> HttpResponse:
    """Show one order; by POST, answer it."""
    line = opening.line_of(request, line_id)
    if request.method != "POST":
        return order_shown(request, line, Receipt())
    _require_seen(request, line)
    form = Receipt(request.POST, request.FILES)
    if not form.is_valid():
        return order_shown(request, line, form)
    actor = standing.actor_for(request, role=C.SITEKEEPER, department_id=line.keeper_id)
    try:
        commands.answer_order(form, line, actor=actor, at=moment.at(request))
    except BadInput as refusal:
        return order_shown(request, line, beside(form, refusal))
    messages.success(request, _("Answered: %(where)s") % {"where": line.target_name})
    return redirect("forms:desk-order", line_id=line.pk)


def _require_seen(request: HttpRequest, line: RemovalLine) -> None:
    chain = line.item.case.chain_id
    require_fresh(request.POST.get("seen", ""), mark([line.version]), chain_id=chain)


def order_shown(request: HttpRequest, line: RemovalLine, form: Receipt) -> HttpResponse:
    """The page of an order, with the form for whoever keeps the place."""
    on = moment.on(request)
    task = taking.live(table=LINE, object_id=line.pk, node="remove")
    obstacle = ""
    if task is not None:
        actor = standing.actor_for(request, role=task.role, department_id=task.department_id)
        obstacle = taking.obstacle([task], actor=actor, on=on)
    context = order_page.page(line, task if not obstacle else None, form, on=on)
    context |= {"obstacle": obstacle}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "desk/order.html", context, status=status)


@require_safe
@for_offices
def removals(request: HttpRequest) -> HttpResponse:
    """The cases whose removal is under way, or is over."""
    settled = request.GET.get("view") == "settled"
    rows = reading.removals(standing.capacities(request), settled=settled)[:SCREEN]
    on = moment.on(request)
    context = {
        "rows": [removal_page.list_row(case, on=on) for case in rows],
        "settled": settled,
    }
    return render(request, "desk/removals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_offices
def removal(request: HttpRequest, number: str) -> HttpResponse:
    """The tracker of one case; by POST, the supervisor settles an objection."""
    found, items = opening.case_of(request, number, action="removal")
    if request.method != "POST":
        return removal_shown(request, found, items, None)
    form = Settlement(request.POST)
    line = _line_of(found, request.POST.get("line", ""))
    _require_seen(request, line)
    if not form.is_valid():
        return removal_shown(request, found, items, form)
    actor = standing.actor_for(request, role=C.SUPERVISOR, department_id=found.desk_id)
    commands.settle(form, line, actor=actor, at=moment.at(request))
    messages.success(request, _("Settled: %(where)s") % {"where": line.target_name})
    return redirect("forms:desk-removal", number=number)


def _line_of(found: RepairCase, key: str) -> RemovalLine:
    lines = RemovalLine.objects.filter(item__case=found).select_related("item__case")
    line = next((each for each in lines if str(each.pk) == key), None)
    if line is None:
        raise Http404
    return line


def removal_shown(
    request: HttpRequest,
    found: RepairCase,
    items: frozenset[uuid.UUID],
    form: Settlement | None,
) -> HttpResponse:
    """The page of the tracker."""
    held = standing.capacities(request)
    context = removal_page.page(found, items, held, form, on=moment.on(request))
    status = HTTPStatus.OK if form is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "desk/removal.html", context, status=status)
