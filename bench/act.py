"""An audited act against a bare transaction with the same writes, and viewflow's own step."""

import datetime as dt
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.models import Process as ProcessRow
from viewflow.workflow.models import Task

from bench.figures import Figure, median_ms
from bench.stage import Stage
from processes.repair import services as repair
from tests.world import FILED_AT, League, league
from workflow.offices.models import User

WRITES = ("INSERT", "UPDATE", "DELETE")
AT = FILED_AT + dt.timedelta(hours=1)
Statement = tuple[str, Any]


class StockFlow(flow.Flow):
    """viewflow as it comes: a start, one human task, an end."""

    process_class = ProcessRow
    start = flow.StartHandle(lambda activation: None).Next(this.step)
    step = flow.View(lambda request: None).Permission("auth.view_permission").Next(this.end)
    end = flow.End()


class Recorder:
    """Sees every statement: keeps the writes, and times writes and reads apart."""

    def __init__(self) -> None:
        self.writes: list[Statement] = []
        self.seconds = {"writes": 0.0, "reads": 0.0}
        self.count = {"writes": 0, "reads": 0}

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        kind = "writes" if sql.lstrip().upper().startswith(WRITES) else "reads"
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds[kind] += time.perf_counter() - began
            self.count[kind] += 1
            if kind == "writes":
                self.writes.append((sql, params))


def measure(*, quick: bool) -> Iterator[Figure]:
    """Measure the act of acceptance, which moves, journals, writes a letter and deadlines."""
    rounds = 8 if quick else 60
    stage = Stage()
    try:
        with stage.prepared():
            world, cases = _submitted(rounds)
        with stage.copy():
            ours = median_ms(_acceptance(world, key) for key in cases)
        with stage.copy():
            recorded, whole = _record(world, cases)
        with stage.copy() as name, stage.bare(name) as bare:
            floor = median_ms(_replay(bare, each.writes) for each in recorded)
        with stage.copy():
            stock = median_ms(_stock_steps(rounds))
    finally:
        stage.close()
    notes = _profile(recorded, whole)
    yield Figure(
        "audited-act", ours, floor, "ms", None, "lower", "bin/bench audited-act", tuple(notes)
    )
    yield Figure(
        "act-beside-viewflow",
        ours,
        stock,
        "ms",
        None,
        "lower",
        "bin/bench act-beside-viewflow",
        ("floor: assign, start and execute one stock viewflow task; no journal, letter or limit",),
    )


def _submitted(count: int) -> tuple[League, list[uuid.UUID]]:
    world, keys = league(), []
    for index in range(count):
        number = f"朔市监罚〔2026〕{1000 + index}号"
        world.published_record(decision_number=number, decision_number_key=number)
        keys.append(world.submitted().pk)
    return world, keys


def _acceptance(world: League, key: uuid.UUID) -> Any:
    return lambda: repair.accept(case_id=key, actor=world["desk"], at=AT)


def _record(world: League, cases: list[uuid.UUID]) -> tuple[list[Recorder], float]:
    found = []
    began = time.perf_counter()
    for key in cases:
        recorder = Recorder()
        with connection.execute_wrapper(recorder):
            repair.accept(case_id=key, actor=world["desk"], at=AT)
        found.append(recorder)
    return found, (time.perf_counter() - began) * 1000 / len(cases)


def _replay(bare: Any, writes: list[Statement]) -> Any:
    def run() -> None:
        with bare.transaction(), bare.cursor() as cursor:
            for sql, params in writes:
                cursor.execute(sql, params)

    return run


def _profile(recorded: list[Recorder], whole: float) -> list[str]:
    count = len(recorded)

    def mean(kind: str) -> tuple[float, float]:
        seconds = sum(each.seconds[kind] for each in recorded) * 1000 / count
        return seconds, sum(each.count[kind] for each in recorded) / count

    (writes, written), (reads, read) = mean("writes"), mean("reads")
    return [
        f"profile of one act: writes {writes:.1f} ms ({written:.0f} statements), "
        f"locks and reads {reads:.1f} ms ({read:.0f}), "
        f"Python and commit {whole - writes - reads:.1f} ms",
    ]


def _stock_steps(count: int) -> Iterator[Any]:
    user = User.objects.create_user("bench", None, display_name="bench")
    with _flow_started(count) as tasks:
        for task in tasks:
            yield lambda task=task: _stock_step(task, user)


@contextmanager
def _flow_started(count: int) -> Iterator[list[Task]]:
    for _index in range(count):
        StockFlow.start.run()
    yield list(Task.objects.filter(flow_task=StockFlow.step))


def _stock_step(task: Task, user: User) -> None:
    with transaction.atomic(), task.activation() as activation:
        activation.assign(user)
        activation.start(None)
        activation.execute()
