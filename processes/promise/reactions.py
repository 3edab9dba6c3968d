"""What a repair promise does when the application it was signed for is filed or taken back."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from processes.promise.models import Promise
from processes.promise.services import promise_of
from processes.promise.states import PromiseState
from processes.statutes import STATUTES
from workflow import interpreter
from workflow.calendar import CALENDAR
from workflow.clock import local_day
from workflow.effects import Move, Ref
from workflow.engine.graph import lock_rows
from workflow.offices.actors import Actor


def take_effect_with_application(**case: Any) -> None:
    """The application is filed: the promise is in effect and public from this day."""
    _move("take_effect", "promise.taken-effect", {"published_on": local_day(case["at"])}, **case)


def fall_with_application(**case: Any) -> None:
    """The application was taken back before it was filed: the promise binds nobody."""
    _move("withdraw", "promise.withdrawn", {}, **case)


def _move(
    via: str,
    event: str,
    values: Mapping[str, Any],
    *,
    case_table: str,
    case_id: uuid.UUID,
    case_number: str,
    chain_id: uuid.UUID,
    actor: Actor,
    at: dt.datetime,
) -> None:
    known = promise_of(case_table=case_table, case_id=case_id)
    if known is None:
        return
    (promise,) = lock_rows(Promise, [known.pk])
    if promise.state != PromiseState.SIGNED:
        return
    move = Move(
        ref=Ref("promise_promise", promise.pk),
        via=via,
        event=event,
        values=values,
        data={"number": promise.number},
    )
    context = interpreter.Context(
        case_table=case_table,
        case_id=case_id,
        case_number=case_number,
        chain_id=chain_id,
        actor=actor,
        at=at,
        law=STATUTES.version,
        calendar=CALENDAR.version,
    )
    interpreter.apply([move], context=context)
