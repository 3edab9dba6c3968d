"""What the bell, the relay, the broker and the workers carry arrives, once, whoever is killed."""

from concurrent.futures import ThreadPoolExecutor
from queue import Empty
from types import SimpleNamespace

import pytest

from config import broker

ANNOUNCE = """
from django.db import transaction
from workflow import clock
from workflow.offices.models import User
from workflow.outbox.services import announce
reader, _ = User.objects.get_or_create(username="reader", display_name="reader")
payload = {"kind": "note", "user_ids": [str(reader.pk)], "snapshot": {"title": "note"}}
with transaction.atomic():
    for _each in range(%d):
        announce(topic="message.portal", payload=payload, at=clock.now())
"""
LATER = """
import datetime as dt
from workflow.clock.services import move_by
move_by(step=dt.timedelta(minutes=2))
"""


def waiting(house):
    ((count,),) = house.query(
        "SELECT count(*) FROM outbox_outboxmessage WHERE delivered_at IS NULL"
    )
    return count


@pytest.mark.broker
def test_every_message_arrives_once(new_house):
    house = new_house()
    house.start("beat")
    house.start("worker")
    house.command("shell", "-v0", "-c", ANNOUNCE % 30)

    house.wait_for(lambda: waiting(house) == 0, "the outbox to be empty")

    assert house.query("SELECT count(*) FROM documents_message") == [(30,)]


@pytest.mark.broker
@pytest.mark.parametrize("point", ["outbox.before-send", "outbox.after-send"])
def test_a_killed_worker_loses_and_doubles_nothing(new_house, point):
    house = new_house()
    house.start("beat")
    house.start("worker", fault_point=point)
    house.command("shell", "-v0", "-c", ANNOUNCE % 5)
    house.wait_for(
        lambda: house.query("SELECT 1 FROM outbox_outboxmessage WHERE attempts > 0"), "a try"
    )
    house.restart("worker")
    house.command("shell", "-v0", "-c", LATER)  # the leases of the dead run out

    house.wait_for(lambda: waiting(house) == 0, "the outbox to be empty")

    assert house.query("SELECT count(*) FROM documents_message") == [(5,)]


@pytest.fixture
def channel(tmp_path):
    """A channel of the file broker without the connection around it."""
    folders = {}
    for name in ("data_folder_in", "processed_folder", "control_folder"):
        folders[name] = tmp_path / name
        folders[name].mkdir()
    folders["data_folder_out"] = folders["data_folder_in"]
    made = broker.Channel.__new__(broker.Channel)
    made.connection = SimpleNamespace(client=SimpleNamespace(transport_options=folders))
    made.closed = True
    return made


def test_a_file_broker_gives_each_message_to_one_reader(channel):
    def read(_reader):
        found = []
        while len(found) < 200:
            try:
                found.append(channel._get("outbox"))
            except Empty:
                if written.done():
                    return found
        return found

    with ThreadPoolExecutor(5) as pool:
        written = pool.submit(lambda: [channel._put("outbox", number) for number in range(200)])
        found = [number for numbers in pool.map(read, range(4)) for number in numbers]

    assert sorted(found) == list(range(200))


def test_a_file_broker_knows_every_binding_that_was_made_at_once(channel):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: channel._queue_bind("all", f"key{n}", "", f"q{n}"), range(40)))

    assert {row.queue for row in channel.get_table("all")} == {f"q{n}" for n in range(40)}


def test_a_file_broker_keeps_queues_apart(channel):
    channel._put("outbox", "ours")
    with pytest.raises(Empty):
        channel._get("box")
    assert channel._get("outbox") == "ours"
