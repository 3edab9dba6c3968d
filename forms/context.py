"""What every template may read: the day, whom one acts for, where one can go, both languages."""

import dataclasses
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forms import acting, moment
from forms.desk import navigation


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """One entry of a navigation."""

    words: str
    href: str
    here: bool = False
    icon: str = ""
    group: str = ""


def public_places() -> list[tuple[str, str]]:
    """The public navigation: URL name and words."""
    return [
        ("forms:home", _("Home")),
        ("forms:search", _("Public search")),
        ("forms:verify", _("Verify a letter")),
    ]


def applicant_places() -> list[tuple[str, str]]:
    """The applicant's navigation: URL name and words."""
    return [
        ("forms:records", _("My records")),
        ("forms:cases", _("My cases")),
        ("forms:inbox", _("Letters received")),
        ("forms:search", _("Public search")),
    ]


def places(request: HttpRequest, entries: list[tuple[str, str]]) -> list[Place]:
    """Return navigation entries; the deepest one that holds the page is marked as here."""
    found = [(reverse(name), words) for name, words in entries]
    home = reverse("forms:home")
    inside = [
        href
        for href, _words in found
        if request.path == href or (href != home and request.path.startswith(href))
    ]
    here = max(inside, key=len, default=None)
    return [Place(words, href, href == here) for href, words in found]


def desk_places(request: HttpRequest) -> list[Place]:
    """The desk's navigation."""
    return [
        Place(words, href, request.path.startswith(href), icon, group)
        for words, href, icon, group in navigation.places(request)
    ]


def languages(request: HttpRequest) -> list[dict[str, str]]:
    """Return the other languages, each with the way back to this very page."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return [
        {
            "name": name,
            "lang": "en" if code == "en" else "zh-Hans",
            "href": f"{reverse('forms:language', args=[code])}?{urlencode({'next': back})}",
        }
        for code, name in settings.LANGUAGES
        if code != get_language()
    ]


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor of every page."""
    return {
        "today": SimpleLazyObject(lambda: moment.on(request)),
        "acting": SimpleLazyObject(lambda: acting.current(request)),
        "nav": {
            "public": SimpleLazyObject(lambda: places(request, public_places())),
            "applicant": SimpleLazyObject(lambda: places(request, applicant_places())),
            "desk": SimpleLazyObject(lambda: desk_places(request)),
        },
        "languages": languages(request),
        "service": settings.XINFU_SERVICE | {"name": settings.XINFU_SERVICE[get_language()]},
    }
