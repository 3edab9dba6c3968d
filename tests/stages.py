"""The league at a stage of a repair, committed, in a database of the test's own.

A stage is brought about once per run by the real commands; each test gets a copy, in which it may
commit, start threads and kill processes.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import connections

from processes.repair import services as repair
from processes.repair.models import RepairCase, RepairItem
from tests import databases
from tests.conftest import point_django_at
from tests.world import League, league, lines_of

MISSING = [{"item": "整改照片", "how": "补充清晰照片"}]


def _empty(world: League) -> None:
    """Found the league and nothing else."""


def _severity_open(world: League) -> None:
    world.registered_record()


def _published(world: League) -> None:
    world.published_record()


def _supplement_requested(world: League) -> RepairCase:
    case = world.submitted()
    return repair.request_supplement(
        case_id=case.pk, missing=MISSING, actor=world["desk"], at=world.after(hours=1)
    )


def _one_line_left(world: League) -> RepairCase:
    case = world.approved()
    for line in lines_of(case)[:-1]:
        world.confirm(line.pk, keeper=world.keeper_of(line))
    return case


STAGES: dict[str, Callable[[League], RepairCase | None]] = {
    "empty": _empty,
    "severity-open": _severity_open,
    "published": _published,
    "draft": League.draft,
    "submitted": League.submitted,
    "supplement-requested": _supplement_requested,
    "accepted": League.accepted,
    "proposed": League.proposed,
    "refusal-proposed": lambda world: world.proposed(outcome="refuse"),
    "approved": League.approved,
    "one-line-left": _one_line_left,
    "completed": League.completed,
}


@dataclass(frozen=True)
class Stage:
    """A copy of a stage: the database, everyone in it, and the case if there is one yet."""

    database: str
    world: League
    case: RepairCase | None = None

    @property
    def item(self) -> RepairItem:
        """Return the only item of the case, as it stands in the database now."""
        return RepairItem.objects.get(case=self.case)


_made: dict[str, Stage] = {}


def _make(server: databases.Server, template: str, name: str) -> Stage:
    if name not in _made:
        database = databases.copy(server, template)
        point_django_at(server, database)
        world = league()
        case = STAGES[name](world)
        connections["default"].close()
        _made[name] = Stage(database, world, case)
    return _made[name]


@pytest.fixture(scope="session")
def stage_templates(database_server) -> Iterator[None]:
    """Drop the databases of all stages when the run is over."""
    yield
    for made in _made.values():
        databases.drop(database_server, made.database)
    _made.clear()


@pytest.fixture
def at_stage(
    database_server, database_template, django_db_setup, django_db_blocker, stage_templates
) -> Iterator[Callable[[str], Stage]]:
    """Open a copy of a stage; Django's connections go there until the next call or the end."""
    before = connections.settings["default"]["NAME"]
    opened: list[str] = []

    def open_copy(name: str) -> Stage:
        made = _make(database_server, database_template, name)
        opened.append(databases.copy(database_server, made.database))
        point_django_at(database_server, opened[-1])
        return Stage(opened[-1], copy.deepcopy(made.world), made.case)

    with django_db_blocker.unblock():
        yield open_copy
        connections["default"].close()
        point_django_at(database_server, before)
    for name in opened:
        databases.drop(database_server, name)
