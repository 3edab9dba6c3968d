"""Home, search, a published record, and the check of a letter."""

import uuid
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from forms import moment
from forms.public import genuine, pages, register
from forms.public.forms import Search, VerifyByCode, VerifyByFile, bound_for
from forms.throttle import too_often

MOST_CHECKS, WINDOW = 30, 600


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public home: search, the three rights, the check of a letter."""
    return render(
        request,
        "public/home.html",
        {"form": VerifyByCode(), "rights": pages.rights(on=moment.on(request))},
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is published and fits the search, newest first, a screen at a time."""
    query = Search(request.GET).words()
    screen = register.find(query, after=request.GET.get("after", ""))
    more = urlencode({"q": query, "after": screen.after}) if screen.after else ""
    context = pages.results(query, screen, today=moment.on(request))
    context["pager"] = pages.pager(f"{reverse('forms:search')}?{more}" if more else "")
    return render(request, "public/search.html", context)


@require_safe
def record(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """One published record; gone the day its publication ends."""
    found = register.one(record_id)
    if found is None:
        raise Http404
    return render(request, "public/record.html", pages.record(found, today=moment.on(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Check a letter by number and code, or by the PDF itself."""
    by_code, by_file = bound_for(request.method, request.POST or request.GET, request.FILES)
    context = {"by_code": by_code, "by_file": by_file}
    if not (by_code.is_bound or by_file.is_bound):
        return render(request, "public/verify.html", context)
    if too_often(request, what="verify", most=MOST_CHECKS, seconds=WINDOW):
        context["too_often"] = True
        status = HTTPStatus.TOO_MANY_REQUESTS
        return render(request, "public/verify.html", context, status=status)
    finding = answer(by_code, by_file)
    context["finding"] = pages.finding(finding, at=moment.at(request)) if finding else None
    status = HTTPStatus.OK if finding else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "public/verify.html", context, status=status)


def answer(by_code: VerifyByCode, by_file: VerifyByFile) -> genuine.Finding | None:
    """Ask for whichever form was sent; None when it has errors."""
    if by_code.is_bound and by_code.is_valid():
        return genuine.by_code(**by_code.cleaned_data)
    if by_file.is_bound and by_file.is_valid():
        return genuine.by_file(**by_file.cleaned_data)
    return None
