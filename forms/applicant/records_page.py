"""The page "my records": everything held about the subject, each with what can be done now."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms import tones, words
from forms.applicant import reading
from forms.applicant.record_answers import answer, case_answer
from forms.parts import Answer, Cell, Four, Link, Term
from processes.records.models import CreditRecord
from processes.repair import queries
from processes.repair.judgement import Judgement, Stated
from processes.repair.models import RepairCase
from processes.repair.rules import Verdict
from workflow.offices.actors import Actor

ONE_DAY = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True, slots=True)
class Card:
    """One record on the page."""

    record: CreditRecord
    headline: str
    about: str
    severity: tones.Look
    answer: Answer
    term: Term | None
    links: Sequence[Link]
    verdict: str


def headline(record: CreditRecord, fields: dict[str, Any]) -> str:
    """What a record is called: what was done, and what it cost."""
    what = str(fields.get("violation") or "") or "、".join(fields.get("types") or ())
    fine = words.money(_yuan(fields.get("fine_yuan")))
    parts = [what or record.decision_number, _("fine %(sum)s") % {"sum": fine} if fine else ""]
    return ("，" if words.in_chinese() else ", ").join(part for part in parts if part)


def _yuan(value: object) -> Decimal | None:
    try:
        return Decimal(str(value)) if value else None
    except InvalidOperation:
        return None


def if_all_were_done(records: Iterable[CreditRecord], *, on: dt.date) -> dict[Any, Judgement]:
    """Judge records as if everything the subject can do were done today: what time alone allows."""
    found = list(records)
    done = Stated(corrected_on=on, duties_performed_on=on, duties_complete=True, promised_on=on)
    return queries.precheck(records=found, stated={r.pk: done for r in found}, on=on)


def page(actor: Actor, *, on: dt.date, screen: Sequence[CreditRecord]) -> dict[str, Any]:
    """Return the page for one screen of records."""
    fields = reading.versions_of(screen)
    done = reading.repaired_in(actor)
    cases = done | reading.open_cases(actor)
    judged = if_all_were_done([r for r in screen if r.pk not in cases], on=on)
    cards = [card(r, fields.get(r.pk, {}), judged.get(r.pk), cases.get(r.pk), on) for r in screen]
    return {"cards": cards, "four": four(cards, on)}


def card(
    record: CreditRecord,
    fields: dict[str, Any],
    judgement: Judgement | None,
    case: RepairCase | None,
    on: dt.date,
) -> Card:
    """Return one record with its answer and the ways on."""
    shown = [p for p in record.publications.all() if p.state == "shown" and p.latest_end >= on]
    about = " · ".join(
        [
            record.decision_number,
            record.unit.name,
            _("decided on %(day)s") % {"day": words.day(record.decided_on, this_year=on.year)},
            ngettext("on %d site", "on %d sites", len(shown)) % len(shown)
            if shown
            else _("not published"),
        ]
    )
    return Card(
        record=record,
        headline=headline(record, fields),
        about=about,
        severity=tones.look("severity", record.severity or "undetermined"),
        answer=case_answer(case, record)
        if case
        else answer(record, judgement, shown=bool(shown), on=on),
        term=term(record, shown, judgement, on),
        links=case_links(case) if case else links(record, judgement),
        verdict="case" if case else (judgement.verdict if judgement else ""),
    )


def term(
    record: CreditRecord, shown: Sequence[Any], judgement: Judgement | None, on: dt.date
) -> Term | None:
    """The publication term over all sites; none where nothing is published.

    While the rule of today names a first day, that day stands here: the one stored when the
    publication began may be of an older rule.
    """
    if not shown:
        return None
    ends = [p.earliest_end for p in shown if p.earliest_end]
    stored = max(ends) + ONE_DAY if ends else None
    return Term(
        start=record.decided_on,
        opens=(judgement.earliest if judgement else None) or stored,
        end=max(p.latest_end for p in shown),
        today=on,
        start_words=_("decided"),
        opens_words=_("you can apply"),
        end_words=_("latest end"),
    )


def case_links(case: RepairCase) -> list[Link]:
    """The way to the case, or on with its draft."""
    if case.state == "draft":
        draft = reverse("forms:apply-facts", args=[case.number])
        return [Link(_("Go on with the draft"), draft, "primary")]
    return [Link(_("See how it stands"), reverse("forms:case", args=[case.number]))]


def links(record: CreditRecord, judgement: Judgement | None) -> list[Link]:
    """What can be done with a record that is in no case."""
    if judgement is None or judgement.verdict in (Verdict.NO_OBJECT, "undetermined"):
        return []
    href = reverse("forms:precheck", query={"record": str(record.pk)})
    if judgement.verdict == Verdict.ELIGIBLE:
        return [Link(_("Check and apply"), href, "primary")]
    return [Link(_("See the conditions"), href)]


def four(cards: Sequence[Card], on: dt.date) -> Four:
    """The four answers of the page."""
    ready = sum(card.verdict == Verdict.ELIGIBLE for card in cards)
    waiting = [card.term.opens for card in cards if card.verdict == Verdict.NOT_YET and card.term]
    days = sorted(day for day in waiting if day and day > on)
    when = (
        Cell(_("Today"), _("There is no last day for applying"))
        if ready
        else Cell(_("From %(day)s") % {"day": words.weekday(days[0], this_year=on.year)})
        if days
        else Cell(_("No date"), _("Nothing has to be done by a day"))
    )
    count = ngettext("%d record", "%d records", len(cards)) % len(cards)
    can = ngettext("You: %d record can be repaired", "You: %d records can be repaired", ready)
    return Four(
        Cell(
            _("Everything held about you: %(count)s") % {"count": count},
            _("Published or not; only you see this page"),
        ),
        Cell(can % ready, _("Check first, then apply"), is_you=True)
        if ready
        else Cell(_("You need do nothing now"), _("Each record says what it waits for")),
        when,
        Cell("《信用修复管理办法》", _("Each answer names its provision"), zh=True),
    )
