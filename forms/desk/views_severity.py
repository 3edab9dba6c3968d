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
from forms.desk import commands, severity_page, standing
from forms.desk.errors import beside
from forms.desk.forms import Severity
from forms.desk.staleness import mark, require_fresh
from processes.records.flow import NODE
from processes.records.models import CreditRecord
from workflow.engine import queue
from workflow.engine.models import WorkItem
from workflow.errors import BadInput, NotAllowed
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
        raise standing.refuse(request, "record", RECORD, found.pk, words)
    standing.note(request, "record", RECORD, found.pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_offices
def severity(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Show the task; by POST, determine the severity."""
    record = opened(request, record_id)
    if request.method == "POST":
        return determine(request, record)
    asked = "restriction_until" in request.GET
    return shown(request, record, Severity(request.GET) if asked else Severity())


def determine(request: HttpRequest, record: CreditRecord) -> HttpResponse:
    """Fix the severity, or show beside the field what is missing."""
    require_fresh(
        request.POST.get("seen", ""), mark([record.version]), chain_id=record.chain_id
    )
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


def shown(request: HttpRequest, record: CreditRecord, form: Severity) -> HttpResponse:
    """The page of the task."""
    on = moment.on(request)
    task = (
        WorkItem.objects.filter(object_id=record.pk, node=NODE)
        .exclude(standing=WorkItem.Standing.CLOSED)
        .select_related("owner")
        .first()
    )
    context = severity_page.page(record, task, form, obstacle=_obstacle(request, task), on=on)
    context["seen"] = mark([record.version])
    bad = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if bad else HTTPStatus.OK
    return render(request, "desk/severity.html", context, status=status)


def _obstacle(request: HttpRequest, task: WorkItem | None) -> str:
    if task is None:
        return ""
    actor = standing.actor_for(request, role=task.role, department_id=task.department_id)
    try:
        queue.require_may_work(task, actor=actor, on=moment.on(request))
    except NotAllowed as refusal:
        return str(refusal)
    if task.owner_id not in (None, actor.user_id):
        return _("%(name)s has taken this task.") % {"name": task.owner}
    return ""
