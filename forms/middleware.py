"""What every answer has in common: language, caching, and one table from refusals to pages."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django_fsm import TransitionNotAllowed

from forms import failures
from workflow.errors import BadInput, NotAllowed, NotPossible, Stale

GetResponse = Callable[[HttpRequest], HttpResponse]

REFUSALS: dict[type[Exception], tuple[int, str]] = {
    NotAllowed: (HTTPStatus.FORBIDDEN, "forbidden"),
    BadInput: (HTTPStatus.BAD_REQUEST, "faulty"),
    NotPossible: (HTTPStatus.CONFLICT, "conflict"),
    Stale: (HTTPStatus.CONFLICT, "conflict"),
    TransitionNotAllowed: (HTTPStatus.CONFLICT, "conflict"),
}
NOT_GIVEN_BACK = {"csrfmiddlewaretoken", "password", "next"}


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
        """Pass on; only exceptions are ours."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page of a refusal, or None for what is a fault."""
        for kind, (status, page) in REFUSALS.items():
            if isinstance(error, kind):
                return failures.answer(request, failure_of(page, error, request), status)
        return None


def failure_of(page: str, error: Exception, request: HttpRequest) -> failures.Failure:
    """Return the failure page of a refusal, with what was typed so that nothing is lost."""
    reason = "" if isinstance(error, TransitionNotAllowed) else str(error)
    if page == "forbidden":
        return failures.forbidden(reason)
    kept = [
        (name, value)
        for name, value in request.POST.items()
        if name not in NOT_GIVEN_BACK and len(value) > len("yes")
    ]
    return getattr(failures, page)(reason, kept, request.path)
