"""What a case answers: whose turn it is, by when, on what basis, and what can be contested."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms import words
from forms.parts import Cell, Due, Four
from processes.repair.case_facts import CaseFacts
from processes.repair.states import SETTLED_LINES
from processes.statutes import STATUTES


def turn(facts: CaseFacts, state: str) -> tuple[str, str, bool]:
    """Say who must act now, what there is to add, and whether it is the reader."""
    units = [i.record.unit.name for i in facts.items if i.state in ("accepted", "verifying")]
    reviewing = [i.record.unit.name for i in facts.items if i.state == "proposed"]
    places = [x.target.name for i in facts.items for x in i.lines if x.state not in SETTLED_LINES]
    nothing = _("There is nothing for you to do now")
    if state == "draft":
        return _("You: finish and submit"), _("Nothing is filed yet"), True
    if state == "supplement_requested":
        return _("You: supply what is missing"), _("The desk waits for it"), True
    if state == "submitted":
        return facts.desk.name, _("It checks whether to accept. ") + nothing, False
    if units:
        return _joined(units), _("The determining unit verifies. ") + nothing, False
    if reviewing:
        return _joined(reviewing), _("A second person reviews and decides. ") + nothing, False
    if places:
        waiting = ngettext(
            "%d receipt is still to come. ", "%d receipts are still to come. ", len(places)
        )
        return _joined(places), waiting % len(places) + nothing, False
    return _("Nobody: it is closed"), nothing, False


def _joined(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    return ("、" if words.in_chinese() else ", ").join(unique)


def four(facts: CaseFacts, state: str, due: Due | None, on: dt.date) -> Four:
    """The four answers of the case."""
    count = len(facts.items)
    who, detail, is_you = turn(facts, state)
    what = ngettext("One application for %d record", "One application for %d records", count)
    filed = facts.submitted_on
    when = (
        _("Filed on %(day)s") % {"day": words.day(filed, this_year=on.year)}
        if filed
        else _("Draft, not filed yet")
    )
    return Four(
        Cell(what % count, when),
        Cell(who, detail, is_you),
        _when_cell(due, state, on),
        _basis_cell(on),
    )


def _when_cell(due: Due | None, state: str, on: dt.date) -> Cell:
    if state == "draft":
        return Cell(_("No last day"), _("The draft is kept"))
    if due is None:
        return Cell(_("No deadline runs"), _("The case is closed"))
    if due.on is None:
        return Cell(due.words, _("It goes on when your supplement is in"), due=due)
    day = words.weekday(due.on, this_year=on.year)
    return Cell(_("By %(day)s") % {"day": day}, due=due)


def _basis_cell(on: dt.date) -> Cell:
    basis = STATUTES.on(on).basis("G22.result.applicant")
    cited = words.cite(basis.instrument, basis.article)
    if not words.in_chinese():
        cited = basis.instrument_en
    return Cell(cited, _("An answer is due from the day of application"))


def remedies(facts: CaseFacts, on: dt.date) -> list[tuple[str, str, str]]:
    """Where a decision can be contested and for how long, from the statute book."""
    law = STATUTES.on(on)
    unit = facts.items[0].record.unit if facts.items else facts.desk
    reconsider, sue = law.value("REC.apply"), law.value("SUIT.direct")
    return [
        (
            _("Administrative reconsideration"),
            ngettext(
                "Within %d day of learning of the decision",
                "Within %d days of learning of the decision",
                reconsider,
            )
            % reconsider,
            _cite("REC.apply", law, unit.reconsideration_body),
        ),
        (
            _("Action in court"),
            ngettext(
                "Within %d month of learning of the decision",
                "Within %d months of learning of the decision",
                sue,
            )
            % sue,
            _cite("SUIT.direct", law, unit.court),
        ),
    ]


def _cite(code: str, law: Any, body: str) -> str:
    basis = law.basis(code)
    cited = words.cite(basis.instrument, basis.article)
    return f"{body} · {cited}" if body else cited
