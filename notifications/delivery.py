"""Hand one message to its channel, however often that is asked."""

import datetime as dt
import logging
import uuid

from django.db import transaction

from notifications.channels import Parked, channel_for
from notifications.channels.outcomes import described
from workflow.faults import point
from workflow.outbox import services as outbox
from workflow.outbox.models import OutboxMessage

logger = logging.getLogger(__name__)


def hand_over(*, message_id: uuid.UUID, at: dt.datetime) -> None:
    """Try once. The row lock lets one worker at a time try; ``delivered_at`` ends the matter.

    The try is counted before it is made, in a transaction of its own, so that a message which
    kills its worker does not do so for ever.
    """
    if not outbox.begin_attempt(message_id=message_id, at=at):
        return
    try:
        _deliver(message_id, at)
    except Exception as fault:  # noqa: BLE001 - whatever a channel meets is noted and tried again
        logger.warning(
            "outbox.failed", extra={"outbox_id": str(message_id), "fault": type(fault).__name__}
        )
        outbox.failed(message_id=message_id, error=f"{type(fault).__name__}: {fault}", at=at)


@transaction.atomic
def _deliver(message_id: uuid.UUID, at: dt.datetime) -> None:
    message = outbox.hold_for_delivery(message_id)
    if message is None:
        return
    point("outbox.before-send")
    outcome = channel_for(message.topic)(message, at=at)
    point("outbox.after-send")
    _note(message, outcome, at)


def _note(message: OutboxMessage, outcome, at: dt.datetime) -> None:
    if isinstance(outcome, Parked):
        outbox.park(message=message, reason=outcome.reason, at=at)
        return
    outbox.delivered(message=message, receipt=outcome.receipt, at=at)
    logger.info("outbox.delivered", extra=described(message, at))
