"""Sign a repair promise; it takes effect and is published when its application is filed."""

import datetime as dt
import uuid

from django.utils.translation import gettext as _

from processes.promise.models import Promise, PromiseSerial, PromiseText
from workflow.clock import local_day
from workflow.effects import Create, Ref
from workflow.errors import BadInput

REPAIR = "repair"


def current_text(*, kind: str = REPAIR, on: dt.date) -> PromiseText:
    """Return the text of a promise that is offered for signature on a day.

    :raises PromiseText.DoesNotExist: no text has been published.
    """
    texts = PromiseText.objects.filter(kind=kind, since__lte=on).order_by("-number")
    text = texts.first()
    if text is None:
        message = f"no text of the {kind} promise is in force on {on}"
        raise PromiseText.DoesNotExist(message)
    return text


def signing(
    *,
    subject_id: uuid.UUID,
    case_table: str,
    case_id: uuid.UUID,
    division: str,
    signed_name: str,
    expected_name: str,
    signed_by: uuid.UUID,
    at: dt.datetime,
) -> Create:
    """Return the effect that puts a signed promise into the register, with its number.

    Must run inside the act's transaction: the serial of the place and day stays locked.

    :raises BadInput: the typed name is not that of the person who signs.
    """
    if signed_name.strip() != expected_name:
        message = _("Type your own name exactly as it is registered.")
        raise BadInput(message, code="mismatch", field="signed_name")
    day = local_day(at)
    number = _next_number(division, day)
    return Create(
        ref=Ref("promise_promise", uuid.uuid4()),
        event="promise.signed",
        values={
            "number": number,
            "kind": REPAIR,
            "subject_id": subject_id,
            "text": current_text(on=day),
            "case_table": case_table,
            "case_id": case_id,
            "signed_by_id": signed_by,
            "signed_name": signed_name.strip(),
            "signed_at": at,
        },
        data={"number": number},
        leaves={"signed-name": signed_name.strip()},
    )


def _next_number(division: str, day: dt.date) -> str:
    PromiseSerial.objects.bulk_create(
        [PromiseSerial(division=division, day=day)], ignore_conflicts=True
    )
    row = PromiseSerial.objects.select_for_update().get(division=division, day=day)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{division}{day:%Y%m%d}{row.last:06d}"


def promise_of(*, case_table: str, case_id: uuid.UUID) -> Promise | None:
    """Return the promise that belongs to a case, if one was signed and not withdrawn."""
    return (
        Promise.objects.select_related("text")
        .filter(case_table=case_table, case_id=case_id)
        .exclude(state="withdrawn")
        .order_by("signed_at")
        .last()
    )
