"""When a term of the law ends: days, months and years, rest days and suspensions.

The day of the event is not counted. A term in months or years becomes the calendar days up
to its corresponding day (else the month's last) before suspended days are left out. A count
that needs a day of an unpublished year has bounds instead of an end.
"""

import calendar as gregorian
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from workflow.calendar.days import Calendar
from workflow.period_bounds import Bound, beyond
from workflow.suspensions import Spans, Suspension

ONE_DAY = dt.timedelta(days=1)
LAST_DAY = dt.date.max.toordinal()
MONTHS_IN_YEAR = 12
LONGEST_ROLL = dt.timedelta(days=10)  # contracts.md: no published run of rest days is longer


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class EndsTooLate(ValueError):
    """Choose a shorter term: this one ends after 9999-12-31."""


class BeforeTheCalendar(ValueError):
    """Choose a later start: the count needs a day before the first published year."""


@dataclass(frozen=True)
class Term:
    """So many units after a day, with the suspensions that interrupt them."""

    start: dt.date
    value: int
    unit: Unit
    roll: bool = False
    suspensions: tuple[Suspension, ...] = ()


@dataclass(frozen=True)
class Reckoning:
    """Where a term ends, or why that cannot be said yet.

    ``stop`` is the last day the count looked at with certainty, before any rolling.
    ``remaining`` is in working days for that unit and in calendar days for all others.
    """

    term: Term
    calendar_version: str
    stop: dt.date
    due: dt.date | None = None
    suspended: bool = False
    provisional: bool = False
    remaining: int | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None


class _Interrupted(Exception):
    """The count met the first day of an open suspension, or a year nobody has published."""

    def __init__(self, day: dt.date, left: int, *, unknown: bool) -> None:
        self.day, self.left, self.unknown = day, left, unknown


def add_months(start: dt.date, months: int) -> dt.date:
    """Return the corresponding day so many months later, else that month's last day.

    :raises EndsTooLate: that month lies beyond the year 9999.
    """
    count = start.year * MONTHS_IN_YEAR + start.month - 1 + months
    year, month = divmod(count, MONTHS_IN_YEAR)
    if year > dt.MAXYEAR:
        raise EndsTooLate
    last = gregorian.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(start.day, last))


def reckon(term: Term, calendar: Calendar) -> Reckoning:
    """Find the end of a term.

    :raises EndsTooLate: it ends after 9999-12-31.
    :raises BeforeTheCalendar: it needs a day before the first published year.
    """
    spans = Spans(term.suspensions)
    if term.value == 0:
        return _finished(term, calendar, term.start)
    try:
        if term.unit is Unit.WORKING_DAY:
            end = _count_working_days(term, spans, calendar)
        else:
            end = _count_days(term.start, in_days(term), spans)
    except _Interrupted as stopped:
        if stopped.unknown:
            return _provisional(term, spans, calendar, stopped)
        return Reckoning(
            term, calendar.version, stopped.day, suspended=True, remaining=stopped.left
        )
    return _finished(term, calendar, end)


def in_days(term: Term) -> int:
    """Turn a term in days, months or years into calendar days.

    :raises EndsTooLate: its corresponding day lies beyond the year 9999.
    """
    if term.unit is Unit.DAY:
        return term.value
    months = term.value * (MONTHS_IN_YEAR if term.unit is Unit.YEAR else 1)
    return (add_months(term.start, months) - term.start).days


def _count_working_days(term: Term, spans: Spans, calendar: Calendar) -> dt.date:
    day, left = term.start, term.value
    while left:
        day = _after(day)
        span = spans.covering(day)
        if span is not None:
            if span.resumes is None:
                raise _Interrupted(day, left, unknown=False)
            day = span.resumes - ONE_DAY
        elif _known(day, calendar):
            left -= calendar.is_working(day)
        else:
            raise _Interrupted(day, left, unknown=True)
    return day


def _count_days(start: dt.date, days: int, spans: Spans) -> dt.date:
    last = start.toordinal()
    for span in spans.ordered:
        first = max(span.first.toordinal(), last + 1)
        free = first - 1 - last
        if days <= free:
            break
        if span.resumes is None:
            if first > LAST_DAY:
                raise EndsTooLate
            raise _Interrupted(dt.date.fromordinal(first), days - free, unknown=False)
        if span.resumes.toordinal() > first:
            days -= free
            last = span.resumes.toordinal() - 1
    if last + days > LAST_DAY:
        raise EndsTooLate
    return dt.date.fromordinal(last + days)


def _finished(term: Term, calendar: Calendar, end: dt.date) -> Reckoning:
    """Roll the end where the term says so. A count of working days ends where it ends."""
    due = end
    if term.roll and term.unit is not Unit.WORKING_DAY:
        while _known(due, calendar):
            if calendar.is_working(due):
                break
            due = _after(due)
        else:
            return _only_rolls(term, calendar, end)
    return Reckoning(term, calendar.version, end, due=due)


def _only_rolls(term: Term, calendar: Calendar, end: dt.date) -> Reckoning:
    if dt.date.max - end < LONGEST_ROLL:
        raise EndsTooLate
    return Reckoning(
        term,
        calendar.version,
        end,
        provisional=True,
        earliest=end,
        latest=end + LONGEST_ROLL,
    )


def _provisional(term: Term, spans: Spans, calendar: Calendar, stopped: _Interrupted) -> Reckoning:
    """Bound the end as if an open suspension were not there; say if it is sure to interrupt."""
    closed = spans.closed()
    earliest, latest = (
        beyond(stopped.day, stopped.left, closed, calendar, bound) for bound in Bound
    )
    if earliest is None or latest is None:
        raise EndsTooLate
    return Reckoning(
        term,
        calendar.version,
        max(stopped.day - ONE_DAY, term.start),
        provisional=True,
        suspended=spans.open is not None and spans.open.first <= earliest,
        earliest=earliest,
        latest=latest,
    )


def _known(day: dt.date, calendar: Calendar) -> bool:
    if day.year < calendar.first_year:
        raise BeforeTheCalendar
    return calendar.is_loaded(day.year)


def _after(day: dt.date) -> dt.date:
    if day == dt.date.max:
        raise EndsTooLate
    return day + ONE_DAY
