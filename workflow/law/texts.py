"""What a statute book holds: instruments, provisions and their dated texts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

from workflow.periods import Unit

CONFIDENCES = frozenset("HMLX")


class UnsoundLaw(ValueError):
    """Correct the statute book: an entry is incomplete, contradictory or overlapping."""


@dataclass(frozen=True)
class Instrument:
    """A law, regulation, rule or policy document, or the office's own standard."""

    code: str
    title: str
    title_en: str
    number: str | None = None

    @property
    def cited(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title


@dataclass(frozen=True)
class Text:
    """One version of a provision: in force from ``since`` until the day before ``until``.

    ``since`` is None when nobody has verified the start: such a text answers on no day.
    ``confidence`` speaks of the number, ``confidence_start`` of the event the term runs from.
    ``place`` is the six-digit division the text is limited to; empty means the whole country.
    """

    instrument: str
    confidence: str
    sources: tuple[str, ...]
    since: dt.date | None = None
    until: dt.date | None = None
    value: int | None = None
    items: tuple[str, ...] = ()
    confidence_start: str | None = None
    article: str | None = None
    quote: str | None = None
    place: str = ""
    default_by_analogy: bool = False
    needs_review: bool = False

    @property
    def version(self) -> str:
        return self.since.isoformat() if self.since else "undated"

    def in_force(self, day: dt.date) -> bool:
        return (
            self.since is not None
            and self.since <= day
            and (self.until is None or day < self.until)
        )


@dataclass(frozen=True)
class Provision:
    """A figure or a condition under a stable code, with its texts in order of time."""

    code: str
    rule_set: str
    topic: str
    means: str
    means_en: str
    texts: tuple[Text, ...]
    unit: Unit | None = None
    start_event: str | None = None


@dataclass(frozen=True)
class Figure:
    """A number of the law with its unit and where it stands."""

    provision: str
    version: str
    value: int
    unit: Unit


def read_instrument(code: str, raw: Mapping[str, Any]) -> Instrument:
    return Instrument(code=code, **raw)


def read_provision(code: str, raw: Mapping[str, Any]) -> Provision:
    """Read one provision.

    :raises UnsoundLaw: a field is unknown or missing, or two texts answer for one day.
    """
    try:
        texts = tuple(_read_text(each) for each in raw["text"])
        rest = {name: value for name, value in raw.items() if name != "text"}
        if "unit" in rest:
            rest["unit"] = Unit(rest["unit"])
        provision = Provision(code=code, texts=texts, **rest)
    except (KeyError, TypeError, ValueError) as error:
        raise UnsoundLaw(f"{code}: {error}") from error
    _refuse_overlap(provision)
    return provision


def _read_text(raw: Mapping[str, Any]) -> Text:
    lists = {name: tuple(raw[name]) for name in ("sources", "items") if name in raw}
    text = Text(**{**raw, **lists})
    if not text.sources:
        raise ValueError("a text without a source")
    if text.confidence not in CONFIDENCES:
        raise ValueError(f"confidence {text.confidence!r}")
    if text.since and text.until and text.until <= text.since:
        raise ValueError(f"a text that ends on {text.until} before it begins")
    return text


def _refuse_overlap(provision: Provision) -> None:
    for place in {text.place for text in provision.texts}:
        dated = sorted(
            (t.since, t.until or dt.date.max)
            for t in provision.texts
            if t.place == place and t.since is not None
        )
        for before, after in pairwise(dated):
            if after[0] < before[1]:
                raise UnsoundLaw(f"{provision.code}: two texts answer on {after[0]}")


def facts_of(entry: Instrument | Provision | Text) -> dict[str, Any]:
    """Return an entry as plain values, for the digest of the book."""
    found: dict[str, Any] = {}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if isinstance(value, dt.date):
            value = value.isoformat()
        elif field.name == "texts":
            value = [facts_of(text) for text in value]
        found[field.name] = value
    return found
