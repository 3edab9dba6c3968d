"""The statute book and the law of one day and place."""

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

from workflow.decisions import Basis, Reason
from workflow.law.texts import (
    Figure,
    Instrument,
    Provision,
    Text,
    UnsoundLaw,
    facts_of,
    read_instrument,
    read_provision,
)

NATIONAL = ("",)


class NoLawInForce(LookupError):
    """Confirm or load a text of this provision for this day: none is in force."""


class NoFigure(LookupError):
    """Confirm the number of this provision: the text in force is known, its figure is not."""


class Statutes:
    """Every provision with its history, read from TOML; opened at a day it becomes a :class:`Law`."""

    def __init__(
        self, instruments: Mapping[str, Instrument], history: Mapping[str, Provision]
    ) -> None:
        self.instruments = dict(instruments)
        self.history = dict(history)
        for provision in self.history.values():
            for text in provision.texts:
                if text.instrument not in self.instruments:
                    raise UnsoundLaw(f"{provision.code}: no instrument {text.instrument!r}")
        self.version = self._digest()

    @classmethod
    def read(cls, files: Iterable[Traversable]) -> "Statutes":
        """Read statute files.

        :raises UnsoundLaw: a code occurs twice, or an entry is unsound.
        """
        instruments: dict[str, Instrument] = {}
        history: dict[str, Provision] = {}
        for file in files:
            raw = tomllib.loads(file.read_text(encoding="utf-8"))
            for code, entry in raw.get("instrument", {}).items():
                _add(instruments, code, read_instrument(code, entry))
            for code, entry in raw.get("provision", {}).items():
                _add(history, code, read_provision(code, entry))
        return cls(instruments, history)

    def overlaid(self, other: "Statutes") -> "Statutes":
        """Return this book with the provisions of another put in place of its own."""
        return Statutes(
            {**self.instruments, **other.instruments}, {**self.history, **other.history}
        )

    def on(self, day: dt.date, *, places: Sequence[str] = ()) -> "Law":
        """Open the book at a day, for a place given as its divisions from region to league."""
        return Law(self, day, places)

    def _digest(self) -> str:
        facts = [
            [facts_of(self.instruments[code]) for code in sorted(self.instruments)],
            [facts_of(self.history[code]) for code in sorted(self.history)],
        ]
        text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


class Law:
    """The provisions in force on one day. A reason cannot be given without one."""

    def __init__(self, book: Statutes, day: dt.date, places: Sequence[str] = ()) -> None:
        self.book, self.day, self.places = book, day, tuple(places)

    @property
    def version(self) -> str:
        return self.book.version

    def on(self, day: dt.date) -> "Law":
        """Return the law of another day in the same place."""
        return Law(self.book, day, self.places)

    def knows(self, code: str) -> bool:
        """Return whether a text of this provision is in force."""
        return self._found(code) is not None

    def text(self, code: str) -> Text:
        """Return the text in force, that of the smallest place first.

        :raises NoLawInForce: when no text answers for this day. A gap is something the
            handler must see; it is never filled with a default.
        """
        text = self._found(code)
        if text is None:
            raise NoLawInForce(f"{code} on {self.day}")
        return text

    def figure(self, code: str) -> Figure:
        """Return the number a provision sets on this day, with its unit.

        :raises NoLawInForce: no text is in force.
        :raises NoFigure: the text sets no number that anyone has seen.
        """
        text, unit = self.text(code), self.book.history[code].unit
        if text.value is None or unit is None:
            raise NoFigure(f"{code} on {self.day}")
        return Figure(code, text.version, text.value, unit)

    def value(self, code: str) -> int:
        """Return the bare number a provision sets on this day.

        :raises NoLawInForce: no text is in force.
        :raises NoFigure: the text sets no number that anyone has seen.
        """
        value = self.text(code).value
        if value is None:
            raise NoFigure(f"{code} on {self.day}")
        return value

    def items(self, code: str) -> tuple[str, ...]:
        """Return the words a provision lists."""
        return self.text(code).items

    def basis(self, code: str) -> Basis:
        """Return the citation. It names an article only when that is sure.

        :raises NoLawInForce: no text is in force.
        """
        text = self.text(code)
        instrument = self.book.instruments[text.instrument]
        article = text.article if text.confidence == "H" else None
        return Basis(
            code, text.version, instrument.cited, instrument.title_en, article, text.confidence
        )

    def reason(
        self,
        provision: str,
        *,
        met: bool,
        found: str,
        found_en: str | None = None,
        code: str | None = None,
    ) -> Reason:
        """Say whether a condition is met, citing the provision that sets it.

        ``code`` names the condition where it has a name of its own beside its provision.

        :raises NoLawInForce: no text is in force.
        """
        english = found if found_en is None else found_en
        return Reason(code or provision, met, found, english, self.basis(provision))

    def _found(self, code: str) -> Text | None:
        provision = self.book.history.get(code)
        if provision is None:
            return None
        for place in (*reversed(self.places), *NATIONAL):
            for text in provision.texts:
                if text.place == place and text.in_force(self.day):
                    return text
        return None


def _add(entries: dict[str, Any], code: str, entry: Any) -> None:
    if code in entries:
        raise UnsoundLaw(f"{code} occurs twice")
    entries[code] = entry
