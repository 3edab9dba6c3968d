"""The acts of the line, each with the stage it starts from and the points it passes."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from processes.records.rules import Severity
from processes.records.services import determine_severity
from processes.repair import services as repair
from processes.repair.models import RemovalLine
from tests.stages import MISSING, Stage
from tests.world import FILED_AT, IMPORTED_AT
from workflow.clock import local_day
from workflow.deadlines.sweep import sweep

ACT_POINTS = ("act.after-lock", "act.after-move", "act.before-commit", "act.after-commit")
MUCH_LATER = FILED_AT + dt.timedelta(days=60)


@dataclass(frozen=True)
class Act:
    """An act: from which stage, what it does, and at which points it can be killed."""

    name: str
    stage: str
    do: Callable[[Stage], Any]
    points: tuple[str, ...] = ACT_POINTS
    repeatable: bool = False


def _case(command: Callable[..., Any], who: str, **more: Any) -> Callable[[Stage], Any]:
    def do(stage: Stage) -> Any:
        return command(case_id=stage.case.pk, actor=stage.world[who], at=FILED_AT, **more)

    return do


def _items(command: Callable[..., Any], who: str, **more: Any) -> Callable[[Stage], Any]:
    def do(stage: Stage) -> Any:
        return _case(command, who, item_ids=[stage.item.pk], **more)(stage)

    return do


def _determine(stage: Stage) -> Any:
    return determine_severity(
        record_id=stage.world.record.pk,
        severity=Severity.GENERAL,
        actor=stage.world["verifier"],
        at=IMPORTED_AT,
    )


def _confirm(stage: Stage) -> None:
    line = RemovalLine.objects.filter(item=stage.item).order_by("state", "pk").last()
    stage.world.confirm(line.pk, keeper=stage.world.keeper_of(line))


def _object(stage: Stage) -> Any:
    line = RemovalLine.objects.get(item=stage.item, site__code="necips")
    return repair.object_to_order(
        line_id=line.pk, reason="页面已被归档", actor=stage.world["necips"], at=FILED_AT
    )


def _sweep(stage: Stage) -> Any:
    swept = sweep(on=local_day(MUCH_LATER), at=MUCH_LATER)
    assert swept.failed == []
    return swept


RUNG = ("deadline.rung-claimed",)
ACTS = (
    Act("determine-severity", "severity-open", _determine),
    Act("submit", "draft", _case(repair.submit, "agent")),
    Act(
        "request-supplement", "submitted", _case(repair.request_supplement, "desk", missing=MISSING)
    ),
    Act("supplement", "supplement-requested", _case(repair.give_supplement, "agent", note="已补")),
    Act("not-accept", "submitted", _case(repair.not_accept, "desk", reasons=["不属受理范围"])),
    Act("accept", "submitted", _case(repair.accept, "desk")),
    Act("withdraw", "accepted", _case(repair.withdraw, "agent")),
    Act(
        "propose",
        "accepted",
        _items(repair.propose, "verifier", outcome="approve", reasons="已核实"),
    ),
    Act("send-back", "proposed", _items(repair.decide, "approver", agree=False, reasons="再核实")),
    Act("approve", "proposed", _items(repair.decide, "approver", agree=True)),
    Act("refuse", "refusal-proposed", _items(repair.decide, "approver", agree=True)),
    Act("confirm", "approved", _confirm, repeatable=True),
    Act("confirm-last", "one-line-left", _confirm),
    Act("object", "approved", _object),
    Act("sweep-reminders", "accepted", _sweep, RUNG, repeatable=True),
    Act("sweep-lapse", "supplement-requested", _sweep, (*RUNG, *ACT_POINTS), repeatable=True),
)
