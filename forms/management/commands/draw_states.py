"""``bin/xinfu draw-states [--check]``: the diagrams under docs/processes, made from the code."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from processes.promise import states as promise
from processes.records import states as records
from processes.repair import states as repair
from processes.repair.permissions import LINE_PERMISSION_FOR, PERMISSION_FOR
from workflow.engine import diagrams, graph

MACHINES = (
    ("repair-item", "RepairItem 修复事项", repair.ITEM_TRANSITIONS, repair.ItemState),
    ("removal-line", "RemovalLine 移除指令", repair.LINE_TRANSITIONS, repair.LineState),
    ("credit-record", "CreditRecord 失信信息", records.RECORD_TRANSITIONS, records.RecordState),
    ("publication", "Publication 公示", records.PUBLICATION_TRANSITIONS, records.PublicationState),
    ("measure", "Measure 惩戒措施", records.MEASURE_TRANSITIONS, records.MeasureState),
    ("promise", "Promise 信用承诺", promise.PROMISE_TRANSITIONS, promise.PromiseState),
)
OWNERS = {"repair-item": PERMISSION_FOR, "removal-line": LINE_PERMISSION_FOR}
HEAD = "<!-- Made by `bin/xinfu draw-states` from the code; edit the code, not this file. -->\n"


def drawings() -> Iterator[tuple[str, str]]:
    """Yield every file name with what it should contain."""
    for name, title, transitions, states in MACHINES:
        first = next(iter(states)).value
        names = {state.value: state.label for state in states}
        drawn = diagrams.fenced(diagrams.state_diagram(transitions, start=first, names=names))
        text = f"{HEAD}\n# {title}\n\n{drawn}"
        if name in OWNERS:
            rows = ([f"`{act}`", "、".join(sorted(who))] for act, who in OWNERS[name].items())
            text += "\n" + diagrams.table(["transition", "who may fire it"], rows)
        yield f"{name}.md", diagrams.tidy(text)
    for process in graph.processes():
        yield f"{process.name}-flow.svg", diagrams.tidy(diagrams.flow_chart(process))
        yield f"{process.name}-flow.bpmn", diagrams.tidy(diagrams.flow_bpmn(process))


class Command(BaseCommand):
    """Writes the diagrams, or says which are out of date."""

    help = "Draw the state machines and flows into docs/processes."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare only; exit 1 if stale")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.ROOT) / "docs" / "processes"
        stale = []
        for name, wanted in drawings():
            file = folder / name
            if file.exists() and file.read_text(encoding="utf-8") == wanted:
                continue
            stale.append(name)
            if not options["check"]:
                file.write_text(wanted, encoding="utf-8")
        if stale and options["check"]:
            raise CommandError(f"out of date: {', '.join(stale)}; run bin/xinfu draw-states")
        self.stdout.write(f"{len(stale)} drawn" if stale else "all diagrams are up to date")
