"""In which capacities an official works today, which one fits a task, and that they looked."""

import uuid
from collections.abc import Iterable

from django.http import HttpRequest

from forms import acting, moment
from workflow.access.services import looked
from workflow.errors import NotAllowed
from workflow.offices.actors import Actor
from workflow.offices.actors import CapacityKind as C
from workflow.offices.models import Capacity
from workflow.offices.queries import actor_in, capacities_on

CASE_READERS = frozenset({C.DESK, C.VERIFIER, C.APPROVER, C.SUPERVISOR, C.AUDITOR})


def capacities(request: HttpRequest) -> list[Capacity]:
    """Return every capacity the person holds today; asked once a request."""
    held = getattr(request, "_xinfu_capacities", None)
    if held is None:
        found = capacities_on(user=request.user, on=moment.on(request)).select_related("user")
        held = request._xinfu_capacities = list(found)  # noqa: SLF001  (kept with its request)
    return held


def roles(request: HttpRequest) -> set[str]:
    """Return the roles among those capacities."""
    return {each.role for each in capacities(request)}


def departments(held: Iterable[Capacity], wanted: Iterable[str]) -> set[uuid.UUID]:
    """Return the departments in which any of the wanted roles is held."""
    kinds = set(wanted)
    return {each.department_id for each in held if each.role in kinds}


def actor_for(request: HttpRequest, *, role: str, department_id: uuid.UUID | None) -> Actor:
    """Return the person in the capacity a task asks for, if they hold it today.

    Otherwise they stay in the capacity they chose, and the act refuses them in words.
    """
    for held in capacities(request):
        if held.role == role and held.department_id == department_id:
            return actor_in(held)
    return acting.actor(request)


def note(request: HttpRequest, action: str, table: str, object_id: uuid.UUID | None) -> None:
    """Write to the access log that they looked."""
    looked(
        actor=acting.actor(request),
        action=action,
        table=table,
        object_id=object_id,
        at=moment.at(request),
        request_id=getattr(request, "request_id", ""),
    )


def refuse(request: HttpRequest, object_id: uuid.UUID, words: str) -> NotAllowed:
    """Return the refusal to raise; the middleware notes it, with the object the address names.

    A case is addressed by its number, so its key is put beside it for that note.
    """
    request.resolver_match.kwargs["refused"] = object_id
    return NotAllowed(words, code="not-of-your-office")
