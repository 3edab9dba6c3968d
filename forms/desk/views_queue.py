"""The queue: read it, take work, hand it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forms import acting, moment
from forms.access import for_offices
from forms.desk import queue_page, queue_views, reading, standing, taking
from forms.parts import Pager
from workflow.engine import queue
from workflow.offices.preferences import set_shortcuts
from workflow.offices.queries import actor_in

TRAIL = 40


@require_safe
@for_offices
def show(request: HttpRequest) -> HttpResponse:
    """One screen of one view of the queue."""
    held, me = standing.capacities(request), request.user.pk
    view = next((each for each in reading.VIEWS if each == request.GET.get("view")), "all")
    role = next((each for each in standing.roles(request) if each == request.GET.get("role")), "")
    text = request.GET.get("q", "").replace("\x00", "").strip()
    rows = reading.narrowed(reading.work(held, view, me), role=role, text=text)
    found = queue.page(rows, after=request.GET.get("after"))
    context = queue_page.page(found.rows, held, me, on=moment.on(request))
    tabs = queue_views.tabs(held, me, view=view, role=role)
    first = context["groups"][0].rows[0] if context["groups"] else None
    context |= {
        "tabs": tabs,
        "chips": queue_views.chips(held, view=view, role=role),
        "four": queue_page.four(tabs, first, held, on=moment.on(request)),
        "pager": _pager(request, found.after),
        "view": view,
        "role": role,
        "text": text,
    }
    return render(request, "desk/queue.html", context)


def _pager(request: HttpRequest, after: str | None) -> Pager:
    """Forward by cursor; back along the cursors one came by."""
    came, here = request.GET.get("came", ""), request.GET.get("after", "")
    trail = [each for each in came.split(",") if each][-TRAIL:]
    kept = {key: request.GET[key] for key in ("view", "role", "q") if request.GET.get(key)}

    def to(cursor: str, way: list[str]) -> str:
        extra = {"after": cursor} if cursor else {}
        extra |= {"came": ",".join(way)} if way else {}
        return reverse("forms:queue", query=kept | extra)

    forward = to(after, [*trail, here] if here else trail) if after else ""
    backward = to(trail[-1] if trail else "", trail[:-1]) if here else ""
    return Pager(_("Most urgent first"), backward, forward)


def back(request: HttpRequest) -> HttpResponse:
    """Return to the page the button stood on."""
    wanted = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if safe else reverse("forms:queue"))


@require_POST
@for_offices
def claim(request: HttpRequest, work_id: object) -> HttpResponse:
    """Take one step of a case."""
    task = taking.task(work_id)
    actor = standing.actor_for(request, role=task.role, department_id=task.department_id)
    taking.claim(task, actor=actor, on=moment.on(request), at=moment.at(request))
    messages.success(request, _("%(number)s is yours now") % {"number": task.case_number})
    return back(request)


@require_POST
@for_offices
def claim_next(request: HttpRequest) -> HttpResponse:
    """Take the most urgent step open to me and go to it; the chosen capacity comes first."""
    chosen = acting.actor(request)
    actors = sorted(
        (actor_in(each) for each in standing.capacities(request)), key=lambda a: a != chosen
    )
    task = taking.claim_next(actors, on=moment.on(request), at=moment.at(request))
    if task is None:
        messages.success(request, _("Nothing is left to take"))
        return back(request)
    return redirect(queue_page.href_of(task))


@require_POST
@for_offices
def release(request: HttpRequest, work_id: object) -> HttpResponse:
    """Hand one step of a case back."""
    task = taking.task(work_id)
    actor = standing.actor_for(request, role=task.role, department_id=task.department_id)
    taking.release(task, actor=actor)
    messages.success(request, _("%(number)s is back in the queue") % {"number": task.case_number})
    return back(request)


@require_POST
@for_offices
def shortcuts(request: HttpRequest) -> HttpResponse:
    """Switch the single-letter keys on or off for this person."""
    set_shortcuts(user_id=request.user.pk, enabled=request.POST.get("enabled") == "1")
    return back(request)
