"""Move the demonstration's clock."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from workflow.clock.models import Offset
from workflow.errors import NotPossible


def _require_movable() -> None:
    if not settings.XINFU_CLOCK_MOVABLE:
        message = "This clock cannot be moved: XINFU_CLOCK_MOVABLE is off."
        raise NotPossible(message, code="clock-fixed")


@transaction.atomic
def move_to(*, instant: dt.datetime) -> None:
    """Let the clock of the whole house stand at ``instant`` (aware) now and run on from there.

    :raises NotPossible: the clock of this house is the real one.
    """
    _require_movable()
    moved_by = instant - dt.datetime.now(dt.UTC)
    Offset.objects.update_or_create(only=True, defaults={"moved_by": moved_by})


@transaction.atomic
def move_by(*, step: dt.timedelta) -> None:
    """Move the clock on by a step.

    :raises NotPossible: the clock of this house is the real one.
    """
    _require_movable()
    offset, _ = Offset.objects.select_for_update().get_or_create(only=True)
    offset.moved_by += step
    offset.save(update_fields=["moved_by"])
