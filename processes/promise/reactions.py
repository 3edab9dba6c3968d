"""What a repair promise does when the application it was signed for is filed or taken back."""

import uuid
from collections.abc import Mapping
from typing import Any

from processes.context import context
from processes.promise.models import Promise
from processes.promise.services import promise_of
from processes.promise.states import PromiseState
from workflow import interpreter
from workflow.clock import local_day
from workflow.effects import Move, Ref
from workflow.engine.graph import lock_rows


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
    **rest: Any,
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
    interpreter.apply([move], context=context(case_table=case_table, case_id=case_id, **rest))
