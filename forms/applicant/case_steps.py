"""The six steps of a repair, and which of them a case has reached."""

import datetime as dt

from django.utils.translation import gettext as _

from forms import words
from forms.parts import Due, Step
from processes.repair.case_facts import CaseFacts
from processes.repair.models import RepairCase
from processes.repair.states import ENDED, SETTLED_LINES

STAGES = (
    ("submit", {"draft", "supplement_requested"}),
    ("accept", {"submitted"}),
    ("verify", {"accepted", "verifying"}),
    ("decide", {"proposed", "approved"}),
    ("remove", {"removing"}),
    ("complete", set()),
)


def steps(facts: CaseFacts, case: RepairCase, due: Due | None, on: dt.date) -> list[Step]:
    """The six steps of a repair; the furthest-behind open item speaks."""
    names = {
        "submit": _("Submit"),
        "accept": _("Acceptance"),
        "verify": _("Verification"),
        "decide": _("Decision"),
        "remove": _("Removal"),
        "complete": _("Completed"),
    }
    here = next((i for i, (_n, states) in enumerate(STAGES) if case.state in states), None)
    ended = case.state in ENDED | {"completed_partly", "ended"}
    complete = case.state in ("completed", "completed_partly")
    marks = _marks(facts, here, ended=ended, complete=complete)
    notes = _notes(facts, due, on)
    return [
        Step(names[name], notes.get(name, ""), mark)
        for (name, _states), mark in zip(STAGES, marks, strict=True)
    ]


def _marks(facts: CaseFacts, here: int | None, *, ended: bool, complete: bool) -> list[str]:
    if complete:
        return ["done"] * len(STAGES)
    if here is None:
        reached = 1 if facts.submitted_on else 0
        if any(item.accepted_on for item in facts.items):
            reached = 2
        if any(item.decided_on for item in facts.items):
            reached = 4
        here = reached
        return ["done"] * here + ["next"] * (len(STAGES) - here) if ended else ["next"] * 6
    return ["done"] * here + ["now"] + ["next"] * (len(STAGES) - here - 1)


def _notes(facts: CaseFacts, due: Due | None, on: dt.date) -> dict[str, str]:
    year = on.year
    accepted = [item.accepted_on for item in facts.items if item.accepted_on]
    decided = [item.decided_on for item in facts.items if item.decided_on]
    lines = [line for item in facts.items for line in item.lines]
    settled = sum(line.state in SETTLED_LINES for line in lines)
    notes = {}
    if facts.submitted_on:
        notes["submit"] = words.day(facts.submitted_on, this_year=year)
    if accepted:
        notes["accept"] = words.day(max(accepted), this_year=year)
    if decided:
        notes["decide"] = words.day(max(decided), this_year=year)
    elif due and due.on:
        notes["decide"] = _("by %(until)s") % {"until": words.day(due.on, this_year=year)}
    if lines:
        notes["remove"] = _("%(done)d of %(all)d receipts in") % {
            "done": settled,
            "all": len(lines),
        }
    return notes
