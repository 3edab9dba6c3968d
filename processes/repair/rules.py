"""May this record be repaired? One pure function behind pre-check and decision alike."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from processes.records.rules import (
    PublicationTerm,
    next_rule_set,
    publication_term,
    rule_set_on,
)
from processes.repair.conditions import conditions, object_conditions
from processes.repair.repair_facts import RepairFacts
from workflow.decisions import Decision, Reason
from workflow.law import Law

ONE_DAY = dt.timedelta(days=1)
TIME_ALONE = frozenset({"minimum-publication", "no-bar"})


class Verdict(StrEnum):
    """What an applicant may do today."""

    ELIGIBLE = "eligible"
    NOT_YET = "not_yet"
    NOT_ELIGIBLE = "not_eligible"
    NO_OBJECT = "no_object"


@dataclass(frozen=True)
class RepairDecision(Decision):
    """The verdict with its days. ``next_rule_set`` names one that is known and not yet in force.

    ``earliest`` is the first day of eligibility when what is missing is supplied today, and
    None when nothing can supply it or no day remains.
    """

    verdict: Verdict
    rule_set: str
    earliest: dt.date | None
    latest_end: dt.date | None
    next_rule_set: str | None
    earliest_next_rule_set: dt.date | None
    law_version: str

    def as_dict(self) -> dict[str, Any]:
        """Return the answer of ``check-eligibility`` without its id."""
        found = {
            "verdict": self.verdict.value,
            "earliest": _iso(self.earliest),
            "latest_end": _iso(self.latest_end),
            "rule_set": self.rule_set,
            "conditions": [reason.as_dict() for reason in self.reasons],
            "law": self.law_version,
        }
        if self.next_rule_set is not None:
            found["next_rule_set"] = self.next_rule_set
            found["earliest_next_rule_set"] = _iso(self.earliest_next_rule_set)
        return found


def may_be_repaired(facts: RepairFacts, law: Law) -> RepairDecision:
    """Decide whether a record on a family of sites may be repaired on the law's day.

    That day is the day of application. Whether there is anything to repair is decided first;
    every condition is examined even after one fails.

    :raises NoLawInForce: the day is before the family's first rule set.
    """
    rule_set = rule_set_on(facts.family, law)
    term = publication_term(facts.record, rule_set, law)
    objects = object_conditions(facts, term, law)
    if not all(reason.met for reason in objects):
        return _decision(facts, law, term, Verdict.NO_OBJECT, objects, earliest=None)
    reasons = conditions(facts, term, law)
    earliest = _earliest(facts, term, law, from_day=law.day)
    verdict = _verdict(reasons, earliest)
    if verdict is Verdict.ELIGIBLE:
        earliest = None
    return _decision(facts, law, term, verdict, reasons, earliest)


def _verdict(reasons: tuple[Reason, ...], earliest: dt.date | None) -> Verdict:
    unmet = {reason.code for reason in reasons if not reason.met}
    if not unmet:
        return Verdict.ELIGIBLE
    if unmet <= TIME_ALONE and earliest is not None:
        return Verdict.NOT_YET
    return Verdict.NOT_ELIGIBLE


def _earliest(
    facts: RepairFacts, term: PublicationTerm, law: Law, *, from_day: dt.date
) -> dt.date | None:
    """Return the first day on which time is no obstacle, if that day is still within the maximum."""
    by_code = {reason.code: reason for reason in conditions(facts, term, law)}
    last_closed = [
        day for day in (from_day - ONE_DAY, term.earliest_end, facts.bar_until) if day is not None
    ]
    latest = term.latest_end
    if not by_code["repairable"].met or latest is None or max(last_closed) >= latest:
        return None
    return max(last_closed) + ONE_DAY


def _decision(
    facts: RepairFacts,
    law: Law,
    term: PublicationTerm,
    verdict: Verdict,
    reasons: tuple[Reason, ...],
    earliest: dt.date | None,
) -> RepairDecision:
    later = next_rule_set(facts.family, law)
    open_question = verdict in (Verdict.NOT_YET, Verdict.NOT_ELIGIBLE)
    return RepairDecision(
        reasons=reasons,
        verdict=verdict,
        rule_set=term.rule_set.code,
        earliest=earliest,
        latest_end=term.latest_end,
        next_rule_set=later[0].code if later else None,
        earliest_next_rule_set=_under_next(facts, law) if open_question else None,
        law_version=law.version,
    )


def _under_next(facts: RepairFacts, law: Law) -> dt.date | None:
    """Return the same first day under the next rule set, which answers from its own first day."""
    later = next_rule_set(facts.family, law)
    if later is None:
        return None
    rule_set, its_law = later
    term = publication_term(facts.record, rule_set, its_law)
    if term.unpublished is not None:
        return None
    return _earliest(facts, term, its_law, from_day=its_law.day)


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
