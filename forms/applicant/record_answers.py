"""What a record answers before anything is stated of it: can it be repaired, from when, why not."""

import dataclasses
import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms import tones, words
from forms.parts import Answer
from processes.records.models import CreditRecord
from processes.repair.judgement import Judgement
from processes.repair.models import RepairCase
from processes.repair.rules import Verdict
from processes.repair.states import ItemState


def case_answer(case: RepairCase, record: CreditRecord) -> Answer:
    """A record in a case: how it stands is told there."""
    states = {item.record_id: item.state for item in case.items.all()}
    if states.get(record.pk) == ItemState.COMPLETED:
        return Answer("ok", "check", _("Repaired: publication and use have ended."), case.number)
    look = tones.look("item", states.get(record.pk))
    return Answer(
        look.tone,
        look.icon,
        _("In application %(number)s: %(state)s.") % {"number": case.number, "state": look.words},
    )


def answer(
    record: CreditRecord, judgement: Judgement | None, *, shown: bool, on: dt.date
) -> Answer:
    """Return what can be said before the subject has stated anything."""
    if record.state == "withdrawn":
        return Answer("mute", "minus", _("Its unit has withdrawn this record."))
    if judgement is None or judgement.verdict == "undetermined":
        if shown or record.severity is None:
            return Answer(
                "mute",
                "ask",
                _("Not settled yet: the unit has not said how severe it is."),
                _("You need do nothing; the terms follow from its answer."),
            )
        return nothing_published()
    return {
        Verdict.ELIGIBLE: eligible,
        Verdict.NOT_YET: not_yet,
        Verdict.NOT_ELIGIBLE: not_eligible,
        Verdict.NO_OBJECT: no_object,
    }[Verdict(judgement.verdict)](judgement, on)


def nothing_published() -> Answer:
    """Nothing is shown anywhere."""
    return Answer("mute", "minus", _("No repair is needed: nothing is published."))


def eligible(_judgement: Judgement, _on: dt.date) -> Answer:
    """Time is no obstacle any more."""
    return Answer(
        "ok",
        "check",
        _("You can apply for repair."),
        _("The minimum time has passed on every site."),
        [_("You need proof that it was put right and all duties performed, and a repair promise")],
    )


def not_yet(judgement: Judgement, on: dt.date) -> Answer:
    """Only time is missing; say until when, and where it is earlier."""
    earliest = judgement.earliest
    if earliest is None:
        return not_eligible(judgement, on)
    left = (earliest - on).days
    verdict = ngettext(
        "Wait %(n)d more day, until %(day)s.", "Wait %(n)d more days, until %(day)s.", left
    ) % {"n": left, "day": words.weekday(earliest, this_year=on.year)}
    ready = [code for code, d in judgement.sites.items() if d.verdict is Verdict.ELIGIBLE]
    rest = _("Only time is missing.")
    if ready:
        some = ngettext(
            "On %d site the time has come.", "On %d sites the time has come.", len(ready)
        )
        rest = f"{rest} {some % len(ready)}"
    return Answer("wait", "clock", verdict, rest, unmet(judgement))


def not_eligible(judgement: Judgement, _on: dt.date) -> Answer:
    """Something else than time is missing, or no day remains."""
    return Answer("bad", "x", _("Not possible as it stands."), "", unmet(judgement))


def no_object(judgement: Judgement, _on: dt.date) -> Answer:
    """There is nothing to repair."""
    return dataclasses.replace(nothing_published(), reasons=unmet(judgement))


def unmet(judgement: Judgement) -> list[str]:
    """The conditions that are not met, in the reader's language."""
    chinese = words.in_chinese()
    found = [r.found if chinese else r.found_en for r in judgement.reasons if not r.met]
    return list(dict.fromkeys(found))
