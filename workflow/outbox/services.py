"""Announce with the act, lease, deliver, back off, park, try again.

A lease is an offer that runs out: when the worker that took it is killed, the message is offered
again. Only ``delivered`` ends the matter, and only :func:`failed` and :func:`park` stop offering.
"""

import datetime as dt
import logging
import random
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from workflow.offices.actors import Actor
from workflow.offices.models import Department
from workflow.outbox.models import OutboxMessage

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=60)
MOST_ATTEMPTS = 8
FIRST_WAIT = dt.timedelta(seconds=5)
LONGEST_WAIT = dt.timedelta(hours=1)


def announce(
    *,
    topic: str,
    payload: Mapping[str, Any],
    at: dt.datetime,
    available_at: dt.datetime | None = None,
    owner_department: Department | None = None,
) -> OutboxMessage:
    """Write a message to the outside into the transaction of the act that causes it.

    :raises TransactionManagementError: there is no transaction to belong to.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("announce belongs inside an act's transaction")
    return OutboxMessage.objects.create(
        topic=topic,
        payload=dict(payload),
        created_at=at,
        available_at=available_at or at,
        owner_department=owner_department,
    )


@transaction.atomic
def lease_batch(
    *, at: dt.datetime, limit: int = 100, lease: dt.timedelta = LEASE
) -> list[OutboxMessage]:
    """Take messages that wait, oldest first, for as long as the lease lasts.

    Two relays never take the same one; a lease that ran out is taken again.
    """
    waiting = (
        OutboxMessage.objects.filter(delivered_at=None, parked_at=None, available_at__lte=at)
        .filter(Q(leased_until=None) | Q(leased_until__lte=at))
        .order_by("available_at", "id")
        .select_for_update(of=("self",), skip_locked=True)
    )
    taken = list(waiting[:limit])
    OutboxMessage.objects.filter(pk__in=[m.pk for m in taken]).update(leased_until=at + lease)
    for message in taken:
        message.leased_until = at + lease
    return taken


@transaction.atomic
def begin_attempt(*, message_id: uuid.UUID, at: dt.datetime) -> bool:
    """Count a try before it is made, so that a message that kills its worker is parked too.

    False when there is nothing to do: delivered, parked, or in another worker's hands.
    """
    message = _open(message_id)
    if message is None:
        return False
    if message.attempts >= MOST_ATTEMPTS:
        park(message=message, reason=message.last_error or "no worker survived it", at=at)
        return False
    message.attempts += 1
    message.save(update_fields=["attempts"])
    return True


def hold_for_delivery(message_id: uuid.UUID) -> OutboxMessage | None:
    """The message, locked until the transaction ends, if it is still to be delivered."""
    return _open(message_id)


def _open(message_id: uuid.UUID) -> OutboxMessage | None:
    return (
        OutboxMessage.objects.filter(pk=message_id, delivered_at=None, parked_at=None)
        .select_for_update(of=("self",), skip_locked=True)
        .first()
    )


def delivered(*, message: OutboxMessage, receipt: str, at: dt.datetime) -> None:
    """The channel has taken it; the matter is ended."""
    message.delivered_at, message.receipt, message.leased_until = at, receipt[:200], None
    message.save(update_fields=["delivered_at", "receipt", "leased_until"])


@transaction.atomic
def failed(*, message_id: uuid.UUID, error: str, at: dt.datetime) -> None:
    """A try went wrong: wait longer each time, and park after the last."""
    message = _open(message_id)
    if message is None:
        return
    message.last_error = error[:500]
    if message.attempts >= MOST_ATTEMPTS:
        message.save(update_fields=["last_error"])
        park(message=message, reason=error, at=at)
        return
    message.available_at = at + wait_after(message.attempts)
    message.leased_until = None
    message.save(update_fields=["last_error", "available_at", "leased_until"])


def wait_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many tries: doubling, with jitter, at most an hour."""
    doublings = min(max(attempts - 1, 0), 20)
    doubled = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    return doubled * random.uniform(0.8, 1.2)  # noqa: S311 - spreading load, not a secret


def park(*, message: OutboxMessage, reason: str, at: dt.datetime) -> None:
    """Stop offering a message and raise the alarm; a person decides what becomes of it."""
    message.parked_at, message.parked_reason, message.leased_until = at, reason[:500], None
    message.save(update_fields=["parked_at", "parked_reason", "leased_until"])
    logger.critical(
        "outbox.parked",
        extra={
            "outbox_id": str(message.pk),
            "topic": message.topic,
            "attempts": message.attempts,
            "owner_department": str(message.owner_department_id or ""),
        },
    )


def parked(*, department: Department | None = None) -> QuerySet[OutboxMessage]:
    """Messages that nobody takes, oldest first; of one department if given."""
    found = OutboxMessage.objects.filter(parked_at__isnull=False).order_by("parked_at", "id")
    return found if department is None else found.filter(owner_department=department)


@transaction.atomic
def retry(*, message_id: uuid.UUID, by: Actor, at: dt.datetime) -> OutboxMessage:
    """Offer a parked message again from the beginning. One that is not parked stays as it is."""
    message = OutboxMessage.objects.select_for_update(of=("self",)).get(pk=message_id)
    if message.parked_at is not None:
        message.parked_at, message.parked_reason = None, ""
        message.attempts, message.available_at, message.leased_until = 0, at, None
        message.retried_at, message.retried_by_id = at, by.user_id
        message.save()
    return message
