"""The graph of a procedure, told to viewflow; which roles do its human steps."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from viewflow.workflow import flow
from viewflow.workflow.base import Flow

PERMISSION = "work."
LOCK_TIMEOUT = "10s"


class HumanStep(flow.View):
    """A node done by a person through a command of the process, never by viewflow's own view."""

    def __init__(self, title: str) -> None:
        super().__init__(_no_view)
        self.task_title = title

    @property
    def role(self) -> str | None:
        """Return the capacity that may do it, or None when nobody was named."""
        named = getattr(self, "_owner_permission", None)
        return named.removeprefix(PERMISSION) if named else None


class Passage(flow.Function):
    """A node that an act passes through without anyone's work."""

    def __init__(self, title: str) -> None:
        super().__init__(_no_view)
        self.task_title = title


def _no_view(*args: Any, **kwargs: Any) -> None:
    message = "steps are done through the commands of their process"
    raise RuntimeError(message)


class DomainRowLock:
    """Our lock: a blocking row lock with a time limit on the domain row, never on a process row."""

    def __init__(self, model: Any) -> None:
        self.model = model

    @contextmanager
    def __call__(self, flow_class: type[Flow], process_pk: uuid.UUID) -> Iterator[None]:
        """Hold the row for the rest of the surrounding transaction."""
        lock_rows(self.model, [process_pk])
        yield


def lock_rows(model: Any, keys: list[uuid.UUID]) -> list[Any]:
    """Lock rows in the order of their keys, waiting at most ``LOCK_TIMEOUT``.

    Callers keep the global order: subject → record → case → item → measure.

    :raises LookupError: one of them does not exist.
    :raises django.db.OperationalError: the wait took too long.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = %s", [LOCK_TIMEOUT])
    found = list(model.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    if len(found) != len(set(keys)):
        message = f"{model.__name__}: {len(set(keys)) - len(found)} of the wanted rows are missing"
        raise LookupError(message)
    return found


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One piece of work that the states of a case call for."""

    node: str
    object_table: str
    object_id: uuid.UUID
    department_id: uuid.UUID | None
    due_on: dt.date | None = None
    excluded_user_id: uuid.UUID | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CaseWork:
    """All the work a case calls for, with what its queue rows show."""

    process: str
    case_table: str
    case_id: uuid.UUID
    case_number: str
    subject_id: uuid.UUID | None
    subject_name: str
    title: str
    expected: tuple[Expected, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A procedure as the engine knows it."""

    name: str
    flow: type[Flow]
    nodes: frozenset[str]
    work_of: Callable[[uuid.UUID], CaseWork]
    open_cases: Callable[[], Iterator[uuid.UUID]]


_processes: dict[str, Process] = {}


def register(process: Process) -> None:
    """Make a procedure known; ``config`` composes them."""
    _processes[process.name] = process


def process(name: str) -> Process:
    """Return a procedure by name."""
    return _processes[name]


def processes() -> list[Process]:
    """Return all procedures that were composed."""
    return list(_processes.values())


def step(name: str, node: str) -> HumanStep:
    """Return the human step of a procedure by its node."""
    return getattr(_processes[name].flow, node)
