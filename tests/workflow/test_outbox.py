"""The outbox loses nothing: leases run out, failures wait, what cannot be sent is parked."""

import datetime as dt
import logging
import threading

import pytest
from django.db import connections, transaction

from workflow.offices.actors import Actor
from workflow.outbox import services as outbox
from workflow.outbox.models import OutboxMessage

AT = dt.datetime(2026, 11, 12, 2, 30, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


def announce(**changes) -> OutboxMessage:
    with transaction.atomic():
        return outbox.announce(**{"topic": "test.topic", "payload": {"a": 1}, "at": AT, **changes})


@pytest.mark.database
def test_a_message_belongs_to_a_transaction(fresh_database):
    with pytest.raises(transaction.TransactionManagementError):
        outbox.announce(topic="x", payload={}, at=AT)


def test_a_leased_message_is_not_offered_until_its_lease_runs_out(db):
    message = announce()

    assert outbox.lease_batch(at=AT) == [message]
    assert outbox.lease_batch(at=AT + outbox.LEASE - SECOND) == []
    assert outbox.lease_batch(at=AT + outbox.LEASE) == [message]


def test_a_message_waits_for_its_time(db):
    announce(available_at=AT + SECOND)

    assert outbox.lease_batch(at=AT) == []
    assert len(outbox.lease_batch(at=AT + SECOND)) == 1


def test_what_is_delivered_is_never_offered_again(db):
    message = announce()
    outbox.delivered(message=message, receipt="taken", at=AT)

    assert outbox.lease_batch(at=AT + dt.timedelta(days=9)) == []
    assert not outbox.begin_attempt(message_id=message.pk, at=AT)


def test_each_failure_waits_about_twice_as_long(db):
    message = announce()
    waits = []
    for _each in range(4):
        outbox.begin_attempt(message_id=message.pk, at=AT)
        outbox.failed(message_id=message.pk, error="no route", at=AT)
        message.refresh_from_db()
        waits.append((message.available_at - AT).total_seconds())

    for wait, expected in zip(waits, (5, 10, 20, 40), strict=True):
        assert 0.8 * expected <= wait <= 1.2 * expected
    assert message.last_error == "no route"
    assert outbox.wait_after(50) <= outbox.LONGEST_WAIT * 1.2


def test_after_the_last_try_a_message_is_parked_with_an_alarm(db, caplog):
    message = announce(payload={"name": "个人姓名"})
    with caplog.at_level(logging.CRITICAL):
        for _each in range(outbox.MOST_ATTEMPTS):
            assert outbox.begin_attempt(message_id=message.pk, at=AT)
            outbox.failed(message_id=message.pk, error="no route", at=AT)

    assert [m.parked_reason for m in outbox.parked()] == ["no route"]
    assert outbox.lease_batch(at=AT + dt.timedelta(days=9)) == []
    [alarm] = [r for r in caplog.records if r.getMessage() == "outbox.parked"]
    assert alarm.outbox_id == str(message.pk)
    assert "个人姓名" not in str(alarm.__dict__)


def test_a_message_that_kills_every_worker_is_parked(db):
    message = announce()
    tries = [outbox.begin_attempt(message_id=message.pk, at=AT) for _each in range(20)]

    assert tries.count(True) == outbox.MOST_ATTEMPTS
    assert [m.pk for m in outbox.parked()] == [message.pk]


def test_a_parked_message_is_sent_again_by_a_person(db, django_user_model):
    user = django_user_model.objects.create_user(username="boss", display_name="boss")
    message = announce()
    outbox.park(message=message, reason="字体缺字", at=AT)
    later = AT + dt.timedelta(days=1)

    outbox.retry(
        message_id=message.pk, by=Actor(user_id=user.pk, name="b", capacity="supervisor"), at=later
    )

    [offered] = outbox.lease_batch(at=later)
    assert (offered.pk, offered.attempts, offered.retried_by_id) == (message.pk, 0, user.pk)


@pytest.mark.database
def test_relays_at_once_take_each_message_once(fresh_database):
    for _each in range(40):
        announce()
    taken: list = []
    start = threading.Barrier(8)

    def relay() -> None:
        try:
            start.wait(30)
            for _round in range(5):
                taken.extend(m.pk for m in outbox.lease_batch(at=AT, limit=5))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=relay) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 40
