"""Who may act for a subject, and why nobody of the subject may act on it as an official."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from processes.records.models import Representation
from workflow.errors import NotAllowed
from workflow.offices.actors import Actor, CapacityKind
from workflow.offices.models import User

PERMISSION_FOR: dict[str, str] = {
    "record.determine_severity": CapacityKind.VERIFIER,
    "record.withdraw": CapacityKind.APPROVER,
    "publication.end": CapacityKind.SYSTEM,
    "measure.suspend": CapacityKind.SYSTEM,
    "measure.resume": CapacityKind.SYSTEM,
    "measure.lift": CapacityKind.SYSTEM,
}


def representations_on(*, user_id: uuid.UUID, on: dt.date) -> QuerySet[Representation]:
    """Return for whom a user may act on a legal day."""
    return (
        Representation.objects.filter(user_id=user_id, user__is_active=True, since__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gt=on))
        .select_related("subject", "user")
        .order_by("subject__name")
    )


def representatives_of(subject_id: uuid.UUID, *, on: dt.date) -> list[uuid.UUID]:
    """Return the users who may act for a subject on a legal day: whom its letters reach."""
    held = Representation.objects.filter(
        subject_id=subject_id, user__is_active=True, since__lte=on
    ).filter(Q(until__isnull=True) | Q(until__gt=on))
    return sorted(set(held.values_list("user_id", flat=True)))


def actor_for(representation: Representation) -> Actor:
    """Return the actor that a representation makes of its user."""
    user: User = representation.user
    of_itself = representation.kind == Representation.Kind.SELF
    return Actor(
        user_id=user.pk,
        name=user.display_name,
        capacity=CapacityKind.APPLICANT if of_itself else CapacityKind.AGENT,
        subject_id=representation.subject_id,
    )


def require_represents(actor: Actor, *, subject_id: uuid.UUID, on: dt.date) -> None:
    """Check against the database that the actor may act for the subject today.

    :raises NotAllowed: the authority was never given, has ended, or is for somebody else.
    """
    held = actor.user_id is not None and (
        representations_on(user_id=actor.user_id, on=on).filter(subject_id=subject_id).exists()
    )
    if actor.subject_id != subject_id or not held:
        raise NotAllowed(_("You may not act for this subject."), code="not-represented")


def own_case(actor: Actor, subject_id: uuid.UUID | None, on: dt.date) -> str | None:
    """Return why an official may not work on this subject: they act for it themselves."""
    if subject_id is None or actor.user_id is None:
        return None
    mine = representations_on(user_id=actor.user_id, on=on).filter(subject_id=subject_id)
    return _("You act for this subject yourself.") if mine.exists() else None
