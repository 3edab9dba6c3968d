"""Safe bounds for a count of working days that runs into years without a calendar.

For each such year the earliest end takes every weekday and the year's first 12 weekend days
as working, and the latest takes the year's first 23 weekdays as not working; no year
published since 2010 had more of either (``contracts.md``).
"""

import datetime as dt
from enum import StrEnum
from functools import lru_cache

from workflow.calendar.days import Calendar, is_weekend
from workflow.suspensions import Spans

ONE_DAY = dt.timedelta(days=1)
MOST_MAKE_UP_DAYS = 12
MOST_WEEKDAY_HOLIDAYS = 23


class Bound(StrEnum):
    """Which of the two ends is looked for."""

    EARLIEST = "earliest"
    LATEST = "latest"


def beyond(
    day: dt.date, left: int, closed: Spans, calendar: Calendar, bound: Bound
) -> dt.date | None:
    """Count on from a day (itself included) until nothing is left; None after 9999-12-31.

    ``closed`` holds ended suspensions only. Whole years are taken at once where nothing
    interrupts them.
    """
    while True:
        span = closed.covering(day)
        if span is not None and span.resumes is not None:
            day = span.resumes
            continue
        if _is_free_year(day, closed, calendar):
            whole = _working_days(day.year, bound)
            if whole < left:
                left -= whole
                if day.year == dt.MAXYEAR:
                    return None
                day = dt.date(day.year + 1, 1, 1)
                continue
        left -= _is_working(day, calendar, bound)
        if left == 0:
            return day
        if day == dt.date.max:
            return None
        day += ONE_DAY


def _is_free_year(day: dt.date, closed: Spans, calendar: Calendar) -> bool:
    starts = day.month == 1 and day.day == 1
    return starts and not calendar.is_loaded(day.year) and not closed.touch(day.year)


def _is_working(day: dt.date, calendar: Calendar, bound: Bound) -> bool:
    if calendar.is_loaded(day.year):
        return calendar.is_working(day)
    exceptional = day in _exceptions(day.year, bound)
    return exceptional if is_weekend(day) else not exceptional


@lru_cache(maxsize=64)
def _exceptions(year: int, bound: Bound) -> frozenset[dt.date]:
    """Return the weekend days taken as working, or the weekdays taken as not."""
    early = bound is Bound.EARLIEST
    wanted = MOST_MAKE_UP_DAYS if early else MOST_WEEKDAY_HOLIDAYS
    found: list[dt.date] = []
    day = dt.date(year, 1, 1)
    while len(found) < wanted:
        if is_weekend(day) is early:
            found.append(day)
        day += ONE_DAY
    return frozenset(found)


@lru_cache(maxsize=64)
def _working_days(year: int, bound: Bound) -> int:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    length = (last - first).days + 1
    weekdays = sum(
        not is_weekend(first + dt.timedelta(days=offset)) for offset in range(length % 7)
    )
    weekdays += length // 7 * 5
    if bound is Bound.EARLIEST:
        return weekdays + MOST_MAKE_UP_DAYS
    return weekdays - MOST_WEEKDAY_HOLIDAYS
