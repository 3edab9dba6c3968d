"""What makes the days of a case checkable: its limits, the calendar, and the texts it rests on."""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from processes.repair.case_facts import CASE
from processes.repair.models import RepairCase
from processes.statutes import STATUTES
from workflow.calendar import CALENDAR, Kind
from workflow.deadlines import ledger
from workflow.deadlines.models import Deadline
from workflow.law import Text

RuleKey = tuple[str, str]


def deadlines(case: RepairCase) -> Iterator[dict[str, Any]]:
    counted: Counter[str] = Counter()
    found = Deadline.objects.filter(case_table=CASE, case_id=case.pk)
    for deadline in found.order_by("created_at", "pk"):
        counted[deadline.kind] += 1
        yield {"name": f"{deadline.kind} {counted[deadline.kind]}", **_deadline(deadline)}


def _deadline(deadline: Deadline) -> dict[str, Any]:
    """Return the stored result; one counted by an earlier calendar is told as it counts today."""
    counted = ledger.reckoning_of(deadline)
    stored = deadline.calendar_version == counted.calendar_version
    due = deadline.due_on if stored else counted.due
    earliest = deadline.earliest if stored else counted.earliest
    latest = deadline.latest if stored else counted.latest
    return {
        "provision": deadline.provision_id,
        "version": deadline.provision_version,
        "start": str(deadline.start_on),
        "value": deadline.budget + deadline.extended_by,
        "unit": deadline.unit,
        "roll": deadline.roll,
        "suspensions": [
            [str(each.first), each.resumes and str(each.resumes)]
            for each in counted.term.suspensions
        ],
        "state": str(deadline.state),
        "due": due and str(due),
        "provisional": counted.provisional,
        "suspended": counted.suspended,
        "remaining": deadline.remaining if stored else counted.remaining,
        "earliest": earliest and str(earliest),
        "latest": latest and str(latest),
        "calendar": counted.calendar_version,
        "proof": [day.as_dict() for day in ledger.proof(deadline)],
    }


def calendars(limits: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return every published year from the first one needed: a missing one means unpublished."""
    if not limits:
        return []
    first = min(int(each["start"][:4]) for each in limits)
    return [_year(number) for number in range(first, CALENDAR.last_year + 1)]


def _year(number: int) -> dict[str, Any]:
    starts = dt.date(number, 1, 1)
    length = (dt.date(number + 1, 1, 1) - starts).days
    days = [CALENDAR.day(starts + dt.timedelta(days=each)) for each in range(length)]
    holidays = {str(each.date): each.name or "" for each in days if each.kind is Kind.HOLIDAY}
    return {
        "year": number,
        "version": CALENDAR.version,
        "source": next((each.source for each in days if each.source), ""),
        "holidays": holidays,
        "make_up": [str(each.date) for each in days if each.kind is Kind.MAKE_UP],
    }


def cited(
    events: Iterable[Mapping[str, Any]],
    decisions: Iterable[Mapping[str, Any]],
    limits: Iterable[Mapping[str, Any]],
) -> dict[RuleKey, Mapping[str, Any]]:
    """Return every provision used, in order of code and version, with where it is cited."""
    conditions = (each for decision in decisions for each in decision["conditions"])
    bases = (each for event in events for each in event["basis"])
    found: dict[RuleKey, Mapping[str, Any]] = {}
    for each in itertools.chain(bases, conditions, limits):
        if each["provision"] is not None:
            found.setdefault((each["provision"], each["version"]), each)
    return dict(sorted(found.items()))


def rules(used: Mapping[RuleKey, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for (code, version), citation in used.items():
        provision = STATUTES.history.get(code)
        texts = provision.texts if provision else ()
        text = next((each for each in texts if each.version == version), None)
        unit = provision.unit if provision else None
        facts = _text(text) if text else _unknown(citation)
        yield {"provision": code, "version": version, "unit": unit and unit.value, **facts}


def _text(text: Text) -> dict[str, Any]:
    return {
        "until": text.until and str(text.until),
        "instrument": STATUTES.instruments[text.instrument].cited,
        "article": text.article,
        "quote": text.quote,
        "source": "|".join(text.sources),
        "confidence": text.confidence,
        "value": list(text.items) if text.value is None and text.items else text.value,
    }


def _unknown(citation: Mapping[str, Any]) -> dict[str, Any]:
    """Say no more of a text that left the statute book than what cites it."""
    return {
        "until": None,
        "instrument": citation.get("instrument", ""),
        "article": citation.get("article"),
        "quote": None,
        "source": None,
        "confidence": citation.get("confidence", "X"),
        "value": None,
    }
