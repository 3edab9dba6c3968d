"""The portal's own inboxes: they lie in our database, so each message arrives exactly once."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from notifications.channels.outcomes import Delivered, Outcome, Parked
from workflow.documents import services as documents
from workflow.outbox.models import OutboxMessage


def tell_people(message: OutboxMessage, *, at: dt.datetime) -> Outcome:
    """Put what the payload says into inboxes.

    Payload: ``kind``, ``snapshot`` (``title`` …), ``user_ids`` and/or ``subject_id``, and the
    case's ``case_table``, ``case_id``, ``case_number`` if it has one.
    """
    return _tell(message, at, kind=message.payload["kind"])


def tell_keepers(message: OutboxMessage, *, at: dt.datetime) -> Outcome:
    """Tell the keepers of a site that a removal order stands in their queue."""
    return _tell(message, at, kind="site.order")


def _tell(message: OutboxMessage, at: dt.datetime, *, kind: str) -> Outcome:
    payload: Mapping[str, Any] = message.payload
    user_ids = [uuid.UUID(each) for each in payload.get("user_ids") or ()]
    subject_id = uuid.UUID(payload["subject_id"]) if payload.get("subject_id") else None
    if not user_ids and subject_id is None:
        return Parked("the message names no reader")
    told = documents.tell(
        kind=kind,
        snapshot=payload["snapshot"],
        user_ids=user_ids,
        subject_id=subject_id,
        case_table=payload.get("case_table", ""),
        case_id=uuid.UUID(payload["case_id"]) if payload.get("case_id") else None,
        case_number=payload.get("case_number", ""),
        at=at,
    )
    return Delivered(f"{len(told)} in the portal")
