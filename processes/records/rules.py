"""How long a record is public on a family of sites, and which class its penalties suggest."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from workflow.calendar.days import CALENDAR
from workflow.decisions import Basis
from workflow.law import Law, NoLawInForce
from workflow.periods import Term, reckon


class Family(StrEnum):
    """Whose rules a site follows: 信用中国, or the enterprise publicity system 国家企业信用信息公示系统."""

    CREDIT_CHINA = "credit-china"
    NECIPS = "necips"


class Severity(StrEnum):
    """轻微, 一般, 严重: as the determining unit says, never as a table does."""

    MINOR = "minor"
    GENERAL = "general"
    SERIOUS = "serious"


class Field(StrEnum):
    """The five fields with a longer minimum under Order 58."""

    FOOD = "food"
    DRUG = "drug"
    SPECIAL_EQUIPMENT = "special_equipment"
    WORK_SAFETY = "work_safety"
    FIRE = "fire"


@dataclass(frozen=True)
class RecordFacts:
    """What the rules need to know of a penalty record on one site.

    ``published_on`` is the day that site began to show it; ``restriction_until`` the end of a
    business or employment restriction that the penalty imposes.
    """

    severity: Severity
    types: tuple[str, ...]
    decided_on: dt.date | None = None
    published_on: dt.date | None = None
    field: Field | None = None
    restriction_until: dt.date | None = None


@dataclass(frozen=True)
class Period:
    """The provisions that bound a publication. ``automatic``: it ends by itself, unasked."""

    minimum: str | None
    maximum: str
    automatic: bool = False


@dataclass(frozen=True)
class RuleSet:
    """The rules of a family of sites in one epoch; ``prefix`` begins its provision codes."""

    code: str
    prefix: str
    start: str
    uses_severity: bool
    period: Callable[[RecordFacts, Law], Period]

    @property
    def regime(self) -> str:
        return f"{self.prefix}.regime"


@dataclass(frozen=True)
class PublicationTerm:
    """From when until when a record is public on a site, and the provisions that say so.

    ``earliest_end`` is the last day of the minimum: the right to apply opens the day after.
    ``latest_end`` is the last day anything is visible. Both are None before the start is known.
    ``maximum`` cites the restriction instead where one prolongs the ordinary end.
    """

    rule_set: RuleSet
    starts_on: dt.date | None
    earliest_end: dt.date | None
    latest_end: dt.date | None
    minimum: Basis | None
    maximum: Basis
    automatic: bool
    prolonged: bool
    unpublished: Basis | None


@dataclass(frozen=True)
class Proposal:
    """The class a table proposes (拟定). It decides nothing; ``contested`` asks for a closer look."""

    severity: Severity
    basis: Basis
    contested: bool


def _cc_2023(facts: RecordFacts, _law: Law) -> Period:
    return Period("CC23.min.special" if facts.field else "CC23.min.general", "CC23.max")


def _cc_2026(facts: RecordFacts, _law: Law) -> Period:
    if facts.severity is Severity.MINOR:
        return Period(None, "CC26.minor.max")
    return Period(f"CC26.{facts.severity}.min", f"CC26.{facts.severity}.max")


def _samr_2021(facts: RecordFacts, law: Law) -> Period:
    low = {*law.items("SAMR21.low.types"), *law.items("SAMR21.unpublished")}
    if facts.severity is Severity.MINOR or low.issuperset(facts.types):
        return Period(None, "SAMR21.low.stop", automatic=True)
    return Period("SAMR21.general.min", "SAMR21.other.stop")


def _samr_2025(facts: RecordFacts, _law: Law) -> Period:
    if facts.severity is Severity.MINOR:
        return Period(None, "SAMR25.minor.stop", automatic=True)
    return Period(f"SAMR25.{facts.severity}.min", f"SAMR25.{facts.severity}.max")


RULE_SETS: dict[Family, tuple[RuleSet, ...]] = {
    Family.CREDIT_CHINA: (
        RuleSet("CC-2023", "CC23", "decided_on", False, _cc_2023),
        RuleSet("CC-2026", "CC26", "decided_on", True, _cc_2026),
    ),
    Family.NECIPS: (
        RuleSet("SAMR-2021", "SAMR21", "published_on", True, _samr_2021),
        RuleSet("SAMR-2025", "SAMR25", "published_on", True, _samr_2025),
    ),
}


def rule_set_on(family: Family, law: Law) -> RuleSet:
    """Return the rule set in force on the law's day.

    :raises NoLawInForce: the day is before the family's first.
    """
    for rule_set in RULE_SETS[family]:
        if law.knows(rule_set.regime):
            return rule_set
    raise NoLawInForce(f"a rule set of {family} on {law.day}")


def next_rule_set(family: Family, law: Law) -> tuple[RuleSet, Law] | None:
    """Return the first rule set that begins after the law's day, with the law of its first day."""
    for rule_set in RULE_SETS[family]:
        for text in law.book.history[rule_set.regime].texts:
            if text.since is not None and text.since > law.day:
                return rule_set, law.on(text.since)
    return None


def publication_term(facts: RecordFacts, rule_set: RuleSet, law: Law) -> PublicationTerm:
    """Say how long a record is public under a rule set.

    :raises NoLawInForce: the rule set has no provision in force on the law's day.
    :raises EndsTooLate: a term ends after the year 9999.
    """
    start: dt.date | None = getattr(facts, rule_set.start)
    period = rule_set.period(facts, law)
    latest, longer = last_day(start, period.maximum, law), facts.restriction_until
    prolonged = latest is not None and longer is not None and longer > latest
    return PublicationTerm(
        rule_set=rule_set,
        starts_on=start,
        earliest_end=last_day(start, period.minimum, law) if period.minimum else None,
        latest_end=longer if prolonged else latest,
        minimum=law.basis(period.minimum) if period.minimum else None,
        maximum=law.basis(f"{rule_set.prefix}.restriction" if prolonged else period.maximum),
        automatic=period.automatic,
        prolonged=prolonged,
        unpublished=_unpublished(facts, rule_set, law),
    )


def last_day(start: dt.date | None, code: str, law: Law) -> dt.date | None:
    """Return the day on which a period of the law ends. It does not roll over rest days (HC-03)."""
    if start is None:
        return None
    figure = law.figure(code)
    return reckon(Term(start, figure.value, figure.unit), CALENDAR).due


def propose_severity(types: tuple[str, ...], law: Law) -> Proposal:
    """Propose the most severe class that any of the penalty types suggests.

    One decision with several penalties stays one record (HC-01). A type the table does not
    know, and one on which the sources differ (law.md C-03), makes the proposal contested.
    """
    classes = {each: _named(types, law, f"CLASS.{each}") for each in Severity}
    found = next((each for each in reversed(Severity) if classes[each]), Severity.GENERAL)
    unclear = set(types) - set().union(*classes.values())
    return Proposal(found, law.basis(f"CLASS.{found}"), contested=bool(unclear))


def _named(types: tuple[str, ...], law: Law, code: str) -> set[str]:
    return {each for each in types if any(word in each for word in law.items(code))}


def _unpublished(facts: RecordFacts, rule_set: RuleSet, law: Law) -> Basis | None:
    """Return the provision under which penalties of only these types are not published."""
    code = f"{rule_set.prefix}.unpublished"
    return law.basis(code) if set(facts.types) <= set(law.items(code)) else None
