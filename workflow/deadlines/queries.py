"""Read the ledger."""

import datetime as dt
import uuid
from collections.abc import Iterable

from workflow.deadlines.models import Deadline


def due_days(object_ids: Iterable[uuid.UUID]) -> dict[tuple[uuid.UUID, str], dt.date]:
    """Return the due day of every open limit of these objects, by (object, kind).

    A provisional limit answers with its earliest day; one that stands still has no day.
    """
    rows = Deadline.objects.filter(object_id__in=list(object_ids), ended_at=None).values_list(
        "object_id", "kind", "due_on", "earliest"
    )
    return {(key, kind): day for key, kind, due, first in rows if (day := due or first)}
