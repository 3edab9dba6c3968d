"""The night watch: letters that wait, messages nobody takes, changed bytes, a queue that lies."""

import datetime as dt
import logging

from workflow.documents.models import Document, DocumentDamaged, Letter
from workflow.engine.settle import reconcile
from workflow.outbox import services as outbox

logger = logging.getLogger(__name__)

LATE = dt.timedelta(hours=1)
LOOK_BACK = dt.timedelta(hours=26)


def look_around(*, at: dt.datetime) -> dict[str, int]:
    """Count what is wrong and raise one alarm for each kind; zero is silence."""
    found = {
        "letters_held": Letter.objects.filter(pdf=None).exclude(held_reason="").count(),
        "letters_late": Letter.objects.filter(
            pdf=None, held_reason="", reserved_at__lt=at - LATE
        ).count(),
        "messages_parked": outbox.parked().count(),
        "documents_damaged": _damaged_since(at - LOOK_BACK),
        "cases_out_of_step": _out_of_step(at),
    }
    for kind, number in found.items():
        if number:
            logger.critical("watch.%s", kind, extra={"number": number})
    return found


def _out_of_step(at: dt.datetime) -> int:
    """Cases whose queue did not agree with their states; it does now, and each is named."""
    found = reconcile(at=at)
    for (process, case_id), difference in found.items():
        about = {
            "procedure": process,
            "case": str(case_id),
            "opened": len(difference.opened),
            "closed": len(difference.closed),
        }
        logger.critical("case.out-of-step", extra=about)
    return len(found)


def _damaged_since(since: dt.datetime) -> int:
    """Documents of the last day whose stored bytes are not those that came."""
    damaged = 0
    for document in Document.objects.filter(uploaded_at__gte=since).iterator(chunk_size=100):
        try:
            document.read()
        except DocumentDamaged as fault:
            logger.critical("document.damaged", extra={"fault": str(fault)})
            damaged += 1
    return damaged
