"""What kind of day a date is, as far as the State Council has published it."""

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Any

SATURDAY = 5


class Kind(StrEnum):
    """The four kinds of day; only ``weekday`` and ``make_up`` are working days."""

    WEEKDAY = "weekday"
    MAKE_UP = "make_up"
    REST = "rest"
    HOLIDAY = "holiday"


class YearNotLoaded(LookupError):
    """Load the calendar of this year before asking whether one of its days is a working day."""


@dataclass(frozen=True)
class Day:
    """One date with its kind and, where a notice made it so, the festival and the notice."""

    date: dt.date
    kind: Kind
    name: str | None
    source: str | None

    @property
    def working(self) -> bool:
        return self.kind in (Kind.WEEKDAY, Kind.MAKE_UP)


@dataclass(frozen=True)
class Year:
    """A published year: its holidays by date with the festival's name, and its make-up days.

    :raises ValueError: a day of another year, a make-up day that is a weekday anyway, or a
        day that would be both.
    """

    number: int
    source: str
    holidays: Mapping[dt.date, str]
    make_up: frozenset[dt.date]

    def __post_init__(self) -> None:
        for day in (*self.holidays, *self.make_up):
            if day.year != self.number:
                raise ValueError(f"{day} is not a day of {self.number}")
        for day in self.make_up:
            if day in self.holidays or not is_weekend(day):
                raise ValueError(f"{day} cannot be a make-up working day")

    @classmethod
    def read(cls, number: int, raw: Mapping[str, Any]) -> "Year":
        holidays = {day: name for name, days in raw["holidays"].items() for day in days}
        return cls(number, raw["source"], holidays, frozenset(raw["make_up"]))

    def facts(self) -> list[object]:
        """Return what the digest covers, in one order."""
        holidays = sorted((day.isoformat(), name) for day, name in self.holidays.items())
        return [self.number, self.source, holidays, sorted(d.isoformat() for d in self.make_up)]


class Calendar:
    """The loaded years. A day of any other year has no answer: it is never guessed."""

    def __init__(self, years: Iterable[Year]) -> None:
        self._years = {year.number: year for year in years}
        if not self._years:
            raise ValueError("A calendar needs at least one year.")
        self.first_year = min(self._years)
        self.last_year = max(self._years)
        facts = [self._years[number].facts() for number in sorted(self._years)]
        text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        self.version = hashlib.sha256(text.encode()).hexdigest()[:16]

    @classmethod
    def read(cls, text: str) -> "Calendar":
        return cls(Year.read(int(number), raw) for number, raw in tomllib.loads(text).items())

    def with_year(self, year: Year) -> "Calendar":
        """Return a calendar in which this year is added or replaced."""
        return Calendar([*(y for y in self._years.values() if y.number != year.number), year])

    def without_year(self, number: int) -> "Calendar":
        return Calendar(y for y in self._years.values() if y.number != number)

    def is_loaded(self, number: int) -> bool:
        return number in self._years

    def is_working(self, date: dt.date) -> bool:
        """Return whether people work on this date.

        :raises YearNotLoaded: nobody has published that year yet.
        """
        year = self._year(date)
        if is_weekend(date):
            return date in year.make_up
        return date not in year.holidays

    def day(self, date: dt.date) -> Day:
        """Return the date with its kind and source.

        :raises YearNotLoaded: nobody has published that year yet.
        """
        year = self._year(date)
        if date in year.holidays:
            return Day(date, Kind.HOLIDAY, year.holidays[date], year.source)
        if date in year.make_up:
            return Day(date, Kind.MAKE_UP, None, year.source)
        return Day(date, Kind.REST if is_weekend(date) else Kind.WEEKDAY, None, None)

    def _year(self, date: dt.date) -> Year:
        try:
            return self._years[date.year]
        except KeyError:
            raise YearNotLoaded(str(date.year)) from None


def is_weekend(date: dt.date) -> bool:
    return date.weekday() >= SATURDAY


CALENDAR = Calendar.read(
    resources.files("workflow.calendar").joinpath("years.toml").read_text(encoding="utf-8")
)
