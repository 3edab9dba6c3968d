"""The bell wakes the relay; the relay offers; a worker may be asked twice."""

import pytest

from config.celery import ROUTES, app
from notifications import tasks
from tests.notifications import samples
from tests.workflow.test_documents import make_department, reserve
from workflow import clock
from workflow.documents.models import Document, Letter
from workflow.outbox import services as outbox
from workflow.outbox.models import OutboxMessage


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "documents": {
            "BACKEND": "workflow.documents.storage.WriteOnceStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


@pytest.fixture
def _at_once():
    app.conf.update(task_always_eager=True, task_eager_propagates=True)
    yield
    app.conf.update(task_always_eager=False, task_eager_propagates=False)


def test_every_task_has_a_queue_of_its_own():
    ours = {name for name in app.tasks if name.startswith("notifications.")}

    assert ours == set(ROUTES)


@pytest.mark.usefixtures("_at_once")
def test_the_relay_lets_workers_issue_what_waits(db):
    letter = reserve(make_department(), at=clock.now())

    assert tasks.relay_outbox() == 1
    assert tasks.relay_outbox() == 0

    assert Letter.objects.get(pk=letter.pk).pdf is not None


@pytest.mark.usefixtures("_at_once")
def test_a_task_that_runs_twice_does_its_work_once(db):
    reserve(make_department(), addressee=samples.COMPANY, at=clock.now())
    [message] = OutboxMessage.objects.all()

    for _each in range(2):
        tasks.render_letter(message_id=str(message.pk))
        tasks.deliver(message_id=str(message.pk), added_later=1)

    assert Document.objects.count() == 1
    assert OutboxMessage.objects.get().attempts == 1


def test_letters_and_messages_are_offered_to_their_own_queues(db, monkeypatch):
    offered = []
    for name in ("render_letter", "deliver"):
        task = getattr(tasks, name)
        monkeypatch.setattr(task, "delay", lambda name=name, **about: offered.append(name))
    reserve(make_department(), at=clock.now())
    outbox.announce(topic="site.order", payload={}, at=clock.now())

    tasks.relay_outbox()

    assert sorted(offered) == ["deliver", "render_letter"]


def test_the_night_watch_is_silent_when_all_is_well(db, caplog):
    tasks.nightly()

    assert caplog.records == []
