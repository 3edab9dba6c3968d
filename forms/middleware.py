"""What every answer has in common: language, caching, and one table from refusals to pages."""

import uuid
from collections.abc import Callable, Iterable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django_fsm import TransitionNotAllowed

from forms import acting, failures, moment
from workflow.access.services import looked
from workflow.errors import BadInput, NotAllowed, NotPossible, Stale

GetResponse = Callable[[HttpRequest], HttpResponse]

REFUSALS: dict[type[Exception], tuple[int, str]] = {
    NotAllowed: (HTTPStatus.FORBIDDEN, "forbidden"),
    BadInput: (HTTPStatus.BAD_REQUEST, "faulty"),
    NotPossible: (HTTPStatus.CONFLICT, "conflict"),
    Stale: (HTTPStatus.CONFLICT, "conflict"),
    TransitionNotAllowed: (HTTPStatus.CONFLICT, "conflict"),
}


class LanguageMiddleware:
    """Speak the language the reader chose here; Chinese until they choose.

    The browser's wish is not asked: every letter and deadline notice is Chinese, and a page that
    changes language with the machine it is opened on confuses more than it helps.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language and say so."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class RefusalMiddleware:
    """Answer every refusal of the house once, by a table."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; an address that only takes forms is no dead end when it is just opened."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        page = failures.answer(request, failures.missing(), HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page of a refusal, or None for what is a fault."""
        for kind, (status, page) in REFUSALS.items():
            if isinstance(error, kind):
                if isinstance(error, NotAllowed):
                    note_refusal(request, error)
                return failures.answer(request, failure_of(page, error, request), status)
        return None


def note_refusal(request: HttpRequest, error: NotAllowed) -> None:
    """Write into the access log who was refused what, and why; the act was rolled back before."""
    standing = acting.current(request)
    match = request.resolver_match
    looked(
        actor=standing.actor if standing else None,
        action=match.url_name or "" if match else "",
        table="",
        object_id=_named_in(match.kwargs.values() if match else ()),
        at=moment.at(request),
        allowed=False,
        reason=error.code,
        request_id=getattr(request, "request_id", ""),
    )


def _named_in(values: Iterable[object]) -> uuid.UUID | None:
    return next((value for value in values if isinstance(value, uuid.UUID)), None)


def failure_of(page: str, error: Exception, request: HttpRequest) -> failures.Failure:
    """Return the failure page of a refusal, with what was typed so that nothing is lost."""
    reason = "" if isinstance(error, TransitionNotAllowed) else str(error)
    if page == "forbidden":
        return failures.forbidden(reason)
    kept, back = failures.typed(request), failures.came_from(request)
    return getattr(failures, page)(reason, kept, back)
