"""Where an official can go; only pages their capacities open."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from forms.desk import standing

Entry = tuple[str, str, str, str]


def places(request: HttpRequest) -> list[Entry]:
    """Return words, address, icon and group of each entry."""
    group = _("Work")
    found = [
        (_("Work queue"), reverse("forms:queue"), "inbox", group),
        (_("Taken by me"), reverse("forms:queue", query={"view": "mine"}), "user", group),
    ]
    if standing.roles(request) & standing.CASE_READERS:
        found.append((_("Removals"), reverse("forms:desk-removals"), "list", group))
    return found
