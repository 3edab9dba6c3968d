"""What the rule says of one item on every site at once: for the pre-check and the decision."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from processes.records.rules import Family, Field, RecordFacts, Severity
from processes.repair.case_facts import CaseRecord, ItemFacts, PromiseFacts, TargetFacts
from processes.repair.repair_facts import RepairFacts
from processes.repair.rules import RepairDecision, Verdict, may_be_repaired
from processes.statutes import STATUTES
from workflow.decisions import Reason

UNDETERMINED = "undetermined"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the applicant states of one record; nothing is assumed for what is not said."""

    corrected_on: dt.date | None = None
    duties_performed_on: dt.date | None = None
    duties_complete: bool | None = None
    promised_on: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Judgement:
    """The answers per site, and what they come to: eligible only where every site agrees.

    Sites that show nothing do not count, unless none shows anything.
    """

    sites: Mapping[str, RepairDecision]

    @property
    def verdict(self) -> str:
        """Return the verdict for the record everywhere; ``undetermined`` without a severity."""
        found = {d.verdict for d in self.sites.values()}
        if not found:
            return UNDETERMINED
        for each in (Verdict.NOT_ELIGIBLE, Verdict.NOT_YET, Verdict.ELIGIBLE):
            if each in found:
                return each.value
        return Verdict.NO_OBJECT.value

    @property
    def earliest(self) -> dt.date | None:
        """Return the day on which it could be repaired everywhere, when there is one."""
        days = [d.earliest for d in self.sites.values() if d.earliest is not None]
        return max(days) if days else None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Return every condition of every site that counts, each once."""
        counting = [d for d in self.sites.values() if d.verdict is not Verdict.NO_OBJECT]
        chosen = counting or list(self.sites.values())
        return tuple(dict.fromkeys(reason for d in chosen for reason in d.reasons))

    @property
    def why_not(self) -> str:
        """Return the unmet conditions in words."""
        return "；".join(reason.found for reason in self.reasons if not reason.met)

    def as_dict(self) -> dict[str, Any]:
        """Return the trace that is kept with the decision."""
        return {
            "verdict": self.verdict,
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "sites": {code: decision.as_dict() for code, decision in self.sites.items()},
        }


def judge_record(record: CaseRecord, stated: Stated, *, on: dt.date) -> Judgement:
    """Ask the rule for one record on each site that shows it, by the law of a day.

    Without a severity determined by its unit the answer is ``undetermined``.
    """
    if record.severity is None:
        return Judgement({})
    law, severity = STATUTES.on(on), Severity(record.severity)
    shown = [target for target in record.targets if target.kind == "site"]
    return Judgement(
        {
            target.site_code: may_be_repaired(_facts(record, stated, severity, target), law)
            for target in shown
        }
    )


def judge(item: ItemFacts, *, promise: PromiseFacts | None, on: dt.date) -> Judgement:
    """Judge an item of an application by the law of its day of application."""
    stated = Stated(
        corrected_on=item.corrected_on,
        duties_performed_on=item.duties_performed_on,
        duties_complete=item.duties_complete,
        promised_on=(promise.published_on or promise.signed_on) if promise else None,
    )
    return judge_record(item.record, stated, on=on)


def _facts(
    record: CaseRecord,
    stated: Stated,
    severity: Severity,
    site: TargetFacts,
) -> RepairFacts:
    special = record.fields.get("field")
    return RepairFacts(
        family=Family(site.rule_family),
        record=RecordFacts(
            severity=severity,
            types=tuple(record.fields.get("types") or ()),
            decided_on=record.decided_on,
            published_on=site.published_from,
            field=Field(special) if special else None,
            restriction_until=record.restriction_until,
        ),
        corrected_on=stated.corrected_on,
        duties_performed_on=stated.duties_performed_on,
        duties_complete=bool(stated.duties_complete),
        promise_published_on=stated.promised_on,
        act_revoked_on=record.act_revoked_on,
    )
