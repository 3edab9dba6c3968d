"""Guards in front of views: signed in, and acting for the right kind of party."""

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from forms import acting, failures

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def _guard(view: View[P], *, desk: bool) -> View[P]:
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        standing = acting.current(request)
        if standing is None:
            back = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('forms:act-for')}?{back}")
        if standing.is_desk is not desk:
            raise acting.NotChosen(acting.wrong_side(desk=desk))
        return view(request, *args, **kwargs)

    return guarded


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in; who sent a form gets back what was typed, since it cannot be kept."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    failure = failures.signed_out(failures.typed(request), failures.came_from(request))
    return failures.answer(request, failure, HTTPStatus.UNAUTHORIZED)


def for_applicants(view: View[P]) -> View[P]:
    """Let in who acts for a subject; others are asked whom they act for."""
    return _guard(view, desk=False)


def for_offices(view: View[P]) -> View[P]:
    """Let in who acts in a capacity of a department."""
    return _guard(view, desk=True)
