"""What ``check-eligibility`` answers to one line (``contracts.md``)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from processes.records.rules import Family, Field, RecordFacts, Severity, rule_set_on
from processes.repair.repair_facts import RepairFacts
from processes.repair.rules import may_be_repaired
from processes.statutes import STATUTES
from workflow.fields import Fields
from workflow.jsonl import LineError
from workflow.law import Law, NoLawInForce
from workflow.periods import EndsTooLate

FACT_DATES = ("corrected_on", "duties_performed_on", "promise_published_on", "act_revoked_on")


def answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Answer one line.

    :raises LineError: a field is missing, wrong, or out of order with the day of application.
    """
    fields = Fields(asked)
    law = STATUTES.on(fields.required_date("as_of"))
    family = Family(fields.required_choice("site", {each.value for each in Family}))
    record = read_record(fields.inner("record"), family)
    start = _refuse_too_early(family, record, law)
    facts = read_facts(fields.inner("facts"), family, record, law.day)
    try:
        return may_be_repaired(facts, law).as_dict()
    except EndsTooLate:
        path = f"record.{start}"
        raise LineError(path, "range", f"A term from {path} ends after 9999-12-31.") from None


def read_record(fields: Fields, family: Family) -> RecordFacts:
    """Read the record of a line; without the day its term runs from, no answer is possible.

    On the enterprise publicity system that day is the publication's, and none is an answer.
    """
    fields.required_choice("kind", {"penalty"})
    severity = Severity(fields.required_choice("severity", {each.value for each in Severity}))
    on_decision = family is Family.CREDIT_CHINA
    decided_on = fields.required_date("decided_on") if on_decision else fields.date("decided_on")
    field = fields.choice("field", {each.value for each in Field})
    return RecordFacts(
        severity=severity,
        decided_on=decided_on,
        published_on=fields.date("published_on"),
        types=_types(fields),
        field=None if field is None else Field(field),
        restriction_until=fields.date("restriction_until"),
    )


def read_facts(fields: Fields, family: Family, record: RecordFacts, as_of: dt.date) -> RepairFacts:
    """Read the facts of a line.

    :raises LineError: a fact is dated after the day of application.
    """
    dates = {name: fields.date(name) for name in FACT_DATES}
    for name, day in dates.items():
        if day is not None and day > as_of:
            path = fields.path(name)
            raise LineError(path, "order", f"{path} is after as_of, {as_of}.")
    return RepairFacts(
        family=family,
        record=record,
        duties_complete=fields.flag("duties_complete"),
        bar_until=fields.date("bar_until"),
        unrepairable_basis=fields.text("unrepairable_basis"),
        **dates,
    )


def _types(fields: Fields) -> tuple[str, ...]:
    raw = fields.items("types")
    if not raw:
        raise LineError(fields.path("types"), "missing", "record.types names no penalty type.")
    for place, each in enumerate(raw):
        if not isinstance(each, str):
            path = f"{fields.path('types')}.{place}"
            raise LineError(path, "type", f"{path} must be text.")
    return tuple(each.strip() for each in raw)


def _refuse_too_early(family: Family, record: RecordFacts, law: Law) -> str:
    """Refuse a day before the site's first rules or the start; return the start's field name."""
    try:
        start_name = rule_set_on(family, law).start
    except NoLawInForce:
        message = f"No rule set of {family} is in force on {law.day}."
        raise LineError("as_of", "range", message) from None
    start = getattr(record, start_name)
    if start is not None and law.day < start:
        raise LineError("as_of", "order", f"as_of is before record.{start_name}, {start}.")
    return start_name
