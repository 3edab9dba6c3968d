"""Keep a document, give a letter its number, attach its bytes, tell a person.

Letters and messages are written in the transaction of the act that causes them: an act that
rolls back leaves no number used and nobody told.
"""

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from workflow import clock
from workflow.documents import scanning, snapshots, sniffing, storage, verification
from workflow.documents.models import Document, Letter, LetterSerial, Message
from workflow.faults import point
from workflow.offices.actors import SYSTEM, Actor
from workflow.offices.models import Department
from workflow.outbox.services import announce

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and capitals that nobody confuses on paper."""

_NO_CLAIM = frozenset({"", sniffing.UNKNOWN, "binary/octet-stream"})
_ALIASES = {
    "image/jpg": sniffing.JPEG,
    "image/pjpeg": sniffing.JPEG,
    "application/x-pdf": sniffing.PDF,
}


class AlreadyIssued(Exception):
    """The letter has its bytes; they are never written again."""


def store(*, content: bytes, name: str, media_type: str, by: Actor, at: dt.datetime) -> Document:
    """Keep a file whose content was looked at; its type is what the bytes show.

    :raises DocumentRefused: type, size or content is not accepted, with the reason in words.
    """
    kind = sniffing.media_type_of(content)
    claimed = _ALIASES.get(media_type, media_type)
    if claimed not in _NO_CLAIM | {kind} and kind != sniffing.UNKNOWN:
        raise scanning.DocumentRefused(
            "type-mismatch", _("The file is not of the kind that its name says.")
        )
    result = scanning.scan(content, kind)
    return Document.objects.create(
        sha256=storage.keep(content),
        size=len(content),
        name=_plain_name(name),
        media_type=kind,
        scan_result=result,
        uploaded_at=at,
        uploaded_by_id=by.user_id,
        uploaded_as=by.capacity,
    )


def _plain_name(name: str) -> str:
    """The last part of a path, without control characters, short enough to keep."""
    last = name.replace("\\", "/").rpartition("/")[2]
    printable = "".join(c for c in last if c.isprintable()).strip() or _("unnamed")
    stem, dot, ending = printable.rpartition(".")
    room = 255 - len(dot + ending)
    return printable if len(printable) <= 255 else (stem[:room] + dot + ending)[:255]


def reserve_letter(
    *,
    template: str,
    department: Department,
    snapshot: Mapping[str, Any],
    case_table: str,
    case_id: uuid.UUID,
    case_number: str,
    addressee: Mapping[str, Any],
    by: Actor,
    at: dt.datetime,
    chain_id: uuid.UUID | None = None,
) -> Letter:
    """Give a letter its number and freeze its content; the post room renders and sends it.

    Must run inside the act's transaction: the department's serial stays locked until it ends, so
    that a number is either used for good or was never given. ``addressee`` names whom it goes
    to: ``name``, and any of ``code``, ``subject_id``, ``user_ids`` (told when it is issued). With ``chain_id`` the issue itself, with
    the digest of the bytes, becomes an event of that chain.

    :raises SnapshotIncomplete: the snapshot lacks something that the letter must state.
    :raises TransactionManagementError: called outside a transaction.
    """
    known = snapshots.check(template, dict(snapshot))
    snapshots.check_addressee(dict(addressee))
    year = clock.local_day(at).year
    serial = _next_serial(department, year)
    number = f"{department.short_name}〔{year}〕{serial}号"
    check_code = "".join(secrets.choice(CODE_ALPHABET) for _each in range(8))
    letter = Letter.objects.create(
        template=template,
        template_version=known.version,
        department=department,
        year=year,
        serial=serial,
        number=number,
        check_code=check_code,
        verify_url=verification.verify_url(number, check_code),
        snapshot=dict(snapshot),
        addressee=dict(addressee),
        case_table=case_table,
        case_id=case_id,
        case_number=case_number,
        reserved_at=at,
        reserved_by_id=by.user_id,
    )
    announce(
        topic="letter.render",
        payload={"letter_id": str(letter.pk), "chain_id": str(chain_id) if chain_id else None},
        at=at,
        owner_department=department,
    )
    return letter


def _next_serial(department: Department, year: int) -> int:
    """The next number, with its row locked until the caller's transaction ends."""
    LetterSerial.objects.bulk_create(
        [LetterSerial(department=department, year=year)], ignore_conflicts=True
    )
    row = LetterSerial.objects.select_for_update().get(department=department, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


@transaction.atomic
def attach_pdf(*, letter_id: uuid.UUID, content: bytes, at: dt.datetime) -> Letter:
    """Issue a letter: its bytes are stored and tied to it, once and for good.

    :raises AlreadyIssued: it has bytes already, whatever these are.
    """
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    if letter.pdf_id is not None:
        raise AlreadyIssued(letter.number)
    point("letter.before-store")
    letter.pdf = store(
        content=content, name=f"{letter.number}.pdf", media_type=sniffing.PDF, by=SYSTEM, at=at
    )
    point("letter.after-store")
    letter.sha256 = letter.pdf.sha256
    letter.rendered_at = at
    letter.held_reason = ""
    letter.save(update_fields=["pdf", "sha256", "rendered_at", "held_reason"])
    return letter


@transaction.atomic
def hold(*, letter_id: uuid.UUID, reason: str) -> Letter:
    """Say why a letter cannot be issued yet; it keeps its number and waits.

    :raises AlreadyIssued: it has its bytes.
    """
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    if letter.pdf_id is not None:
        raise AlreadyIssued(letter.number)
    letter.held_reason = reason
    letter.save(update_fields=["held_reason"])
    return letter


def tell(
    *,
    kind: str,
    snapshot: Mapping[str, Any],
    at: dt.datetime,
    user_ids: Iterable[uuid.UUID] = (),
    subject_id: uuid.UUID | None = None,
    letter: Letter | None = None,
    case_table: str = "",
    case_id: uuid.UUID | None = None,
    case_number: str = "",
    email: bool = True,
) -> list[Message]:
    """Put a message into portal inboxes, one for each person, and announce it by e-mail.

    Without ``user_ids`` it stands in the subject's inbox for whoever acts for the subject.
    ``snapshot`` has ``title``, and may have ``body``, ``title_en``, ``body_en``, ``link``.

    :raises ValueError: there is no reader, or the snapshot has no title.
    """
    readers: list[uuid.UUID | None] = list(dict.fromkeys(user_ids))
    if not readers and subject_id is None:
        raise ValueError("a message needs a reader")
    if not str(snapshot.get("title", "")).strip():
        raise ValueError("a message needs a title")
    told = Message.objects.bulk_create(
        Message(
            user_id=reader,
            subject_id=subject_id,
            kind=kind,
            snapshot=dict(snapshot),
            letter=letter,
            case_table=case_table,
            case_id=case_id,
            case_number=case_number,
            created_at=at,
        )
        for reader in readers or [None]
    )
    if email:
        for message in told:
            if message.user_id is not None:
                announce(topic="message.email", payload={"message_id": str(message.pk)}, at=at)
    return told


@transaction.atomic
def mark_read(*, message_id: uuid.UUID, by: Actor, at: dt.datetime) -> Message:
    """Record who first opened the message and when: the read receipt. Later reads change nothing.

    The caller has checked that the message is theirs.
    """
    message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
    if message.read_at is None and by.user_id is not None:
        message.read_at, message.read_by_id = at, by.user_id
        message.save(update_fields=["read_at", "read_by"])
    return message


def digest(content: bytes) -> str:
    """SHA-256 in hex, to compare a file in hand with an issued letter."""
    return hashlib.sha256(content).hexdigest()
