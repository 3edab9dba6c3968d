"""The work on one case, and the proof of a limit."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forms import moment
from forms.access import for_offices
from forms.desk import case_page, commands, deadline_page, opening, stages, standing, taking
from forms.desk.errors import beside
from forms.desk.forms import Step
from forms.desk.staleness import mark, require_fresh
from forms.desk.viewer import viewer
from processes.repair.case_facts import CASE, LINE
from processes.repair.models import RemovalLine, RepairCase, RepairItem
from workflow.deadlines.models import Deadline
from workflow.errors import BadInput, NotAllowed, Stale


@require_http_methods(["GET", "HEAD", "POST"])
@for_offices
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Show a case; by POST, decide the step of it that waits for me."""
    found, item_ids = opening.case_of(request, number)
    wanted = request.GET.get("stage", "")
    stage = stages.stage_of(found.pk, standing.capacities(request), wanted)
    if request.method == "POST":
        return decide(request, found, item_ids, stage)
    form = stages.FORMS[stage.node]() if stage else None
    return shown(request, found, item_ids, stage, form)


def decide(
    request: HttpRequest,
    found: RepairCase,
    item_ids: frozenset[uuid.UUID],
    stage: stages.Stage | None,
) -> HttpResponse:
    """Do what was chosen, or show beside the field what is missing; what was typed stays."""
    _require_awaited(request, stage, found, item_ids)
    form = stages.FORMS[stage.node](request.POST)
    if not form.is_valid():
        return shown(request, found, item_ids, stage, form)
    try:
        commands.decide(stage, form, case=found, at=moment.at(request))
    except BadInput as refusal:
        return shown(request, found, item_ids, stage, beside(form, refusal))
    messages.success(request, _("Done: %(number)s") % {"number": found.number})
    return redirect("forms:desk-case", number=found.number)


def _require_awaited(
    request: HttpRequest,
    stage: stages.Stage | None,
    found: RepairCase,
    item_ids: frozenset[uuid.UUID],
) -> None:
    """Decide only what was seen, at the step it was seen at."""
    require_fresh(request.POST.get("seen", ""), seen_of(found, item_ids), chain_id=found.chain_id)
    if stage is None:
        raise NotAllowed(_("Nothing of this case waits for you."), code="not-awaited")
    if stage.node != request.GET.get("stage"):
        raise Stale(_("This was changed after you opened it. Look at it as it is now."))


def seen_of(found: RepairCase, item_ids: frozenset[uuid.UUID]) -> str:
    """The mark of the items as they are now."""
    rows = RepairItem.objects.filter(case=found, pk__in=item_ids)
    return mark(rows.values_list("version", flat=True))


def shown(
    request: HttpRequest,
    found: RepairCase,
    item_ids: frozenset[uuid.UUID],
    stage: stages.Stage | None,
    form: Step | None,
) -> HttpResponse:
    """The page, with the decision bar of the step that waits for the reader."""
    on, reader = moment.on(request), request.user.pk
    obstacle = taking.obstacle(stage.tasks, actor=stage.actor, on=on) if stage else ""
    context = case_page.page(found, item_ids, stage, reader=reader, obstacle=obstacle, on=on)
    context |= {
        "viewer": viewer(found, item_ids, request.GET),
        "form": form,
        "seen": seen_of(found, item_ids),
        "obstacle": obstacle,
    }
    if stage is not None and form is not None:
        stage_facts = context["facts"].only(stage.item_ids)
        judged = {key: j for key, j in context["judged"].items() if key in stage.item_ids}
        context |= {
            "choices": stages.choices(stage, form, stage_facts, judged),
            "remarks": stages.remarks(stage, stage_facts, judged),
        }
    bad = form is not None and form.is_bound
    status = HTTPStatus.UNPROCESSABLE_ENTITY if bad else HTTPStatus.OK
    return render(request, "desk/case.html", context, status=status)


@require_safe
@for_offices
def deadline(request: HttpRequest, deadline_id: uuid.UUID) -> HttpResponse:
    """The proof of one limit, day by day."""
    found = get_object_or_404(Deadline.objects.select_related("department"), pk=deadline_id)
    if found.object_table == LINE:
        opening.line_of(request, found.object_id, action="deadline")
        back = RemovalLine.objects.get(pk=found.object_id)
    elif found.case_table == CASE:
        back, _items = opening.case_of(request, found.case_number, action="deadline")
    else:
        raise Http404
    context = deadline_page.page(found, on=moment.on(request))
    context |= {"back": back, "of_line": found.object_table == LINE}
    return render(request, "desk/deadline.html", context)
