"""Days that do not count, and finding whether a day is one of them."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Suspension:
    """Days that do not count, from ``first`` until ``resumes``, which counts again.

    ``resumes`` is None while nobody has resumed the count.
    """

    first: dt.date
    resumes: dt.date | None

    def __post_init__(self) -> None:
        if self.resumes is not None and self.resumes < self.first:
            raise ValueError(f"A suspension from {self.first} cannot end on {self.resumes}.")

    @property
    def empty(self) -> bool:
        return self.first == self.resumes


class Spans:
    """The suspensions that suspend anything, in order, with the open one last."""

    def __init__(self, suspensions: Iterable[Suspension]) -> None:
        self.ordered = sorted(
            (each for each in suspensions if not each.empty), key=lambda each: each.first
        )
        self._firsts = [each.first for each in self.ordered]

    @property
    def open(self) -> Suspension | None:
        return self.ordered[-1] if self.ordered and self.ordered[-1].resumes is None else None

    def closed(self) -> "Spans":
        return Spans(each for each in self.ordered if each.resumes is not None)

    def covering(self, day: dt.date) -> Suspension | None:
        """Return the suspension this day falls in."""
        found = bisect_right(self._firsts, day) - 1
        if found < 0:
            return None
        span = self.ordered[found]
        return span if span.resumes is None or day < span.resumes else None

    def touch(self, year: int) -> bool:
        """Return whether any suspension falls into a year."""
        found = bisect_right(self._firsts, dt.date(year, 12, 31)) - 1
        if found < 0:
            return False
        resumes = self.ordered[found].resumes
        return resumes is None or resumes > dt.date(year, 1, 1)
