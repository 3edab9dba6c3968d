"""What the ledger is told by the composition: the statute book, and what its rungs set off."""

import datetime as dt
from typing import Protocol

from workflow.calendar import CALENDAR, Calendar
from workflow.deadlines.models import Deadline
from workflow.law import Statutes
from workflow.outbox import services as outbox

TOPIC = "deadline.rung"


class RungHandler(Protocol):
    """Reminds of a limit. It takes no lock on a case: the ledger's row is locked already."""

    def __call__(
        self, deadline: Deadline, *, code: str, due_on: dt.date, at: dt.datetime
    ) -> None: ...


class Passing(Protocol):
    """Does what the passing of a statutory limit does, as an act that takes its own locks."""

    def __call__(self, deadline: Deadline, *, on: dt.date, at: dt.datetime) -> None: ...


class NoStatutes(LookupError):
    """Name a statute book with ``use_statutes`` before a limit is opened."""


class NoPassing(LookupError):
    """Register what the passing of this kind of statutory limit does before opening one."""


_rung_handlers: dict[str, RungHandler] = {}
_passings: dict[str, Passing] = {}
_books: list[Statutes] = []


def register_rung_handler(kind: str, handler: RungHandler) -> None:
    """Let the reminders of a kind of limit do something other than announce themselves."""
    _rung_handlers[kind] = handler


def register_passing(kind: str, passing: Passing) -> None:
    """Say what happens by itself when a statutory limit of this kind passes."""
    _passings[kind] = passing


def rung_handler(kind: str) -> RungHandler:
    return _rung_handlers.get(kind, announce_rung)


def passing(kind: str) -> Passing:
    """Return what the passing does.

    :raises NoPassing: nobody registered one.
    """
    try:
        return _passings[kind]
    except KeyError:
        raise NoPassing(kind) from None


def use_statutes(book: Statutes) -> None:
    """Let the ledger take the length of limits from this book."""
    _books[:] = [book]


def statutes() -> Statutes:
    """Return the statute book in use.

    :raises NoStatutes: the composition named none.
    """
    if not _books:
        raise NoStatutes
    return _books[0]


def calendar() -> Calendar:
    """Return the calendar the ledger counts by."""
    return CALENDAR


def announce_rung(deadline: Deadline, *, code: str, due_on: dt.date, at: dt.datetime) -> None:
    """Tell the post room, with everything it needs to write a reminder."""
    payload = {
        "deadline_id": str(deadline.pk),
        "code": code,
        "rung_on": due_on.isoformat(),
        "kind": deadline.kind,
        "effect": deadline.effect,
        "due_on": deadline.due_on.isoformat() if deadline.due_on else None,
        "provision": deadline.provision_id,
        "object_table": deadline.object_table,
        "object_id": str(deadline.object_id),
        "case_table": deadline.case_table,
        "case_id": str(deadline.case_id),
        "case_number": deadline.case_number,
        "department_id": str(deadline.department_id) if deadline.department_id else None,
    }
    outbox.announce(topic=TOPIC, payload=payload, at=at, owner_department=deadline.department)
