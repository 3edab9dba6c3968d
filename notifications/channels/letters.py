"""Issue a letter: rendered once, its bytes kept, its people told."""

import datetime as dt
import uuid

from notifications import letters
from notifications.channels.outcomes import Delivered, Outcome, Parked
from workflow.documents import services as documents
from workflow.documents.models import Letter
from workflow.journal.services import record
from workflow.offices.actors import SYSTEM
from workflow.outbox.models import OutboxMessage


def issue(message: OutboxMessage, *, at: dt.datetime) -> Outcome:
    """Render the letter named in the payload, unless it has its bytes already.

    A letter that cannot be set whole keeps its number and is held, with its reason, for a person.
    """
    waiting = Letter.objects.select_for_update(of=("self",))
    letter = waiting.get(pk=message.payload["letter_id"])
    if letter.pdf_id is not None:
        return Delivered(letter.sha256)
    try:
        content = letters.render(letter)
    except letters.MissingGlyphs as gap:
        documents.hold(letter_id=letter.pk, reason=str(gap))
        return Parked(str(gap))
    issued = documents.attach_pdf(letter_id=letter.pk, content=content, at=at)
    if message.payload.get("chain_id"):
        _journal(uuid.UUID(message.payload["chain_id"]), issued, at)
    _tell(issued, at)
    return Delivered(issued.sha256)


def _journal(chain_id: uuid.UUID, letter: Letter, at: dt.datetime) -> None:
    record(
        chain_id,
        "letter.issued",
        actor=SYSTEM,
        at=at,
        data={"letter": str(letter.pk), "number": letter.number},
        documents=[(letter.pdf_id, letter.sha256)],
    )


def _tell(letter: Letter, at: dt.datetime) -> None:
    """Those whom the act named; a letter to an office alone is shown in that office's queue."""
    to = letter.addressee
    user_ids = [uuid.UUID(each) for each in to.get("user_ids") or ()]
    subject_id = uuid.UUID(to["subject_id"]) if to.get("subject_id") else None
    if not user_ids and subject_id is None:
        return
    documents.tell(
        kind="letter.issued",
        snapshot={
            "title": f"{letter.title}（{letter.number}）已签发",
            "title_en": f"{letter.title_en} ({letter.number}) was issued",
            "body": "可以在信复查看和下载原件。",
            "body_en": "You can read and download the original in Xinfu.",
        },
        user_ids=user_ids,
        subject_id=subject_id,
        letter=letter,
        case_table=letter.case_table,
        case_id=letter.case_id,
        case_number=letter.case_number,
        at=at,
    )
