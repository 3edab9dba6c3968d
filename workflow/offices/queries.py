"""Capacities in force on a day, and the actor made from one."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from workflow.errors import NotAllowed
from workflow.offices.actors import Actor
from workflow.offices.models import Capacity, Department, DepartmentRole, User


def capacities_on(*, user: User, on: dt.date) -> QuerySet[Capacity]:
    """Return what a user may act as on a legal day; none for a deactivated user."""
    if not user.is_active:
        return Capacity.objects.none()
    return (
        Capacity.objects.filter(user=user, since__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gt=on))
        .select_related("department")
        .order_by("department__name", "role")
    )


def actor_in(capacity: Capacity) -> Actor:
    """Return the actor that a capacity makes of its user."""
    return Actor(
        user_id=capacity.user_id,
        name=capacity.user.display_name,
        capacity=capacity.role,
        department_id=capacity.department_id,
        department_name=capacity.department.name,
        department_code=capacity.department.code,
    )


def require_capacity(actor: Actor, *, role: str, department_id: object, on: dt.date) -> None:
    """Check against the database that the actor holds this role in this department today.

    :raises NotAllowed: the capacity was never given, has ended, or the person is deactivated.
    """
    held = Capacity.objects.filter(
        user_id=actor.user_id,
        user__is_active=True,
        role=role,
        department_id=department_id,
        since__lte=on,
    ).filter(Q(until__isnull=True) | Q(until__gt=on))
    if actor.capacity != role or actor.department_id != department_id or not held.exists():
        message = "This needs the capacity “{role}” in the department concerned."
        raise NotAllowed(message.format(role=role), code="wrong-capacity")


def departments_with_role(role: str) -> QuerySet[Department]:
    """Return the active departments that hold a procedural role."""
    return Department.objects.filter(roles__role=role, is_active=True).order_by("name")


def users_with(*, role: str, department_ids: Iterable[object], on: dt.date) -> QuerySet[User]:
    """Return active users who hold a role in any of the departments on a day."""
    return (
        User.objects.filter(
            is_active=True,
            capacities__role=role,
            capacities__department_id__in=list(department_ids),
            capacities__since__lte=on,
        )
        .filter(Q(capacities__until__isnull=True) | Q(capacities__until__gt=on))
        .distinct()
    )


ROLE = DepartmentRole.Role
