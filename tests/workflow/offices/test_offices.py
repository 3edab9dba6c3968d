"""People are deactivated and never deleted; a capacity counts on its days, in its department."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from tests.workflow.journal import raw
from tests.world import FILED_AT
from workflow.clock import local_day
from workflow.errors import NotAllowed, NotPossible
from workflow.offices.models import Capacity, User
from workflow.offices.queries import capacities_on, require_capacity

pytestmark = pytest.mark.database
TODAY = local_day(FILED_AT)


@pytest.fixture(scope="module")
def world(module_at_stage):
    return module_at_stage("submitted").world


@pytest.mark.parametrize("name", ["desk", "agent", "auditor"])
def test_a_person_is_not_deleted_by_the_orm(world, name):
    with pytest.raises(NotPossible, match="deactivated"), transaction.atomic():
        User.objects.get(pk=world.users[name].pk).delete()


def test_people_are_not_deleted_by_queryset_or_sql_even_when_nothing_names_them(world):
    with transaction.atomic():
        User.objects.create_user("stranger", None, display_name="陌生人")
        stranger = User.objects.filter(username="stranger")
        for delete in (
            stranger.delete,
            lambda: raw.rows("DELETE FROM offices_user WHERE username = 'stranger'"),
        ):
            with pytest.raises((DatabaseError, NotPossible)), transaction.atomic():
                delete()
        assert stranger.exists()
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "table", ["offices_capacity", "offices_department", "offices_jurisdiction"]
)
def test_who_was_what_is_kept(world, table):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        raw.rows(f"DELETE FROM {table}")


def allowed(actor, *, on=TODAY, role="desk", department=None):
    try:
        require_capacity(actor, role=role, department_id=department or actor.department_id, on=on)
    except NotAllowed:
        return False
    return True


def test_a_capacity_counts_from_its_first_day_until_before_its_last(world):
    actor = world["desk"]
    held = Capacity.objects.filter(user_id=actor.user_id)
    with transaction.atomic():
        held.update(since=TODAY, until=TODAY + dt.timedelta(2))
        days = [TODAY + dt.timedelta(n) for n in (-1, 0, 1, 2)]
        assert [allowed(actor, on=day) for day in days] == [False, True, True, False]
        transaction.set_rollback(True)


def test_a_capacity_counts_in_its_own_department_and_role_only(world):
    assert allowed(world["desk"])
    assert not allowed(world["desk"], department=world.unit.pk)
    assert not allowed(world["desk"], role="verifier")
    assert not allowed(world["verifier"], role="approver")


def test_a_deactivated_person_can_do_nothing(world):
    with transaction.atomic():
        User.objects.filter(pk=world["desk"].user_id).update(is_active=False)
        assert not allowed(world["desk"])
        user = User.objects.get(pk=world["desk"].user_id)
        assert not capacities_on(user=user, on=TODAY).exists()
        transaction.set_rollback(True)
