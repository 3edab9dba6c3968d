"""The league at a stage of a repair, committed, in a database of the test's own.

A stage is brought about once per run by the real commands; each test gets a copy, in which it may
commit, start threads and kill processes.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import connections

from processes.repair import services as repair
from processes.repair.models import RepairCase, RepairItem
from tests import databases
from tests.conftest import point_django_at
from tests.world import League, league, lines_of

MISSING = [{"item": "整改照片", "how": "补充清晰照片"}]

TALKATIVE = "李四垫付了全部罚款，电话13800138000。"
PERSON = {
    "counterpart_name": "欧阳漫步",
    "counterpart_kind": "person",
    "credit_code": "",
    "document_type": "身份证",
    "document_number": "11010519491231002X",
}


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


def _completed_by_a_person(world: League) -> RepairCase:
    world.published_record(**PERSON)
    return world.completed(statement=TALKATIVE)


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
    "completed": lambda world: world.completed(statement=TALKATIVE),
    "completed-by-a-person": _completed_by_a_person,
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


class Copies:
    """Opens copies of stages; Django's connections go to the one opened last, until the end."""

    def __init__(self, server: databases.Server, template: str) -> None:
        self.server, self.template = server, template
        self.before = connections.settings["default"]["NAME"]
        self.opened: list[str] = []

    def __call__(self, name: str) -> Stage:
        made = _make(self.server, self.template, name)
        self.opened.append(databases.copy(self.server, made.database))
        point_django_at(self.server, self.opened[-1])
        return Stage(self.opened[-1], copy.deepcopy(made.world), made.case)

    def close(self) -> None:
        """Go back to where Django was, and drop the copies."""
        connections["default"].close()
        point_django_at(self.server, self.before)
        for name in self.opened:
            databases.drop(self.server, name)


@contextmanager
def _copies(server: databases.Server, template: str, blocker: object) -> Iterator[Copies]:
    with blocker.unblock():
        copies = Copies(server, template)
        try:
            yield copies
        finally:
            copies.close()


@pytest.fixture
def at_stage(
    database_server, database_template, django_db_setup, django_db_blocker, stage_templates
) -> Iterator[Copies]:
    """Open copies of stages for one test."""
    with _copies(database_server, database_template, django_db_blocker) as copies:
        yield copies


@pytest.fixture(scope="module")
def module_at_stage(
    database_server, database_template, django_db_setup, django_db_blocker, stage_templates
) -> Iterator[Copies]:
    """Open copies of stages that all tests of a module share: none of them may leave a trace."""
    with _copies(database_server, database_template, django_db_blocker) as copies:
        yield copies
