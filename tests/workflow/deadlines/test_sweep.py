"""The sweep: every rung once, in order, also late, also with several at it."""

import datetime as dt
import threading
import uuid
from collections import Counter

import pytest
from django.db import connections, transaction

from tests.workflow.deadlines.test_ledger import AT, NAMED, OBJECT, day, opened
from workflow.deadlines import registry, services
from workflow.deadlines.models import Deadline, Rung
from workflow.deadlines.sweep import sweep
from workflow.outbox.models import OutboxMessage

LADDER = [
    ("half", day(10, 9)), ("before-3", day(10, 12)), ("before-1", day(10, 14)),
    ("due", day(10, 15)), ("passed", day(10, 16)), ("after-1", day(10, 16)),
    ("after-3", day(10, 20)),
]  # fmt: skip


@pytest.fixture
def passings(monkeypatch):
    seen = []
    monkeypatch.setitem(
        registry._passings, "result", lambda deadline, *, on, at: seen.append(deadline.pk)
    )
    return seen


def fired():
    return list(Rung.objects.order_by("pk").values_list("code", flat=True))


def test_each_rung_fires_on_its_day_and_only_once(db):
    opened()
    for code, on in LADDER:
        sweep(on=on - dt.timedelta(1), at=AT)
        before = fired()
        sweep(on=on, at=AT)
        assert code in fired()
        assert before == fired()[: len(before)]
        sweep(on=on, at=AT)

    assert fired() == [code for code, _on in LADDER]
    assert Deadline.objects.get().next_rung_on is None


def test_after_downtime_every_passed_rung_fires_in_order(db):
    opened()
    done = sweep(on=day(12, 1), at=AT)

    assert (done.taken, done.fired, done.failed) == (1, 7, [])
    assert [m.payload["code"] for m in OutboxMessage.objects.order_by("created_at", "pk")]
    assert fired() == [code for code, _on in LADDER]


def test_an_advisory_limit_that_passes_is_missed_and_stays_open_until_the_work_is_done(db):
    opened()
    sweep(on=day(10, 16), at=AT)
    missed = Deadline.objects.get()
    assert (missed.state, missed.ended_at) == ("missed", None)

    services.meet(**NAMED, at=AT)
    missed.refresh_from_db()
    assert (missed.state, missed.ended_at) == ("missed", AT)
    assert sweep(on=day(12, 1), at=AT).fired == 0


def test_a_rung_announces_itself_through_the_outbox(db):
    opened()
    sweep(on=day(10, 9), at=AT)
    message = OutboxMessage.objects.get()

    assert message.topic == "deadline.rung"
    assert message.payload["code"] == "half"
    assert message.payload["due_on"] == "2026-10-15"
    assert message.payload["object_id"] == str(OBJECT)


def test_a_short_limit_has_no_rung_on_or_before_its_start(db):
    opened("OFFICE.removal", day(11, 13))
    sweep(on=day(11, 18), at=AT)

    assert fired() == ["half", "before-1", "due"]


def test_a_limit_that_stands_still_does_not_remind(db):
    opened()
    services.suspend(**NAMED, first_day=day(9, 28), ground="补正", at=AT)

    assert sweep(on=day(12, 1), at=AT).taken == 0


def test_a_provisional_limit_reminds_before_its_earliest_end_and_does_not_pass(db):
    opened(start_on=day(12, 28))
    sweep(on=day(3, 1, 2027), at=AT)

    assert set(fired()) == {"before-3", "before-1"}
    assert Deadline.objects.get().state == "provisional"


def test_a_statutory_limit_takes_effect_the_day_after_and_ends(db, passings):
    limit = opened(effect="statutory")
    sweep(on=day(10, 15), at=AT)
    assert passings == []

    sweep(on=day(10, 16), at=AT)
    sweep(on=day(12, 1), at=AT)
    limit.refresh_from_db()
    assert passings == [limit.pk]
    assert (limit.state, limit.ended_at) == ("missed", AT)
    assert fired() == ["half", "before-3", "before-1", "due", "passed"]


def test_a_statutory_limit_of_a_kind_without_effect_cannot_be_opened(db):
    with pytest.raises(registry.NoPassing):
        opened(effect="statutory", kind="nothing-happens")


def test_a_handler_that_fails_holds_up_nobody_else_and_is_tried_again(db, monkeypatch, caplog):
    failing = opened(kind="broken")
    opened(object_id=uuid.UUID(int=9))
    monkeypatch.setitem(registry._rung_handlers, "broken", lambda *_a, **_k: 1 / 0)

    done = sweep(on=day(10, 9), at=AT)
    assert done.failed == [failing.pk]
    assert fired() == ["half"]

    monkeypatch.delitem(registry._rung_handlers, "broken")
    assert sweep(on=day(10, 9), at=AT).fired == 1


def test_a_passing_that_fails_undoes_its_claim_and_is_tried_again(db, monkeypatch, passings):
    limit = opened(effect="statutory")
    works = registry._passings["result"]
    monkeypatch.setitem(registry._passings, "result", lambda *_a, **_k: 1 / 0)
    assert sweep(on=day(10, 16), at=AT).failed == [limit.pk]
    assert "passed" not in fired()

    monkeypatch.setitem(registry._passings, "result", works)
    sweep(on=day(10, 16), at=AT)
    assert passings == [limit.pk]


@pytest.mark.database
def test_four_sweeps_side_by_side_fire_no_rung_twice(fresh_database, monkeypatch):
    seen = Counter()
    monkeypatch.setitem(
        registry._rung_handlers,
        "result",
        lambda deadline, *, code, due_on, at: seen.update([(deadline.pk, code)]),
    )
    monkeypatch.setitem(
        registry._passings, "result", lambda deadline, *, on, at: seen.update([(deadline.pk, "-")])
    )
    with transaction.atomic():
        for number in range(40):
            effect = "statutory" if number % 2 else "advisory"
            opened(object_id=uuid.UUID(int=100 + number), effect=effect)
    errors = []
    threads = [threading.Thread(target=sweep_alone, args=(errors,)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert errors == []
    assert set(seen.values()) == {1}
    assert len(seen) == 20 * 7 + 20 * 5
    assert Rung.objects.count() == 20 * 7 + 20 * 5


def sweep_alone(errors):
    try:
        while sweep(on=day(12, 1), at=AT, batch=5).taken:
            pass
    except Exception as error:  # noqa: BLE001 (a thread's failure must fail the test)
        errors.append(error)
    finally:
        connections.close_all()
