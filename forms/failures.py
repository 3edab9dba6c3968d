"""The pages for what cannot be shown or done: what happened, whose turn, when, on what basis."""

import dataclasses
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from forms.parts import Cell, Four, Link

NOT_GIVEN_BACK = ("csrfmiddlewaretoken", "password", "next", "signed_name")
NOT_TYPED = frozenset({"act", "seen", "back", "line", "stage"})


@dataclasses.dataclass(frozen=True, slots=True)
class Failure:
    """One failure page."""

    code: str
    title: str
    lead: str
    four: Four
    links: Sequence[Link]
    kept: Sequence[tuple[str, str]] = ()


def questions() -> tuple[str, str, str, str]:
    """The four questions a failure answers."""
    return (_("What happened"), _("Whose turn"), _("When"), _("Why so"))


def home_links() -> list[Link]:
    """Ways on that are open to everybody."""
    return [
        Link(_("Back to the home page"), reverse("forms:home")),
        Link(_("Verify a letter"), reverse("forms:verify")),
    ]


def forbidden(reason: str = "") -> Failure:
    """403: this person, in this capacity, may not."""
    return Failure(
        code="403",
        title=_("You may not see or do this"),
        lead=reason or _("In the capacity you have chosen now, this is not yours to see or do."),
        four=Four(
            Cell(_("Nothing was opened"), _("No content was shown and nothing was changed")),
            Cell(
                _("You: check whom you act for"),
                _("With several capacities, another one may be the right one"),
                is_you=True,
            ),
            Cell(_("You can try again at once"), _("Choosing another capacity takes effect now")),
            Cell(_("By duty and by case"), _("Refused visits are noted in the access log")),
            questions(),
        ),
        links=[Link(_("Change whom I act for"), reverse("forms:act-for")), *home_links()[:1]],
    )


def missing() -> Failure:
    """404: no such page, or no longer published."""
    return Failure(
        code="404",
        title=_("This page was not found"),
        lead=_(
            "The address may be mistyped, or the information has expired or was repaired and is no "
            "longer published. We keep no page of what is no longer published."
        ),
        four=Four(
            Cell(_("No page at this address"), _("Or its publication has ended by law")),
            Cell(
                _("You: look another way"),
                _("Search by full name, credit code or decision number"),
                is_you=True,
            ),
            Cell(_("Now"), _("Searching needs no account")),
            Cell(_("Published only within its term"), _("After a repair publication stops")),
            questions(),
        ),
        links=home_links(),
    )


def conflict(reason: str = "", kept: Sequence[tuple[str, str]] = (), back: str = "") -> Failure:
    """409: the state does not allow it any more."""
    links = [Link(_("See how it stands now"), back)] if back else []
    return Failure(
        code="409",
        title=_("This cannot be done now"),
        lead=reason or _("Meanwhile somebody else acted, or the matter has moved on."),
        four=Four(
            Cell(_("Your act had no effect"), _("Nothing was half done")),
            Cell(_("You: look at it as it is now"), _("Then decide again"), is_you=True),
            Cell(_("No deadline has moved"), _("Dates stay as they were")),
            Cell(
                _("One matter, one person at a time"),
                _("Only what the law allows in this state can be done"),
            ),
            questions(),
        ),
        links=[*links, *home_links()[:1]],
        kept=kept,
    )


def faulty(reason: str = "", kept: Sequence[tuple[str, str]] = (), back: str = "") -> Failure:
    """400: something sent is missing or wrong."""
    links = [Link(_("Back to the form"), back)] if back else []
    return Failure(
        code="400",
        title=_("Something in it is not right"),
        lead=reason or _("What was sent could not be read."),
        four=Four(
            Cell(_("Nothing was saved"), _("Nothing was half done")),
            Cell(_("You: correct it and send again"), _("What you wrote is below"), is_you=True),
            Cell(_("Now"), _("There is no waiting time")),
            Cell(_("Every field is checked"), _("Bad input is named, never guessed")),
            questions(),
        ),
        links=[*links, *home_links()[:1]],
        kept=kept,
    )


def signed_out(kept: Sequence[tuple[str, str]] = (), back: str = "") -> Failure:
    """401: what was sent came from nobody; it is given back."""
    sign_in = reverse("forms:sign-in", query={"next": back} if back else None)
    return Failure(
        code="401",
        title=_("You were signed out meanwhile"),
        lead=_("Nothing was saved by this step. What you wrote is below: copy it, then sign in."),
        four=Four(
            Cell(_("Nothing was saved"), _("What was saved before is safe")),
            Cell(_("You: sign in again"), _("You come back to the page you were on"), is_you=True),
            Cell(_("Now"), _("There is no waiting time")),
            Cell(_("After long inactivity you are signed out"), _("So that nobody else goes on")),
            questions(),
        ),
        links=[Link(_("Sign in"), sign_in), *home_links()[:1]],
        kept=kept,
    )


def broken() -> Failure:
    """500: our fault."""
    return Failure(
        code="500",
        title=_("The system failed; what you saved is safe"),
        lead=_("The last act was not done, and not half done either. Saved drafts can be opened."),
        four=Four(
            Cell(_("A fault on our side"), _("Your documents and your network are not the cause")),
            Cell(_("Our duty staff has been told"), _("You need not report it")),
            Cell(
                _("Try again in a few minutes"),
                _("If your time runs out today, call the desk and have it noted"),
            ),
            Cell(_("The fault is recorded"), _("Its time can be used as evidence")),
            questions(),
        ),
        links=[Link(_("Back to the home page"), "/")],
    )


def offline() -> Failure:
    """No network; kept by the browser for that moment."""
    return Failure(
        code=_("Offline"),
        title=_("The network is down; this page cannot be opened now"),
        lead=_("What was saved is on the server. Connect again and go on where you were."),
        four=Four(
            Cell(_("This device has no network"), _("Nothing was sent")),
            Cell(_("You: connect, then send"), _("Keep the page open if you can"), is_you=True),
            Cell(
                _("The time of receipt counts"),
                _("Close to a deadline, call or come to the counter"),
            ),
            Cell(_("At the counter"), _("Everything can also be done in person")),
            questions(),
        ),
        links=[Link(_("Connect again"), "/")],
    )


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what people typed into the form that was sent, but never a password or a token."""
    return [
        (name, value)
        for name, value in request.POST.items()
        if len(value) > len("yes")
        and name not in NOT_TYPED
        and not any(word in name for word in NOT_GIVEN_BACK)
    ]


def came_from(request: HttpRequest) -> str:
    """Return the page a form was sent from, if it is one of ours; else the address itself."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()})
    return urlsplit(page).path if page and ours else request.path


def answer(request: HttpRequest, failure: Failure, status: int) -> HttpResponse:
    """Render a failure as a page; a part of a page that asked gets the page in its place."""
    response = render(request, "errors/fail.html", {"fail": failure}, status=status)
    if request.headers.get("HX-Request"):
        response["HX-Retarget"] = "body"
        response["HX-Reswap"] = "innerHTML"
        response["HX-Reselect"] = "body"
    return response


def page_400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400."""
    return answer(request, faulty(), HTTPStatus.BAD_REQUEST)


def page_403(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler403."""
    return answer(request, forbidden(), HTTPStatus.FORBIDDEN)


def page_404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404."""
    return answer(request, missing(), HTTPStatus.NOT_FOUND)


def page_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the form is too old or came from elsewhere."""
    text = _("The page was open too long, or cookies are off. Go back, reload and send again.")
    failure = dataclasses.replace(forbidden(text), kept=typed(request))
    return answer(request, failure, HTTPStatus.FORBIDDEN)


def page_500(request: HttpRequest) -> HttpResponse:
    """Django's handler500: asks nothing of the database or the session."""
    page = render_to_string("errors/fail.html", {"fail": broken()})
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def page_offline(request: HttpRequest) -> HttpResponse:
    """The page the browser keeps for when the network is down."""
    page = render_to_string("errors/fail.html", {"fail": offline()})
    return HttpResponse(page)
