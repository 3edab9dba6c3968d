"""What a channel answers: it took the message, or a person has to look first."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from workflow.outbox.models import OutboxMessage


class NoChannel(LookupError):
    """No channel takes messages of this topic; add it to ``CHANNELS``."""


@dataclass(frozen=True)
class Delivered:
    """Taken; the receipt says by what."""

    receipt: str


@dataclass(frozen=True)
class Parked:
    """Trying again would change nothing until somebody has acted on the reason."""

    reason: str


Outcome = Delivered | Parked
Channel = Callable[..., Outcome]
"""Called as ``channel(message, at=instant)`` with the message's row locked.

A channel may be asked again after it took a message (a crash before our commit): whatever it does
outside this transaction must recognise the message by its id.
"""


def described(message: OutboxMessage, at: dt.datetime) -> dict[str, str]:
    """What logs may say about a message: never its payload."""
    return {"outbox_id": str(message.pk), "topic": message.topic, "at": at.isoformat()}
