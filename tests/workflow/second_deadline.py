"""A second calc-deadline, written apart: it walks day by day and reads only the calendar file.

It shares no code with ``workflow``; slow and plain on purpose.
"""

import datetime as dt
import tomllib
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "workflow" / "calendar" / "years.toml"
YEARS = {int(y): v for y, v in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}
OFF = {d for year in YEARS.values() for days in year["holidays"].values() for d in days}
ON = {d for year in YEARS.values() for d in year["make_up"]}
LAST = dt.date(9999, 12, 31)


def works(day: dt.date) -> bool:
    return day in ON or (day.isoweekday() < 6 and day not in OFF)


def nth_of_year(day: dt.date, *, weekend: bool) -> int:
    """Count the days of the same sort from New Year up to this one."""
    first = dt.date(day.year, 1, 1)
    span = ((first + dt.timedelta(n)) for n in range((day - first).days + 1))
    return sum((d.isoweekday() > 5) is weekend for d in span)


def perhaps_works(day: dt.date, *, early: bool) -> bool:
    if day.year in YEARS:
        return works(day)
    weekend = day.isoweekday() > 5
    if early:
        return not weekend or nth_of_year(day, weekend=True) <= 12
    return not weekend and nth_of_year(day, weekend=False) > 23


def corresponding(start: dt.date, months: int) -> dt.date | None:
    year, month = start.year + (start.month - 1 + months) // 12, (start.month - 1 + months) % 12 + 1
    if year > 9999:
        return None
    for day in range(start.day, 27, -1):
        try:
            return dt.date(year, month, day)
        except ValueError:
            continue
    return dt.date(year, month, start.day)


def second(case: dict) -> dict:
    """Answer without a proof; an error is its field and code."""
    start, unit = dt.date.fromisoformat(case["start"]), case["unit"]
    spans = [
        (dt.date.fromisoformat(a), b and dt.date.fromisoformat(b)) for a, b in case["suspensions"]
    ]
    try:
        return walk(start, case["value"], unit, case["roll"], spans)
    except TooLate:
        return {"error": ("value", "range")}
    except TooEarly:
        return {"error": ("start", "range")}


class TooLate(Exception):
    pass


class TooEarly(Exception):
    pass


def length(start, value, unit):
    if unit not in ("month", "year"):
        return value
    end = corresponding(start, value * (12 if unit == "year" else 1))
    if end is None:
        raise TooLate
    return (end - start).days


def walk(start, value, unit, roll, spans):
    left, day = length(start, value, unit), start
    while left:
        if day == LAST:
            raise TooLate
        day += dt.timedelta(1)
        covering = [s for s in spans if s[0] <= day and (s[1] is None or day < s[1])]
        if covering:
            if covering[0][1] is None:
                return answer(suspended=True, remaining=left)
            continue
        if unit != "working_day":
            left -= 1
        elif day.year < min(YEARS):
            raise TooEarly
        elif day.year not in YEARS:
            return guess(day, left, spans)
        elif works(day):
            left -= 1
    return rolled(day) if roll and unit != "working_day" else answer(due=day)


def rolled(end):
    day = end
    while True:
        if day.year < min(YEARS):
            raise TooEarly
        if day.year not in YEARS:
            return answer(provisional=True, earliest=end, latest=end + dt.timedelta(10))
        if works(day):
            return answer(due=day)
        day += dt.timedelta(1)


def guess(first, left, spans):
    closed = [s for s in spans if s[1] is not None]
    ends = []
    for early in (True, False):
        day, wanted = first - dt.timedelta(1), left
        while wanted:
            day += dt.timedelta(1)
            if any(a <= day < b for a, b in closed):
                continue
            wanted -= perhaps_works(day, early=early)
        ends.append(day)
    opened = [s[0] for s in spans if s[1] is None]
    return answer(
        provisional=True,
        earliest=ends[0],
        latest=ends[1],
        suspended=bool(opened) and opened[0] <= ends[0],
    )


def answer(
    due=None, *, provisional=False, suspended=False, remaining=None, earliest=None, latest=None
):
    found = {"due": due and due.isoformat(), "provisional": provisional, "suspended": suspended}
    if remaining is not None:
        found["remaining"] = remaining
    if provisional:
        found |= {"earliest": earliest.isoformat(), "latest": latest.isoformat()}
    return found
