"""What registering a record and determining its severity come to: pure functions to effects."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from processes.records.rules import (
    Family,
    Field,
    PublicationTerm,
    RecordFacts,
    Severity,
    publication_term,
    rule_set_on,
)
from workflow.decisions import Basis
from workflow.effects import Create, Effect, Move, Ref, Tell
from workflow.law import Law

RECORD, PUBLICATION = "records_creditrecord", "records_publication"


@dataclasses.dataclass(frozen=True, slots=True)
class SiteFacts:
    """A site that publishes records of the unit concerned."""

    id: uuid.UUID
    code: str
    name: str
    family: str


@dataclasses.dataclass(frozen=True, slots=True)
class SeverityFacts:
    """A record whose unit is about to say how severe it is."""

    id: uuid.UUID
    decision_number: str
    decided_on: dt.date
    types: tuple[str, ...]
    field: str | None
    subject_id: uuid.UUID
    sites: Sequence[SiteFacts]


@dataclasses.dataclass(frozen=True, slots=True)
class Deed:
    """What an act does, and the provisions it rests on."""

    effects: Sequence[Effect]
    basis: tuple[Basis, ...]


def determine_severity(
    facts: SeverityFacts,
    *,
    severity: Severity,
    restriction_until: dt.date | None,
    by: uuid.UUID | None,
    at: dt.datetime,
    on: dt.date,
    law: Law,
    publication_ids: dict[str, uuid.UUID],
) -> Deed:
    """Fix the severity and publish the record on every site whose rules say so.

    A class that is not published, and a term that is over before it begins, give no publication.
    """
    terms = {
        site.code: _term(facts, site, severity, restriction_until, on, law) for site in facts.sites
    }
    shown = [site for site in facts.sites if _is_shown(terms[site.code], severity, on)]
    effects: list[Effect] = [
        Move(
            ref=Ref(RECORD, facts.id),
            via="determine_severity",
            event="record.severity-determined",
            values={
                "severity": str(severity),
                "severity_determined_by_id": by,
                "severity_determined_at": at,
                "restriction_until": restriction_until,
            },
            data={
                "severity": str(severity),
                "restriction-until": _iso(restriction_until),
                "sites": [site.code for site in shown],
            },
        )
    ]
    effects += [
        _publish(facts, site, terms[site.code], on, publication_ids[site.code]) for site in shown
    ]
    effects.append(_tell(facts, shown))
    bases = [b for site in facts.sites for b in _bases(terms[site.code])]
    return Deed(effects, tuple(dict.fromkeys(bases)))


def _term(
    facts: SeverityFacts,
    site: SiteFacts,
    severity: Severity,
    restriction_until: dt.date | None,
    on: dt.date,
    law: Law,
) -> PublicationTerm:
    rule_facts = RecordFacts(
        severity=severity,
        types=facts.types,
        decided_on=facts.decided_on,
        published_on=on,
        field=Field(facts.field) if facts.field else None,
        restriction_until=restriction_until,
    )
    return publication_term(rule_facts, rule_set_on(Family(site.family), law), law)


def _is_shown(term: PublicationTerm, severity: Severity, on: dt.date) -> bool:
    in_principle_not = severity is Severity.MINOR and not term.automatic
    return (
        term.unpublished is None
        and not in_principle_not
        and term.latest_end is not None
        and term.latest_end >= on
    )


def _publish(
    facts: SeverityFacts, site: SiteFacts, term: PublicationTerm, on: dt.date, key: uuid.UUID
) -> Create:
    return Create(
        ref=Ref(PUBLICATION, key),
        event="publication.begun",
        values={
            "record_id": facts.id,
            "site_id": site.id,
            "published_from": on,
            "earliest_end": term.earliest_end,
            "latest_end": term.latest_end,
            "term_basis": [basis.as_event() for basis in _bases(term)],
        },
        data={
            "site": site.code,
            "rule-set": term.rule_set.code,
            "published-from": on.isoformat(),
            "earliest-end": _iso(term.earliest_end),
            "latest-end": _iso(term.latest_end),
        },
    )


def _bases(term: PublicationTerm) -> list[Basis]:
    return [basis for basis in (term.minimum, term.maximum) if basis is not None]


def _tell(facts: SeverityFacts, shown: Sequence[SiteFacts]) -> Tell:
    places = "、".join(site.name for site in shown) or "不公示"
    snapshot: dict[str, Any] = {
        "title": f"{facts.decision_number} 已定级",
        "body": f"公示渠道：{places}。您可以随时查询能否修复和最早日期。",
        "title_en": f"{facts.decision_number}: severity determined",
        "body_en": "You can ask at any time whether it can be repaired, and from which day.",
        "link": "/my/records",
    }
    return Tell(kind="record.severity-determined", subject_id=facts.subject_id, snapshot=snapshot)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
