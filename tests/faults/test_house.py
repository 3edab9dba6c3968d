"""Worker and beat of the real house, killed at their work: nothing is lost, nothing doubled."""

import collections
import datetime as dt
import os

import pytest
from django.db import connections

from tests.conftest import point_django_at
from tests.world import FILED_AT, league
from workflow.clock import services as clock
from workflow.clock import today
from workflow.deadlines.models import Deadline, Rung
from workflow.documents.models import Document, Letter, Message
from workflow.outbox.models import OutboxMessage

pytestmark = [pytest.mark.broker, pytest.mark.slow, pytest.mark.timeout(240)]
LONG_FORM = pytest.mark.skipif(
    os.environ.get("XINFU_LONG") != "1", reason="the long form, by XINFU_LONG=1"
)
A_LEASE = dt.timedelta(minutes=2)


@pytest.fixture
def closed_house(new_house, django_db_setup, django_db_blocker, settings):
    """A house in which a case was accepted, before anyone came to work; Django reads it too."""
    house = new_house()
    documents = {**settings.STORAGES["documents"], "OPTIONS": {"location": house.var / "documents"}}
    settings.STORAGES = {**settings.STORAGES, "documents": documents}
    before = connections.settings["default"]["NAME"]
    with django_db_blocker.unblock():
        point_django_at(house.server, house.database)
        league().accepted()
        clock.move_to(instant=FILED_AT + dt.timedelta(hours=2))
        yield house
        connections["default"].close()
        point_django_at(house.server, before)


def unrendered():
    return Letter.objects.filter(pdf=None).count()


@pytest.mark.parametrize(
    "point",
    [
        "letter.after-store",
        pytest.param("outbox.before-send", marks=LONG_FORM),
        pytest.param("letter.before-store", marks=LONG_FORM),
        pytest.param("outbox.after-send", marks=LONG_FORM),
    ],
)
def test_letters_of_a_killed_worker_are_issued_once_by_the_next(closed_house, point):
    house, letters = closed_house, Letter.objects.count()
    house.start("worker", fault_point=point)
    house.start("beat")
    house.wait_for(
        lambda: OutboxMessage.objects.filter(attempts__gt=0).exists(), "a worker to die trying"
    )
    house.kill("worker")
    assert unrendered() == letters

    clock.move_by(step=A_LEASE)
    house.start("worker")

    house.wait_for(lambda: unrendered() == 0, "every letter to be issued")
    house.wait_for(
        lambda: not OutboxMessage.objects.filter(topic="letter.render", delivered_at=None).exists(),
        "every delivery to be noted",
    )
    assert Document.objects.filter(name__endswith="号.pdf").count() == letters
    told = Message.objects.filter(kind="letter.issued").values_list("letter_id", flat=True)
    assert set(collections.Counter(told).values()) == {1}
    assert all(letter.pdf.read() for letter in Letter.objects.all())


def test_a_sweep_killed_with_its_beat_goes_on_where_it_was(closed_house):
    house = closed_house
    clock.move_by(step=dt.timedelta(days=40))
    house.start("worker", fault_point="deadline.rung-claimed")
    house.start("beat")
    log = house.log("worker")
    house.wait_for(lambda: b"SIGKILL" in log.read_bytes(), "a worker to die in its sweep")
    house.kill("beat")
    house.kill("worker")
    assert Rung.objects.count() == 0

    house.start("worker")
    house.start("beat")

    house.wait_for(lambda: Rung.objects.exists(), "the first reminder")
    house.wait_for(lambda: _all_fired(), "every reminder that is due")
    announced = OutboxMessage.objects.filter(topic="deadline.rung").count()
    rungs = list(Rung.objects.values_list("deadline_id", "code"))
    assert len(rungs) == len(set(rungs)) == announced


def _all_fired():
    return not Deadline.objects.filter(ended_at=None, next_rung_on__lte=today()).exists()
