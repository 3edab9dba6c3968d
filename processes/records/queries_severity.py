"""Read what determining a severity would come to, by the very act that determines it."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from processes.records import acts
from processes.records.models import CreditRecord, Site
from processes.records.rules import Proposal, Severity, propose_severity
from processes.statutes import STATUTES
from workflow.effects import Create


@dataclasses.dataclass(frozen=True, slots=True)
class Consequence:
    """What one severity means on one site; ``shown`` is False where it is not published."""

    site: Site
    shown: bool
    published_from: dt.date | None = None
    earliest_end: dt.date | None = None
    latest_end: dt.date | None = None
    basis: Sequence[Mapping[str, Any]] = ()


def fields_of(record: CreditRecord) -> Mapping[str, Any]:
    """Return what the record says in its current version."""
    return record.versions.get(number=record.current_version).fields


def proposal(fields: Mapping[str, Any], *, on: dt.date) -> Proposal:
    """Return what the table proposes (拟定); it decides nothing."""
    return propose_severity(tuple(fields["types"]), STATUTES.on(on))


def consequences(
    record: CreditRecord, *, restriction_until: dt.date | None, on: dt.date
) -> dict[Severity, list[Consequence]]:
    """Return for each severity where the record would be shown and how long."""
    fields = fields_of(record)
    sites = list(
        Site.objects.filter(is_active=True)
        .filter(Q(only_units__isnull=True) | Q(only_units=record.unit_id))
        .distinct()
        .order_by("code")
    )
    facts = acts.SeverityFacts(
        id=record.pk,
        decision_number=record.decision_number,
        decided_on=record.decided_on,
        types=tuple(fields["types"]),
        field=fields.get("field"),
        subject_id=record.subject_id,
        sites=[acts.SiteFacts(s.pk, s.code, s.name, s.rule_family) for s in sites],
    )
    return {severity: _of(facts, sites, severity, restriction_until, on) for severity in Severity}


def _of(
    facts: acts.SeverityFacts,
    sites: Sequence[Site],
    severity: Severity,
    restriction_until: dt.date | None,
    on: dt.date,
) -> list[Consequence]:
    deed = acts.determine_severity(
        facts,
        severity=severity,
        restriction_until=restriction_until,
        by=None,
        at=dt.datetime.combine(on, dt.time(), tzinfo=dt.UTC),
        on=on,
        law=STATUTES.on(on),
        publication_ids={site.code: uuid.uuid4() for site in sites},
    )
    begun = {e.values["site_id"]: e.values for e in deed.effects if isinstance(e, Create)}
    return [_consequence(site, begun.get(site.pk)) for site in sites]


def _consequence(site: Site, values: Mapping[str, Any] | None) -> Consequence:
    if values is None:
        return Consequence(site, shown=False)
    return Consequence(
        site,
        shown=True,
        published_from=values["published_from"],
        earliest_end=values["earliest_end"],
        latest_end=values["latest_end"],
        basis=values["term_basis"],
    )
