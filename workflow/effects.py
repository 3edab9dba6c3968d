"""What an act does, as data: pure acts return these, one interpreter applies them."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One state change of one object: the tie between a row and its event."""

    table: str
    id: uuid.UUID
    version: int
    before: str | None
    after: str

    def as_dict(self) -> dict[str, Any]:
        """Return the form that is hashed."""
        return {
            "table": self.table,
            "id": str(self.id),
            "version": self.version,
            "from": self.before,
            "to": self.after,
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Ref:
    """An object by table and key."""

    table: str
    id: uuid.UUID


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Base of all effects."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Create(Effect):
    """A new object with a state, at version 1, with the event of its beginning."""

    ref: Ref
    event: str
    values: Mapping[str, Any]
    data: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    leaves: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Move(Effect):
    """A transition of one object, the facts that come with it, and its event."""

    ref: Ref
    via: str
    event: str
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    data: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    leaves: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    documents: tuple[tuple[uuid.UUID, str], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Note(Effect):
    """Something that happened without a change of state."""

    event: str
    data: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    leaves: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    documents: tuple[tuple[uuid.UUID, str], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeadline(Effect):
    """A limit starts to run; its length comes from the provision in force."""

    ref: Ref
    kind: str
    provision: str
    start_on: dt.date
    department_id: uuid.UUID | None = None
    statutory: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SuspendDeadline(Effect):
    """A running limit stops: ``first_day`` is the first day that no longer counts."""

    ref: Ref
    kind: str
    first_day: dt.date
    ground: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ResumeDeadline(Effect):
    """A stopped limit runs again: ``first_day`` is the first day that counts again."""

    ref: Ref
    kind: str
    first_day: dt.date


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MeetDeadline(Effect):
    """What the limit asked for was done."""

    ref: Ref
    kind: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CancelDeadlines(Effect):
    """The object ended; whatever still runs for it has lost its purpose."""

    ref: Ref


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IssueLetter(Effect):
    """A letter gets its number and its frozen content now; the post room renders and sends it.

    ``attach_to`` names the column of ``ref`` that keeps the letter, if any.
    """

    template: str
    department_id: uuid.UUID
    snapshot: Mapping[str, Any]
    addressee: Mapping[str, Any]
    ref: Ref | None = None
    attach_to: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tell(Effect):
    """A message to the inbox of people, with everything it says frozen."""

    kind: str
    snapshot: Mapping[str, Any]
    subject_id: uuid.UUID | None = None
    user_ids: tuple[uuid.UUID, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Announce(Effect):
    """The outside hears through the outbox."""

    topic: str
    payload: Mapping[str, Any]
