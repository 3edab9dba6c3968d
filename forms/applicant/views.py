"""My records, the pre-check, my cases and the page of one case."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forms import acting, moment
from forms.access import for_applicants
from forms.applicant import case_page, precheck_page, reading, records_page
from forms.applicant.forms import Facts, prefix_of
from forms.keyset import page_of
from forms.parts import Pager
from processes.repair import services
from workflow.offices.queries import departments_with_role

MOST_TOGETHER = 20


@require_safe
@for_applicants
def records(request: HttpRequest) -> HttpResponse:
    """Everything held about the subject."""
    actor, on = acting.actor(request), moment.on(request)
    subject = reading.subject_of(actor, on=on)
    screen, more = page_of(reading.records_of(actor), request, by=("decided_on", "pk"))
    context = records_page.page(actor, on=on, screen=screen)
    context |= {"subject": subject, "pager": Pager(_("Newest decisions first"), next=more)}
    return render(request, "applicant/records.html", context)


def chosen_ids(request: HttpRequest, name: str = "record") -> list[uuid.UUID]:
    """The records named in a request; what is no key is left out."""
    found = []
    for text in (request.POST or request.GET).getlist(name)[:MOST_TOGETHER]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def precheck(request: HttpRequest) -> HttpResponse:
    """Can these be repaired, on which site, from when, and what is missing? Nothing is kept.

    Facts come by POST so that they stand in no address and no log.
    """
    actor, on = acting.actor(request), moment.on(request)
    reading.subject_of(actor, on=on)
    found = list(reading.records_of(actor).filter(pk__in=chosen_ids(request)))
    if not found:
        messages.error(request, _("Choose at least one record."))
        return redirect("forms:records")
    forms = {r.pk: Facts(request.POST, prefix=prefix_of(r.pk), today=on) for r in found}
    for form in forms.values():
        form.is_valid()
    context = precheck_page.page(precheck_page.check(found, forms, on=on), on=on)
    context["busy"] = reading.open_cases(actor).keys() & {r.pk for r in found}
    context["fields"] = reading.versions_of(found)
    return render(request, "applicant/precheck.html", context)


@require_POST
@for_applicants
def apply(request: HttpRequest) -> HttpResponse:
    """Open a draft for the chosen records, with the facts given in the pre-check."""
    actor, at = acting.applicant(request), moment.at(request)
    case = services.open_draft(
        subject_id=actor.subject_id,
        record_ids=chosen_ids(request),
        desk=departments_with_role("desk")[0],
        actor=actor,
        at=at,
    )
    stated = {}
    for item in case.items.all():
        form = Facts(request.POST, prefix=prefix_of(item.record_id), today=moment.on(request))
        form.is_valid()
        stated[item.pk] = form.stated()
    services.save_draft(case_id=case.pk, stated=stated, actor=actor, at=at)
    return redirect("forms:apply-facts", case.number)


@require_safe
@for_applicants
def cases(request: HttpRequest) -> HttpResponse:
    """The subject's cases, newest first."""
    actor, on = acting.actor(request), moment.on(request)
    reading.subject_of(actor, on=on)
    screen, more = page_of(reading.cases_of(actor), request, by=("created_at", "pk"))
    context = {
        "rows": [case_page.list_row(case, on) for case in screen],
        "pager": Pager(_("Newest first"), next=more),
    }
    return render(request, "applicant/cases.html", context)


@require_safe
@for_applicants
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: how it stands, who must act by when, what came, what can be done."""
    actor, on = acting.actor(request), moment.on(request)
    reading.subject_of(actor, on=on)
    found = reading.case_of(actor, number)
    if found.state == "draft":
        return redirect("forms:apply-facts", number)
    return render(request, "applicant/case.html", case_page.page(found, actor, on=on))


@require_POST
@for_applicants
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take the application back."""
    actor = acting.actor(request)
    found = reading.case_of(actor, number)
    services.withdraw(case_id=found.pk, actor=actor, at=moment.at(request))
    messages.success(request, _("Application %(number)s withdrawn.") % {"number": number})
    return redirect(reverse("forms:cases"))
