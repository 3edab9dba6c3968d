"""The night watch finds a queue that does not agree with the states, mends it, and says so."""

import pytest

from notifications.rounds import look_around
from tests.world import league
from workflow.engine.models import WorkItem

pytestmark = pytest.mark.django_db


def queue() -> set[tuple[str, str]]:
    live = WorkItem.objects.exclude(standing="closed")
    return {(item.node, str(item.object_id)) for item in live}


def test_a_queue_that_agrees_is_left_alone():
    world = league()
    world.accepted()

    assert look_around(at=world.after(days=1))["cases_out_of_step"] == 0


def test_work_that_was_lost_is_found_and_opened_again():
    world = league()
    world.accepted()
    before = queue()
    WorkItem.objects.exclude(standing="closed").delete()

    assert look_around(at=world.after(days=1))["cases_out_of_step"] == 1
    assert queue() == before
    assert look_around(at=world.after(days=1))["cases_out_of_step"] == 0
