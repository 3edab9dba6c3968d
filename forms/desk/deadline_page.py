"""The proof of a limit, day by day: why each day counted or did not."""

import dataclasses
import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms import dues, words
from forms.desk import citing
from forms.parts import Cell, Four
from processes.statutes import STATUTES
from workflow.deadlines.models import Deadline
from workflow.deadlines.services import proof
from workflow.law.book import NoLawInForce
from workflow.periods import Unit
from workflow.proofs import ProofDay


@dataclasses.dataclass(frozen=True, slots=True)
class Day:
    """One day of the proof."""

    on: dt.date
    number: int | None
    ground: str
    source: str
    is_today: bool


def ground_words() -> dict[str, str]:
    """Why a day counted or did not."""
    return {
        "weekday": _("Working day"),
        "make_up": _("Working day by notice, made up for a holiday"),
        "rest": _("Weekend"),
        "holiday": _("Public holiday"),
        "calendar_day": _("Calendar day"),
        "suspended": _("The clock stood still"),
        "rolled": _("The last day fell on a rest day and moves here"),
    }


def suspension_words() -> dict[str, str]:
    """Why a clock stood still."""
    return {"supplement-requested": _("waiting for the applicant's supplement")}


def page(deadline: Deadline, *, on: dt.date) -> dict[str, Any]:
    """Return the proof with its four answers."""
    stops = list(deadline.suspensions.order_by("first_day", "pk"))
    days, counted = [], 0
    for each in proof(deadline):
        counted += each.counted
        days.append(_day(each, counted, stops, on))
    return {
        "deadline": deadline,
        "title": citing.meaning(deadline.provision_id),
        "four": four(deadline, on),
        "days": days,
        "facts": facts(deadline, stops),
    }


def _day(each: ProofDay, counted: int, stops: list[Any], on: dt.date) -> Day:
    source = each.source or ""
    if source.startswith("suspensions."):
        ground = stops[int(source.partition(".")[2])].ground
        source = suspension_words().get(ground, ground)
    return Day(
        on=each.date,
        number=counted if each.counted else None,
        ground=ground_words().get(each.ground, each.ground),
        source=source,
        is_today=each.date == on,
    )


def length(deadline: Deadline) -> str:
    """How long the limit is, in words."""
    total = deadline.budget + deadline.extended_by
    if deadline.unit == Unit.WORKING_DAY:
        return ngettext("%d working day", "%d working days", total) % total
    return {
        Unit.DAY: ngettext("%d day", "%d days", total),
        Unit.MONTH: ngettext("%d month", "%d months", total),
        Unit.YEAR: ngettext("%d year", "%d years", total),
    }[Unit(deadline.unit)] % total


def four(deadline: Deadline, on: dt.date) -> Four:
    """What the limit is, whose, until when, on what basis."""
    office = deadline.department.name if deadline.department else _("The applicant")
    due = dues.due_of(deadline, on=on)
    said = citing.when_words(due, on=on)
    detail = _("counted by calendar version %(version)s") % {
        "version": deadline.calendar_version[:8]
    }
    shown = due if deadline.ended_at is None else None
    return Four(
        Cell(length(deadline), citing.meaning(deadline.provision_id)),
        Cell(office, ""),
        Cell(said, detail, due=shown),
        citing.limit_cell(deadline, on=on, fallback=deadline.provision_id),
    )


def facts(deadline: Deadline, stops: list[Any]) -> list[tuple[str, str]]:
    """The facts the due day follows from."""
    found = [
        (
            _("Runs from"),
            _("%(day)s; that day itself is not counted")
            % {"day": words.weekday(deadline.start_on)},
        ),
        (_("Length"), length(deadline)),
        (_("Provision"), f"{deadline.provision_id} · {deadline.provision_version}"),
        (_("Statute book"), deadline.law_version),
        (_("Confidence"), _confidence(deadline)),
    ]
    for stop in stops:
        until = words.day(stop.resumes_on) if stop.resumes_on else _("still")
        told = f"{words.day(stop.first_day)} – {until}"
        ground = suspension_words().get(stop.ground, stop.ground)
        found.append((_("Clock stopped"), f"{told} · {ground}"))
    return found


def _confidence(deadline: Deadline) -> str:
    try:
        basis = STATUTES.on(deadline.start_on).basis(deadline.provision_id)
    except NoLawInForce:
        return _("No provision is in force")
    if citing.is_unconfirmed(basis):
        return f"{basis.confidence} · {_('parameter, to be confirmed')}"
    return f"{basis.confidence} · {_('confirmed')}"
