"""What the bell wakes and what workers do. Every task may run twice, or be lost, without harm."""

import logging
import uuid

from celery import shared_task

from notifications import delivery, rounds
from workflow import clock
from workflow.deadlines.sweep import sweep
from workflow.outbox import services as outbox

logger = logging.getLogger(__name__)


@shared_task(acks_late=True)
def relay_outbox() -> int:
    """Offer waiting messages to workers; what a killed worker lost is offered again."""
    leased = outbox.lease_batch(at=clock.now())
    for message in leased:
        task = render_letter if message.topic == "letter.render" else deliver
        task.delay(message_id=str(message.pk))
    return len(leased)


@shared_task(acks_late=True)
def deliver(*, message_id: str, **_newer_arguments: object) -> None:
    """Hand one outbox message to its channel, however often this task is run."""
    delivery.hand_over(message_id=uuid.UUID(message_id), at=clock.now())


@shared_task(acks_late=True)
def render_letter(*, message_id: str, **_newer_arguments: object) -> None:
    """The same for letters, in a queue of their own: setting type is work for the processor."""
    delivery.hand_over(message_id=uuid.UUID(message_id), at=clock.now())


@shared_task(acks_late=True)
def sweep_deadlines() -> None:
    """Let whatever fell due take its effect."""
    sweep(on=clock.today(), at=clock.now())


@shared_task(acks_late=True)
def nightly() -> None:
    """Look for what should not be, and say so."""
    rounds.look_around(at=clock.now())
