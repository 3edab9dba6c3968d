"""Sign in, choose whom one acts for, change language, sign out."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from forms import acting, moment
from forms.account.forms import ActFor, SignIn
from forms.parts import Choice

YEAR = 365 * 24 * 3600


def safe_next(request: HttpRequest, fallback: str) -> str:
    """Return where to go on to, if it is a page of this house; else the fallback."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()):
        return wanted
    return fallback


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or sign in and go on to choose whom to act for."""
    form = SignIn(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.user)
        return redirect(home_of(request))
    if getattr(request, "axes_locked_out", False):
        return locked_out(request)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "next": safe_next(request, "")}
    return render(request, "account/sign_in.html", context, status=status)


def locked_out(request: HttpRequest, *_unused: Any, **_kept: Any) -> HttpResponse:
    """Answer after too many wrong tries: when it works again, and what can be done meanwhile."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    context = {"form": SignIn(request), "minutes": minutes, "next": safe_next(request, "")}
    status = HTTPStatus.TOO_MANY_REQUESTS
    return render(request, "account/sign_in.html", context, status=status)


def home_of(request: HttpRequest) -> str:
    """Choose by itself when there is only one way to act; otherwise ask."""
    possible = [s for s in acting.standings(user=request.user, on=moment.on(request)) if s.actor]
    if len(possible) == 1:
        acting.choose(request, possible[0].key)
        return safe_next(request, reverse(first_page(possible[0])))
    wanted = safe_next(request, "")
    return reverse("forms:act-for", query={"next": wanted} if wanted else None)


def first_page(standing: acting.Standing) -> str:
    """Return the name of the page where someone of this standing begins."""
    return "forms:queue" if standing.is_desk else "forms:records"


@login_required
def act_for(request: HttpRequest) -> HttpResponse:
    """Show in which ways one may act, and keep the choice."""
    found = acting.standings(user=request.user, on=moment.on(request))
    form = ActFor(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = acting.choose(request, form.cleaned_data["standing"])
        return redirect(safe_next(request, reverse(first_page(chosen))))
    current = request.session.get(acting.SESSION_KEY)
    cards = [Choice(s.key, s.name, s.hint, s.actor is None, s.key == current) for s in found]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "cards": cards, "next": safe_next(request, "")}
    return render(request, "account/act_for.html", context, status=status)


@login_required
def account_home(request: HttpRequest) -> HttpResponse:
    """Go to where the person works."""
    standing = acting.current(request)
    return redirect(first_page(standing) if standing else "forms:act-for")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("forms:home")


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the reader's language and go back to the page they were on."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = redirect(safe_next(request, reverse("forms:home")))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
