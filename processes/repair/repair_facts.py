"""What is known of one record on one family of sites when repair is asked for."""

import datetime as dt
from dataclasses import dataclass

from processes.records.rules import Family, RecordFacts


@dataclass(frozen=True)
class RepairFacts:
    """The record and what its subject has done; a None is not known and so not shown.

    ``duties_complete`` means all of several: partial performance is none (HC-17).
    ``bar_until`` is the last barred day. ``unrepairable_basis`` names the law or central policy
    that excludes the repair.
    """

    family: Family
    record: RecordFacts
    corrected_on: dt.date | None = None
    duties_performed_on: dt.date | None = None
    duties_complete: bool = False
    promise_published_on: dt.date | None = None
    act_revoked_on: dt.date | None = None
    bar_until: dt.date | None = None
    unrepairable_basis: str | None = None

    def corrected(self, on: dt.date) -> bool:
        return self.corrected_on is not None and self.corrected_on <= on

    def performed(self, on: dt.date) -> bool:
        day = self.duties_performed_on
        return self.duties_complete and (day is None or day <= on)

    def promised(self, on: dt.date) -> bool:
        return self.promise_published_on is not None and self.promise_published_on <= on

    def revoked(self, on: dt.date) -> bool:
        return self.act_revoked_on is not None and self.act_revoked_on <= on

    def barred(self, on: dt.date) -> bool:
        return self.bar_until is not None and on <= self.bar_until
