"""Whom a signed-in person acts for: chosen once, kept in the session, checked on every request."""

import dataclasses
import datetime as dt
import uuid

from django.http import HttpRequest
from django.utils.translation import gettext as _

from forms import moment, words
from processes.records.models import Representation
from processes.records.permissions import actor_for
from workflow.errors import NotAllowed
from workflow.offices.actors import Actor, CapacityKind
from workflow.offices.models import Capacity, User
from workflow.offices.queries import actor_in, capacities_on

SESSION_KEY = "acting"
SOON = dt.timedelta(days=7)


class NotChosen(NotAllowed):
    """The person has not said whom they act for, or may no longer act for them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """One way in which a person may act: for a subject, or in a capacity of a department."""

    key: str
    name: str
    words: str
    hint: str
    actor: Actor | None
    is_desk: bool

    @property
    def for_words(self) -> str:
        """Whom it is for, when that is somebody else."""
        return self.name if self.actor and self.name != self.actor.name else ""


def role_words(role: str) -> str:
    """Return a capacity in words."""
    return {
        CapacityKind.APPLICANT: _("Applicant"),
        CapacityKind.AGENT: _("Agent"),
        CapacityKind.DESK: _("Intake desk"),
        CapacityKind.VERIFIER: _("Verifier"),
        CapacityKind.APPROVER: _("Approver"),
        CapacityKind.PROVIDER: _("Information provider"),
        CapacityKind.SITEKEEPER: _("Site keeper"),
        CapacityKind.SUPERVISOR: _("Supervisor"),
        CapacityKind.AUDITOR: _("Auditor"),
        CapacityKind.ADMINISTRATOR: _("Administrator"),
        CapacityKind.SYSTEM: _("The system"),
    }.get(role, role)


def for_subject(representation: Representation, *, on: dt.date) -> Standing:
    """Return how a representation is shown; one that has ended cannot be chosen."""
    subject, until = representation.subject, representation.until
    kind = {
        Representation.Kind.SELF: _("Myself"),
        Representation.Kind.LEGAL_REPRESENTATIVE: _("Legal representative"),
        Representation.Kind.AGENT: _("Agent"),
    }[representation.kind]
    ended = until is not None and until <= on
    return Standing(
        key=f"representation:{representation.pk}",
        name=subject.name,
        words=kind,
        hint=_until_words(kind, until, on),
        actor=None if ended else actor_for(representation),
        is_desk=False,
    )


def _until_words(kind: str, until: dt.date | None, on: dt.date) -> str:
    if until is None:
        return _("%(kind)s, without an end date") % {"kind": kind}
    last = words.weekday(until - dt.timedelta(days=1), this_year=on.year)
    if until <= on:
        return _("Not now: the power of attorney ended on %(day)s") % {"day": last}
    return _("%(kind)s, authorised until %(day)s") % {"kind": kind, "day": last}


def in_capacity(capacity: Capacity) -> Standing:
    """Return how a capacity is shown."""
    return Standing(
        key=f"capacity:{capacity.pk}",
        name=capacity.department.name,
        words=role_words(capacity.role),
        hint=role_words(capacity.role),
        actor=actor_in(capacity),
        is_desk=True,
    )


def standings(*, user: User, on: dt.date) -> list[Standing]:
    """Return every way in which a person may act on a day, ended authorisations last."""
    if not user.is_active:
        return []
    given = Representation.objects.filter(user=user, since__lte=on).select_related(
        "subject", "user"
    )
    as_subject = [for_subject(each, on=on) for each in given.order_by("subject__name")]
    as_office = [in_capacity(c) for c in capacities_on(user=user, on=on).select_related("user")]
    return sorted(as_subject + as_office, key=lambda each: each.actor is None)


def choose(request: HttpRequest, key: str) -> Standing:
    """Keep whom the person acts for in the session.

    :raises NotChosen: they may not act so today.
    """
    found = _find(request, key)
    if found is None:
        raise NotChosen(_("You cannot act in this way today."))
    request.session[SESSION_KEY] = key
    return found


def current(request: HttpRequest) -> Standing | None:
    """Return whom the person acts for, checked against today; None when nobody is chosen."""
    if not request.user.is_authenticated:
        return None
    if not hasattr(request, "_xinfu_acting"):
        request._xinfu_acting = _find(request, request.session.get(SESSION_KEY, ""))  # noqa: SLF001
    return request._xinfu_acting  # noqa: SLF001


def _find(request: HttpRequest, key: str) -> Standing | None:
    kind, _colon, number = key.partition(":")
    on = moment.on(request)
    if kind == "representation" and _is_uuid(number):
        given = Representation.objects.filter(pk=number, user=request.user, since__lte=on)
        found = [for_subject(r, on=on) for r in given.select_related("subject", "user")]
    elif kind == "capacity" and number.isdecimal():
        held = capacities_on(user=request.user, on=on).select_related("user").filter(pk=number)
        found = [in_capacity(c) for c in held]
    else:
        found = []
    return next((each for each in found if each.actor is not None), None)


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def actor(request: HttpRequest) -> Actor:
    """Return the actor of a request.

    :raises NotChosen: the person has not chosen whom they act for, or may not any more.
    """
    standing = current(request)
    if standing is None or standing.actor is None:
        raise NotChosen(_("Choose first whom you act for."))
    return standing.actor


def wrong_side(*, desk: bool) -> str:
    """Say which side of the counter a page is for."""
    if desk:
        return _("This page is for the staff of a department; choose whom you act for.")
    return _("This page is for a subject or its agent; choose whom you act for.")


def applicant(request: HttpRequest) -> Actor:
    """Return the actor of a request that acts for a subject.

    :raises NotChosen: they act for no subject now.
    """
    found = actor(request)
    if found.subject_id is None:
        raise NotChosen(wrong_side(desk=False))
    return found
