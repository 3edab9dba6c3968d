"""The rule's answer per site, condition by condition, as the decision will state it."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import ngettext

from forms import tones, words
from forms.applicant.precheck_page import TIME, condition_words
from forms.desk import citing
from forms.parts import Condition
from processes.records.models import Site
from processes.repair.case_facts import ItemFacts
from processes.repair.judgement import Judgement
from processes.repair.rules import RepairDecision
from workflow.decisions import Reason


@dataclasses.dataclass(frozen=True, slots=True)
class Trace:
    """The sites that give one answer, and every condition behind it."""

    sites: Sequence[str]
    conditions: Sequence[Condition]
    rule_set: str
    look: tones.Look
    as_of: dt.date | None

    @property
    def told(self) -> str:
        """How many of the conditions are met."""
        met = sum(each.state == "met" for each in self.conditions)
        total = len(self.conditions)
        said = ngettext(
            "%(met)d of %(total)d condition met", "%(met)d of %(total)d conditions met", total
        )
        return said % {"met": met, "total": total}


def traces(judgement: Judgement, item: ItemFacts, as_of: dt.date | None) -> list[Trace]:
    """Group the sites by their answer; each is judged by the rules of its own family."""
    names = {t.site_code: t.name for t in item.record.targets if t.kind == "site"}
    groups: dict[tuple[str, tuple[Reason, ...]], list[str]] = {}
    for code, decision in judgement.sites.items():
        groups.setdefault((decision.rule_set, decision.reasons), []).append(code)
    found = []
    for (rule_set, reasons), codes in groups.items():
        decision = judgement.sites[codes[0]]
        found.append(
            Trace(
                sites=[names.get(code, code) for code in codes],
                conditions=[condition(reason, decision) for reason in reasons],
                rule_set=rule_set,
                look=tones.look("verdict", decision.verdict),
                as_of=as_of,
            )
        )
    return found


def kept(decision: Mapping[str, Any], as_of: dt.date | None) -> list[Trace]:
    """The trace that was kept with a decision: what was found then, whatever holds now."""
    chinese = words.in_chinese()
    sites = Site.objects.in_bulk(list(decision["sites"]), field_name="code")
    found = []
    for code, said in decision["sites"].items():
        site = sites.get(code)
        name = code if site is None else site.name if chinese else site.name_en or site.name
        found.append(
            Trace(
                sites=[name],
                conditions=[kept_condition(each, chinese) for each in said["conditions"]],
                rule_set=said["rule_set"],
                look=tones.look("verdict", said["verdict"]),
                as_of=as_of,
            )
        )
    return found


def kept_condition(said: Mapping[str, Any], chinese: bool) -> Condition:
    """One row of a kept trace."""
    provision = said["provision"]
    return Condition(
        words=condition_words().get(said["code"], said["code"]),
        found=said["found"] if chinese else said["found_en"],
        provision=provision["instrument"],
        state="met" if said["met"] else "unmet",
        article=provision["article"] or "",
        unconfirmed=provision["confidence"] != "H",
    )


def condition(reason: Reason, decision: RepairDecision) -> Condition:
    """One row: what was asked, found and on which provision, with what nobody has confirmed."""
    chinese = words.in_chinese()
    state = "met" if reason.met else "unmet"
    if not reason.met and reason.code in TIME and decision.earliest:
        state = "time"
    return Condition(
        words=condition_words().get(reason.code, reason.code),
        found=reason.found if chinese else reason.found_en,
        provision=reason.basis.instrument if chinese else reason.basis.instrument_en,
        state=state,
        article=reason.basis.article or "",
        unconfirmed=citing.is_unconfirmed(reason.basis),
    )
