"""What the public pages say, built from what the register and the check found."""

import dataclasses
import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from forms import tones, words
from forms.parts import Cell, Four, Pager, Term
from forms.public.genuine import Finding
from forms.public.register import Published, Screen
from processes.statutes import STATUTES

ONE_DAY = dt.timedelta(days=1)
LONGEST_HEADLINE = 40


@dataclasses.dataclass(frozen=True, slots=True)
class Right:
    """One of the three rights as the home page presents it."""

    name: str
    purpose: str
    facts: list[tuple[str, str]]
    url: str = ""
    act: str = ""
    note: str = ""


def rights(*, on: dt.date) -> list[Right]:
    """Return the three rights: repair is handled here, the others at the counter for now."""
    limit = STATUTES.on(on).value("G22.result.applicant")
    who, how_long, needed = _("Who handles it"), _("How long"), _("What you need")
    at_counter = _("For now at the counter or by phone; the same limits apply")
    return [
        Right(
            _("Credit repair"),
            _("You have put it right and want the publication to end."),
            [
                (who, _("The unit that made the finding: who finds, repairs")),
                (how_long, _("An answer within %d working days of your application") % limit),
                (needed, _("Proof that it was put right, and a repair promise")),
            ],
            "forms:records",
            _("See whether it can be repaired"),
        ),
        Right(
            _("Objection"),
            _("The information is wrong, incomplete, expired, or should not be public."),
            [
                (who, _("We check first; then the provider answers field by field")),
                (how_long, _("While it is checked it is marked as contested")),
                (needed, _("Which part is wrong, and what shows it")),
            ],
            note=at_counter,
        ),
        Right(
            _("Credit promise"),
            _("A document is missing: promise first, bring it later."),
            [
                (who, _("The unit that handles your matter, after telling you in writing")),
                (how_long, _("Until the day in the promise; you are reminded before")),
                (needed, _("Nobody must promise; the ordinary way stays open")),
            ],
            note=at_counter,
        ),
    ]


def pager(following: str) -> Pager:
    """Return the way to the next screen; back is the browser's own."""
    return Pager(words=_("Newest decisions first"), next=following)


def entry(found: Published, *, today: dt.date) -> dict[str, Any]:
    """Return one published record as a card."""
    return {
        "record": found,
        "severity": tones.look("severity", found.severity),
        "contested": tones.look("publication", "contested") if found.contested else None,
        "facts": facts(found),
        "term": term(found, today=today),
        "headline": headline(found),
    }


def headline(found: Published) -> str:
    """What a card is called: the violation, else what was found, else penalty or number."""
    if found.violation and len(found.violation) <= LONGEST_HEADLINE:
        return found.violation
    if found.facts and len(found.facts) <= LONGEST_HEADLINE:
        return found.facts
    return "、".join(found.types) or found.decision_number


def facts(found: Published) -> list[tuple[str, str]]:
    """The facts of one record, in the order of a decision."""
    sites = (
        found.sites
        if words.in_chinese()
        else [english or name for name, english in zip(found.sites, found.sites_en, strict=True)]
    )
    separator = pgettext("between items of a list", ", ")
    rows = [
        (_("Decision number"), found.decision_number),
        (_("Facts"), "" if found.facts == headline(found) else found.facts),
        (_("Penalty"), found.content or "、".join(found.types)),
        (_("Decided by"), found.unit_name),
        (_("Decided on"), words.day(found.decided_on)),
        (_("Legal basis"), found.basis),
        (_("Published on"), separator.join(sites)),
    ]
    return [(name, value) for name, value in rows if value]


def term(found: Published, *, today: dt.date) -> Term:
    """The bar of the publication term.

    The first day to apply stands there only while it is to come: it was stored by the rule of the
    day of publication, and whether repair is possible now is for the pre-check to say.
    """
    opens = found.earliest_end + ONE_DAY if found.earliest_end else None
    return Term(
        start=min(found.decided_on, found.published_from),
        opens=opens if opens and opens > today else None,
        end=found.latest_end,
        today=today,
        start_words=_("decided"),
        opens_words=_("repair possible"),
        end_words=_("latest end"),
    )


def results(query: str, screen: Screen, *, today: dt.date) -> dict[str, Any]:
    """Return the page of a search: one subject gets a heading of its own."""
    names = {(found.subject_name, found.subject_code) for found in screen.found}
    single = next(iter(names)) if len(names) == 1 else None
    return {
        "query": query,
        "entries": [entry(found, today=today) for found in screen.found],
        "single": single,
        "four": _results_four(screen, today) if screen.found else None,
    }


def _results_four(screen: Screen, today: dt.date) -> Four:
    latest = max(found.latest_end for found in screen.found)
    count = len(screen.found)
    return Four(
        Cell(
            ngettext("%d published record", "%d published records", count) % count,
            _("What has expired or was repaired is not shown"),
        ),
        Cell(
            _("The unit named answers for each"),
            _("If a record is wrong, object to that unit or here"),
        ),
        Cell(
            _("Until %(day)s at the latest") % {"day": words.day(latest, this_year=today.year)},
            _("Each has its own term and stops by itself when it ends"),
        ),
        Cell("《信用修复管理办法》", _("The term of publication follows these Measures"), zh=True),
        (_("What is this"), _("Who answers for it"), _("Until when"), _("On what basis")),
    )


def record(found: Published, *, today: dt.date) -> dict[str, Any]:
    """Return the page of one published record."""
    return {"entry": entry(found, today=today), "four": _results_four(Screen([found]), today)}


def finding(found: Finding, *, at: dt.datetime) -> dict[str, Any]:
    """Return what the check of a letter answers, and nothing that would tell about people."""
    return {
        "genuine": found.genuine,
        "by_file": found.by_file,
        "facts": _finding_facts(found, at),
        "digest": found.sha256,
    }


def _finding_facts(found: Finding, at: dt.datetime) -> list[tuple[str, str]]:
    checked = (_("Checked at"), words.moment(at))
    if not found.genuine:
        return [checked]
    return [(_("Issued on"), words.day(found.issued_on)), checked]
