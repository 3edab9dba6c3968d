"""The determining unit says how severe a record is."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forms import moment
from forms.access import for_offices
from forms.desk import commands, severity_page, standing, taking
from forms.desk.errors import beside
from forms.desk.forms import Severity
from forms.desk.staleness import mark, require_fresh
from processes.records.flow import NODE
from processes.records.models import CreditRecord
from workflow.errors import BadInput
from workflow.offices.actors import CapacityKind as C

RECORD = "records_creditrecord"


def opened(request: HttpRequest, record_id: uuid.UUID) -> CreditRecord:
    """Return a record of one of my determining units.

    :raises NotAllowed: it is another unit's.
    """
    rows = CreditRecord.objects.select_related("subject", "unit")
    found = get_object_or_404(rows, pk=record_id)
    watching = (C.VERIFIER, C.APPROVER, C.SUPERVISOR, C.AUDITOR)
    if found.unit_id not in standing.departments(standing.capacities(request), watching):
        words = _("This record is not of any of your offices.")
        raise standing.refuse(request, found.pk, words)
    standing.note(request, "record", RECORD, found.pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_offices
def severity(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Show the task; by POST, determine the severity."""
    record = opened(request, record_id)
    if request.method == "POST":
        return determine(request, record)
    typed = request.GET.get("restriction_until", "")
    return shown(request, record, Severity(initial={"restriction_until": typed}), typed)


def determine(request: HttpRequest, record: CreditRecord) -> HttpResponse:
    """Fix the severity, or show beside the field what is missing."""
    require_fresh(request.POST.get("seen", ""), mark([record.version]), chain_id=record.chain_id)
    form = Severity(request.POST)
    if not form.is_valid():
        return shown(request, record, form)
    actor = standing.actor_for(request, role=C.VERIFIER, department_id=record.unit_id)
    try:
        commands.classify(form, record_id=record.pk, actor=actor, at=moment.at(request))
    except BadInput as refusal:
        return shown(request, record, beside(form, refusal))
    messages.success(
        request, _("Severity determined: %(number)s") % {"number": record.decision_number}
    )
    return redirect("forms:desk-severity", record_id=record.pk)


def shown(
    request: HttpRequest, record: CreditRecord, form: Severity, typed: str = ""
) -> HttpResponse:
    """The page of the task."""
    on = moment.on(request)
    task = taking.live(table=RECORD, object_id=record.pk, node=NODE)
    obstacle = ""
    if task is not None:
        actor = standing.actor_for(request, role=task.role, department_id=task.department_id)
        obstacle = taking.obstacle([task], actor=actor, on=on)
    until = severity_page.restriction(typed or str(form["restriction_until"].value() or ""))
    context = severity_page.page(record, task, form, until=until, on=on)
    context |= {"seen": mark([record.version]), "obstacle": obstacle, "typed": typed}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "desk/severity.html", context, status=status)
