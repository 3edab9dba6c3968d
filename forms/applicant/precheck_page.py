"""The pre-check: records × sites by the rule that will decide, with every condition and its day."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms import tones, words
from forms.applicant.forms import Facts
from forms.parts import Cell, Condition, Four, MatrixCell, MatrixRow
from processes.records.models import CreditRecord
from processes.repair import queries
from processes.repair.judgement import Judgement
from processes.repair.rules import RepairDecision, Verdict
from processes.statutes import STATUTES
from workflow.decisions import Reason

TIME = frozenset({"minimum-publication", "no-bar"})


@dataclasses.dataclass(frozen=True, slots=True)
class Trace:
    """One record's conditions on the sites that give the same answer."""

    sites: Sequence[str]
    conditions: Sequence[Condition]
    rule_set: str
    look: tones.Look


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """One record of the pre-check: its form, its answer and the traces behind it."""

    record: CreditRecord
    form: Facts
    judgement: Judgement
    traces: Sequence[Trace]


def condition_words() -> dict[str, str]:
    """What each condition is called."""
    return {
        "minimum-publication": _("The minimum time of publication has passed"),
        "violation-corrected": _("The violation was put right"),
        "duties-performed": _("All duties are performed"),
        "repair-promise": _("A public repair promise"),
        "no-bar": _("No bar on applying"),
        "repairable": _("No law excludes the repair"),
        "published": _("Something is published"),
        "within-maximum": _("Within the longest time of publication"),
        "act-in-force": _("The penalty is in force"),
        "sector-rule": _("The rule of the sector"),
    }


def check(
    records: Sequence[CreditRecord], forms: Mapping[Any, Facts], *, on: dt.date
) -> list[Checked]:
    """Ask the rule for every record, with the promise that is signed on applying."""
    stated = {key: form.for_rule(promised_on=on) for key, form in forms.items()}
    judged = queries.precheck(records=records, stated=stated, on=on)
    names = site_names(records)
    return [Checked(r, forms[r.pk], judged[r.pk], traces(judged[r.pk], names, on)) for r in records]


def site_names(records: Sequence[CreditRecord]) -> dict[str, str]:
    """The sites of the records by code, in the reader's language, in a steady order."""
    chinese = words.in_chinese()
    sites = {p.site for r in records for p in r.publications.all()}
    ordered = sorted(sites, key=lambda site: (site.rule_family, site.code))
    return {s.code: s.name if chinese else s.name_en or s.name for s in ordered}


def traces(judgement: Judgement, names: Mapping[str, str], on: dt.date) -> list[Trace]:
    """Group the sites of a record by their answer."""
    groups: dict[tuple[Reason, ...], list[str]] = {}
    for code, decision in judgement.sites.items():
        groups.setdefault(decision.reasons, []).append(code)
    found = []
    for reasons, codes in groups.items():
        decision = judgement.sites[codes[0]]
        found.append(
            Trace(
                sites=[names.get(code, code) for code in codes],
                conditions=[condition(reason, decision, on) for reason in reasons],
                rule_set=decision.rule_set,
                look=tones.look("verdict", decision.verdict),
            )
        )
    return found


def condition(reason: Reason, decision: RepairDecision, on: dt.date) -> Condition:
    """One row of a trace, cited only as far as it is confirmed."""
    basis, chinese = reason.basis, words.in_chinese()
    state, note = "met" if reason.met else "unmet", ""
    if reason.code == "repair-promise":
        state = "later"
    elif not reason.met and reason.code in TIME and decision.earliest:
        state = "time"
        left = (decision.earliest - on).days
        if left > 0:
            note = ngettext("%d day to go", "%d days to go", left) % left
    found = reason.found if chinese else reason.found_en
    if state == "later":
        found = _("Signed and published when you apply")
    return Condition(
        words=condition_words().get(reason.code, reason.code),
        found=found,
        provision=words.cite(basis.instrument) if chinese else basis.instrument_en,
        state=state,
        note=note,
        article=basis.article or "",
        unconfirmed=basis.confidence != "H",
    )


def cell(code: str, name: str, checked: Checked, on: dt.date) -> MatrixCell:
    """The answer for one record on one site."""
    decision = checked.judgement.sites.get(code)
    if decision is None:
        undetermined = checked.record.severity is None
        look = tones.look("verdict", "undetermined" if undetermined else "no_object")
        return MatrixCell(name, look.tone, look.icon, str(look.words))
    look = tones.look("verdict", decision.verdict)
    said, note = str(look.words), ""
    if decision.verdict is Verdict.NOT_YET and decision.earliest:
        said = _("from %(day)s") % {"day": words.day(decision.earliest, this_year=on.year)}
    elif decision.verdict is Verdict.NOT_ELIGIBLE and decision.earliest:
        day = words.day(decision.earliest, this_year=on.year)
        note = _("once supplied, from %(day)s") % {"day": day}
    elif decision.verdict is Verdict.NO_OBJECT:
        note = _("no application needed")
    return MatrixCell(name, look.tone, look.icon, said, note)


def page(checked: Sequence[Checked], *, on: dt.date) -> dict[str, Any]:
    """Return everything the page shows."""
    names = site_names([each.record for each in checked])
    rows = [
        MatrixRow(
            name=each.record.decision_number,
            note=str(tones.look("severity", each.record.severity or "undetermined").words),
            cells=[cell(code, name, each, on) for code, name in names.items()],
        )
        for each in checked
    ]
    return {
        "checked": checked,
        "sites": list(names.values()),
        "matrix": rows,
        "summary": summary(checked),
        "four": four(checked, len(names), on),
        "early": any(each.judgement.verdict != Verdict.ELIGIBLE for each in checked),
        "law_version": STATUTES.version,
    }


def summary(checked: Sequence[Checked]) -> str:
    """How many can now, must wait, miss something, or have nothing to repair."""
    verdicts = [each.judgement.verdict for each in checked]
    counted = {
        Verdict.ELIGIBLE: _("%(n)d now possible"),
        Verdict.NOT_YET: _("%(n)d must wait"),
        Verdict.NOT_ELIGIBLE: _("%(n)d with something missing"),
        Verdict.NO_OBJECT: _("%(n)d with nothing published"),
        "undetermined": _("%(n)d not settled"),
    }
    told = [text % {"n": verdicts.count(v)} for v, text in counted.items() if v in verdicts]
    return ("，" if words.in_chinese() else ", ").join(told)


def four(checked: Sequence[Checked], sites: int, on: dt.date) -> Four:
    """The four answers of the page."""
    days = [each.judgement.earliest for each in checked if each.judgement.earliest]
    now = any(each.judgement.verdict == Verdict.ELIGIBLE for each in checked)
    latest = words.weekday(max(days), this_year=on.year) if days else ""
    when = _("Today") if now else (_("From %(day)s") % {"day": latest} if days else _("No date"))
    reasons = [reason for each in checked for reason in each.judgement.reasons]
    instrument = "" if not reasons else words.cite(reasons[0].basis.instrument)
    if reasons and not words.in_chinese():
        instrument = reasons[0].basis.instrument_en
    return Four(
        Cell(_("A check before filing, not a decision"), _("Same rule and facts as the decision")),
        Cell(_("You: fill in the facts, then apply"), _("Nothing is filed yet"), is_you=True),
        Cell(when, _("Each record and site has its own day below")),
        Cell(
            instrument or _("Named with each condition"),
            _("Sites: %(n)d; statute book %(version)s")
            % {"n": sites, "version": STATUTES.version[:8]},
        ),
    )
