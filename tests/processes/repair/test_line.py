"""The thin line through a repair, by its commands."""

import pytest

from processes.records.models import Publication
from tests.world import league, lines_of
from workflow.documents.models import Letter
from workflow.engine.models import WorkItem
from workflow.journal.models import Event
from workflow.outbox.models import OutboxMessage

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_repair_goes_through_the_whole_house():
    world = league()
    case = world.completed()

    assert case.state == "completed"
    assert set(Publication.objects.values_list("state", flat=True)) == {"ended"}
    assert {line.state for line in lines_of(case)} == {"done"}
    assert list(Letter.objects.order_by("reserved_at").values_list("template", flat=True)) == [
        "repair-promise",
        "repair-acceptance",
        "repair-approved",
        "removal-order",
        "removal-order",
        "repair-completed",
    ]
    told = OutboxMessage.objects.filter(topic="site.order").order_by("created_at")
    assert {tuple(each.payload["user_ids"]) for each in told} == {
        (str(world.users[name].pk),) for name in ("sitekeeper", "necips")
    }
    assert not WorkItem.objects.exclude(standing="closed").exists()
    assert Event.objects.filter(object_table="repair_repairitem").count() == 8
