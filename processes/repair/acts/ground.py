"""What every act stands on: who acts and when, the law and the calendar of the day."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from processes.repair.case_facts import CaseFacts, CaseRecord, OfficeFacts, SubjectFacts
from workflow.calendar import Calendar
from workflow.decisions import Basis
from workflow.effects import Effect, Tell
from workflow.law import Law
from workflow.periods import Term, reckon

ACCEPT, RESULT, VERIFY = "G22.accept", "G22.result.applicant", "G22.result.authority"
SUPPLEMENT, REMOVE = "OFFICE.supplement", "OFFICE.removal"
SCOPE = "CC26.scope"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Who acts (None: it happens by itself), when, and the law and calendar that day."""

    by: uuid.UUID | None
    at: dt.datetime
    on: dt.date
    law: Law
    calendar: Calendar

    @property
    def tomorrow(self) -> dt.date:
        """Return the next day: the day of an event itself is never counted."""
        return self.on + dt.timedelta(days=1)

    def limit(self, provision: str, *, start: dt.date) -> dict[str, Any]:
        """Return the last day of a limit as a letter states it.

        While next year's calendar is unpublished this is the latest day it can be.
        """
        figure = self.law.figure(provision)
        reckoned = reckon(Term(start=start, value=figure.value, unit=figure.unit), self.calendar)
        last = reckoned.due or reckoned.latest
        basis = self.law.basis(provision)
        stated = cited(basis) if basis.confidence == "H" else None
        return {"on": last.isoformat() if last else "", "provision": stated}


@dataclasses.dataclass(frozen=True, slots=True)
class Deed:
    """What an act does, and the provisions it rests on."""

    effects: Sequence[Effect]
    basis: tuple[Basis, ...] = ()


def cited(basis: Basis) -> dict[str, Any]:
    """Return a provision as letters cite it: the article only when it is sure."""
    title, bracket, number = basis.instrument.partition("（")
    return {
        "instrument": title,
        "article": basis.article,
        "confidence": basis.confidence,
        "issuer": number.removesuffix("）") if bracket else None,
    }


def citations(bases: Sequence[Basis]) -> list[dict[str, Any]]:
    """Return provisions for a letter, each once; an instrument cited whole covers its articles."""
    listed = list(dict.fromkeys((basis.instrument, basis.article) for basis in bases))
    whole = {instrument for instrument, article in listed if article is None}
    first = {(basis.instrument, basis.article): basis for basis in reversed(list(bases))}
    return [cited(first[key]) for key in listed if key[1] is None or key[0] not in whole]


def office(facts: OfficeFacts) -> dict[str, Any]:
    """Return a department as a letter's head and foot name it."""
    return {"name": facts.name, "phone": facts.phone or None, "address": facts.address or None}


def subject(facts: SubjectFacts) -> dict[str, Any]:
    """Return the subject as letters name it; a natural person's number stays away."""
    return {"name": facts.name, "code": facts.code}


def addressee(case: CaseFacts) -> dict[str, Any]:
    """Return whom a letter to the subject goes to: its inbox, or everyone who acts for it."""
    found = {
        "name": case.subject.name,
        "code": case.subject.code,
        "subject_id": str(case.subject.id),
    }
    if case.representatives:
        found["user_ids"] = [str(key) for key in case.representatives]
    return found


def record(facts: CaseRecord) -> dict[str, Any]:
    """Return a record as letters describe it."""
    return {
        "decision_number": facts.decision_number,
        "decided_on": facts.decided_on.isoformat(),
        "authority": facts.unit.name,
        "content": str(facts.fields.get("content") or ""),
        "violation": facts.fields.get("violation") or None,
        "severity": facts.severity,
    }


def records(case: CaseFacts) -> list[dict[str, Any]]:
    """Return the records of a case's items for a letter."""
    return [record(item.record) for item in case.items]


def remedies(unit: OfficeFacts, law: Law) -> dict[str, Any]:
    """Return where a decision of this unit can be contested, and for how long."""
    return {
        "reconsideration": {
            "body": unit.reconsideration_body,
            "address": unit.reconsideration_address or None,
            "value": law.value("REC.apply"),
            "provision": cited(law.basis("REC.apply")),
        },
        "litigation": {
            "body": unit.court,
            "address": unit.court_address or None,
            "value": law.value("SUIT.direct"),
            "provision": cited(law.basis("SUIT.direct")),
        },
    }


def tell(case: CaseFacts, kind: str, zh: tuple[str, str], en: tuple[str, str]) -> Tell:
    """Return a message to the subject's inbox, as (title, body) in both languages."""
    return Tell(
        kind=kind,
        subject_id=case.subject.id,
        user_ids=case.representatives,
        snapshot={
            "title": zh[0],
            "body": zh[1],
            "title_en": en[0],
            "body_en": en[1],
            "link": f"/my/cases/{case.number}/",
        },
    )
