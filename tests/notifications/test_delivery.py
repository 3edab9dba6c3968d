"""The post room delivers once, also when workers die, and holds what it cannot set."""

import datetime as dt
import os
import subprocess
import sys
import threading
import uuid
from pathlib import Path

import pytest
from django.core import mail
from django.db import connections, transaction

from notifications import channels, delivery, rounds
from notifications.channels import Delivered
from notifications.sink import SinkBackend
from tests.notifications import samples
from tests.workflow.test_documents import make_department, make_user, reserve
from workflow.documents import services as documents
from workflow.documents.models import Document, Letter, Message
from workflow.journal.models import Chain, Event
from workflow.journal.services import open_chain
from workflow.offices.models import Capacity
from workflow.outbox import services as outbox
from workflow.outbox.models import OutboxMessage

AT = samples.AT
ROOT = Path(__file__).resolve().parents[2]
RARE = "\U00031350"


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "documents": {
            "BACKEND": "workflow.documents.storage.WriteOnceStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


def deliver_all(*, at: dt.datetime = AT) -> None:
    for _round in range(5):
        leased = outbox.lease_batch(at=at)
        if not leased:
            return
        for message in leased:
            delivery.hand_over(message_id=message.pk, at=at)


def to(user) -> dict:
    return {**samples.COMPANY, "user_ids": [str(user.pk)]}


def test_a_reserved_letter_is_rendered_kept_and_told(db):
    user = make_user()
    letter = reserve(make_department(), addressee=to(user))

    deliver_all()

    letter.refresh_from_db()
    assert letter.rendered_at == AT
    assert letter.pdf.read().startswith(b"%PDF-")
    assert letter.sha256 == letter.pdf.sha256
    [told] = Message.objects.filter(user=user)
    assert (told.kind, told.letter) == ("letter.issued", letter)
    [sent] = mail.outbox
    assert sent.to == [user.email]
    assert letter.number in sent.subject
    assert samples.COMPANY["name"] not in sent.body
    assert not OutboxMessage.objects.filter(delivered_at=None).exists()


def test_the_issue_of_a_letter_becomes_an_event_with_its_digest(db):
    chain = open_chain(name="case/XF-2026-00391")
    letter = reserve(make_department(), chain_id=chain.pk)

    deliver_all()

    letter.refresh_from_db()
    event = Event.objects.get(chain=chain, kind="letter.issued")
    assert letter.sha256 in event.canonical
    assert Chain.objects.get(pk=chain.pk).length == 1


def test_delivering_twice_renders_once(db, monkeypatch):
    rendered = []
    whole = channels.letters.letters.render
    monkeypatch.setattr(
        channels.letters.letters, "render", lambda each: rendered.append(each) or whole(each)
    )
    reserve(make_department())
    [message] = outbox.lease_batch(at=AT)

    delivery.hand_over(message_id=message.pk, at=AT)
    delivery.hand_over(message_id=message.pk, at=AT)

    assert len(rendered) == 1
    assert Document.objects.count() == 1


@pytest.mark.database
def test_two_workers_at_once_issue_a_letter_once(fresh_database):
    with transaction.atomic():
        reserve(make_department(), addressee=to(make_user()))
    [message] = outbox.lease_batch(at=AT)
    start = threading.Barrier(4)

    def work() -> None:
        try:
            start.wait(30)
            delivery.hand_over(message_id=message.pk, at=AT)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert Document.objects.count() == 1
    assert Message.objects.count() == 1
    message.refresh_from_db()
    assert message.delivered_at == AT


def test_a_letter_with_a_missing_glyph_is_held_and_issued_once_somebody_has_seen_to_it(
    db, monkeypatch
):
    subject = {"name": f"北岭市{RARE}记商行", "code": None}
    snapshot = {**samples.SNAPSHOTS["repair-promise"], "subject": subject}
    letter = reserve(make_department(), template="repair-promise", snapshot=snapshot)

    deliver_all()

    letter.refresh_from_db()
    assert letter.pdf is None
    assert "U+31350" in letter.held_reason
    [parked] = outbox.parked(department=letter.department)
    assert parked.parked_reason == letter.held_reason
    assert rounds.look_around(at=AT)["letters_held"] == 1

    monkeypatch.setattr("notifications.letters.glyphs.require", lambda text: None)
    outbox.retry(message_id=parked.pk, by=documents.SYSTEM, at=AT)
    deliver_all()
    letter.refresh_from_db()
    assert letter.pdf is not None
    assert letter.held_reason == ""


def test_a_channel_that_fails_is_asked_again_later(db, monkeypatch):
    answers = iter([OSError("no route"), Delivered("taken")])

    def channel(message, *, at):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setitem(channels.CHANNELS, "test", channel)
    outbox.announce(topic="test.topic", payload={}, at=AT)

    deliver_all()
    assert OutboxMessage.objects.get().delivered_at is None
    deliver_all(at=AT + dt.timedelta(minutes=1))
    message = OutboxMessage.objects.get()
    assert (message.receipt, message.attempts) == ("taken", 2)


def test_a_topic_that_nobody_takes_ends_parked(db):
    outbox.announce(topic="nobody.knows", payload={}, at=AT)

    for hour in range(40):
        deliver_all(at=AT + dt.timedelta(hours=2 * hour))

    [parked] = outbox.parked()
    assert "no channel takes" in parked.parked_reason


def test_the_longest_matching_channel_takes_a_topic():
    assert channels.channel_for("letter.render.again") is channels.CHANNELS["letter.render"]
    with pytest.raises(channels.NoChannel):
        channels.channel_for("letter")
    with pytest.raises(channels.NoChannel):
        channels.channel_for("letter.renderer")


def test_keepers_of_a_site_are_told_in_the_portal_and_by_email(db):
    keeper = make_user("keeper")
    payload = {"user_ids": [str(keeper.pk)], "snapshot": {"title": "终止公示通知待办"}}
    outbox.announce(topic="site.order", payload=payload, at=AT)

    deliver_all()

    assert Message.objects.get(user=keeper).kind == "site.order"
    assert [m.to for m in mail.outbox] == [[keeper.email]]


@pytest.mark.parametrize(("code", "letters"), [("before-1", 0), ("due", 1)])
def test_a_rung_tells_the_people_in_charge_and_writes_to_them_when_it_is_urgent(db, code, letters):
    department, desk, verifier = make_department(), make_user("desk"), make_user("verifier")
    for user in (desk, verifier):
        Capacity.objects.create(
            user=user, department=department, role=user.username, since=dt.date(2026, 1, 1)
        )
    payload = {
        "kind": "accept",
        "code": code,
        "due_on": "2026-11-13",
        "department_id": str(department.pk),
        "case_number": "XF-2026-00391",
    }
    outbox.announce(topic="deadline.rung", payload=payload, at=AT)

    deliver_all()

    [told] = Message.objects.all()
    assert told.user == desk
    assert told.snapshot["title"].startswith("XF-2026-00391 受理：")
    assert len(mail.outbox) == letters


def test_an_english_reader_is_written_to_in_english(db):
    user = make_user()
    user.language = "en"
    user.save()
    documents.tell(
        kind="x", snapshot={"title": "已受理", "title_en": "Accepted"}, user_ids=[user.pk], at=AT
    )

    deliver_all()

    assert mail.outbox[0].subject == "Accepted"
    assert "free of charge" in mail.outbox[0].body


def test_a_repeated_email_is_dropped_by_its_message_id(tmp_path, settings):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    one = mail.EmailMessage("a", "b", to=["x@example.test"], headers={"Message-ID": "<1-2@h>"})
    two = mail.EmailMessage("a", "c", to=["x@example.test"], headers={"Message-ID": "<3@h>"})

    assert SinkBackend().send_messages([one, one, two]) == 3
    assert sorted(p.name for p in (tmp_path / "mail").iterdir()) == ["1-2.eml", "3.eml"]


def test_the_watch_finds_damaged_and_late_things(db, tmp_path):
    letter = reserve(make_department())
    later = AT + dt.timedelta(hours=2)
    assert rounds.look_around(at=later)["letters_late"] == 1

    deliver_all(at=later)
    assert set(rounds.look_around(at=later).values()) == {0}

    letter.refresh_from_db()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.unlink()
    assert rounds.look_around(at=later)["documents_damaged"] == 1


WORKER = """
import os, sys, uuid, datetime as dt
import django
django.setup()
from django.conf import settings
settings.STORAGES["documents"]["OPTIONS"]["location"] = sys.argv[2]
from notifications import delivery
delivery.hand_over(message_id=uuid.UUID(sys.argv[1]), at=dt.datetime.fromisoformat(sys.argv[3]))
"""


@pytest.mark.database
@pytest.mark.parametrize(
    "point",
    ["outbox.before-send", "letter.before-store", "letter.after-store", "outbox.after-send"],
)
def test_a_worker_killed_at_any_point_loses_and_doubles_nothing(
    fresh_database, database_server, tmp_path, point
):
    with transaction.atomic():
        letter = reserve(make_department(), addressee=to(make_user()))
    [message] = outbox.lease_batch(at=AT)
    environment = {
        **os.environ,
        **database_server.environment(fresh_database),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "XINFU_FAULT_POINT": point,
        "XINFU_DATABASE_ROLE": "app",
    }
    command = [sys.executable, "-c", WORKER, str(message.pk), str(tmp_path), AT.isoformat()]

    killed = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False)
    assert killed.returncode == -9, killed.stderr.decode()
    assert Letter.objects.get(pk=letter.pk).pdf is None

    deliver_all(at=AT + outbox.LEASE)

    issued = Letter.objects.get(pk=letter.pk)
    assert issued.pdf.read()
    assert Document.objects.count() == 1
    assert Message.objects.filter(kind="letter.issued").count() == 1
    assert len(mail.outbox) == 1
    kept = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert [p.name for p in kept] == [issued.sha256]
    assert OutboxMessage.objects.get(pk=message.pk).attempts == 2


def test_unknown_letters_are_not_invented(db):
    outbox.announce(topic="letter.render", payload={"letter_id": str(uuid.uuid4())}, at=AT)

    deliver_all()

    assert "DoesNotExist" in OutboxMessage.objects.get().last_error
