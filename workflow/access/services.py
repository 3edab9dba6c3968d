"""Write the access log."""

import datetime as dt
import uuid

from workflow.access.models import AccessLog
from workflow.offices.actors import Actor


def looked(
    *,
    actor: Actor | None,
    action: str,
    table: str,
    object_id: uuid.UUID | None,
    at: dt.datetime,
    allowed: bool = True,
    reason: str = "",
    request_id: str = "",
) -> None:
    """Note that someone looked at a thing, or was refused.

    Call it after the act's transaction has ended (the middleware does), so that a rolled-back act
    still leaves its trace.
    """
    AccessLog.objects.create(
        at=at,
        user_id=actor.user_id if actor else None,
        capacity=actor.capacity if actor else "",
        department_id=actor.department_id if actor else None,
        action=action,
        object_table=table,
        object_id=object_id,
        allowed=allowed,
        reason=reason,
        request_id=request_id,
    )
