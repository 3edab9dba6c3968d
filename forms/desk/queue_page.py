"""The queue: what waits, for whom, until when; grouped by urgency, most urgent first."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms import dues, words
from forms.acting import role_words
from forms.parts import Cell, Due, Four
from processes.repair.flow import DUE
from workflow.engine.models import WorkItem
from workflow.offices.actors import CapacityKind as C
from workflow.offices.models import Capacity

Dues = Mapping[tuple[uuid.UUID, str], Due]


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One step of one case that waits for somebody."""

    item: WorkItem
    href: str
    stage: str
    due: Due | None
    tone: str
    left: str
    waits: str
    is_me: bool
    taken_by: str
    can_claim: bool
    can_release: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """The rows of one urgency."""

    tone: str
    icon: str
    title: str
    note: str
    rows: Sequence[Row]


def stage_words() -> dict[str, str]:
    """What each step is called in the queue."""
    return {
        "determine_severity": _("Record · severity"),
        "accept": _("Repair · acceptance"),
        "supplement": _("Repair · supplement"),
        "verify": _("Repair · verification"),
        "approve": _("Repair · decision"),
        "remove": _("Repair · removal"),
        "settle_refusal": _("Repair · objection of a site"),
    }


def href_of(item: WorkItem, *, mine: bool = True) -> str:
    """Return the page on which a task is done, or where it is watched by those it waits not for."""
    if item.node == "determine_severity":
        return reverse("forms:desk-severity", args=[item.object_id])
    if item.node == "remove" and mine:
        return reverse("forms:desk-order", args=[item.object_id])
    if item.node in ("remove", "settle_refusal"):
        return reverse("forms:desk-removal", args=[item.case_number])
    return reverse("forms:desk-case", args=[item.case_number])


def short_left(due: Due | None) -> str:
    """How much time is left, as briefly as a dense row allows."""
    if due is None:
        return _("no limit")
    if due.suspended:
        return _("stopped")
    if due.left is None:
        return _("provisional")
    if due.left == 0:
        return _("today")
    if due.left < 0:
        return ngettext("%d day over", "%d days over", -due.left) % -due.left
    return ngettext("%d d left", "%d d left", due.left) % due.left


def row(item: WorkItem, limits: Dues, held: Sequence[Capacity], me: uuid.UUID) -> Row:
    """One row, with whom it waits for and what I can do with it."""
    ours = any(c.role == item.role and c.department_id == item.department_id for c in held)
    free, excluded = item.standing == WorkItem.Standing.OPEN, item.excluded_user_id == me
    due = limit_of(item, limits)
    waits, is_me = _waits(item, me, ours=ours, excluded=excluded)
    return Row(
        item=item,
        href=href_of(item, mine=ours),
        stage=stage_words().get(item.node, item.node),
        due=due,
        tone=group_key(due),
        left=short_left(due),
        waits=waits,
        is_me=is_me,
        taken_by=item.owner.display_name if item.owner else "",
        can_claim=ours and free and not excluded,
        can_release=item.owner_id == me,
    )


def limit_of(item: WorkItem, limits: Dues) -> Due | None:
    """The limit of a task; while a supplement is awaited, the desk's own, which stands still."""
    if item.node == "supplement":
        stopped = limits.get((item.object_id, "accept"))
        if stopped is not None:
            return stopped
    return limits.get((item.object_id, DUE.get(item.node, "")))


def _waits(item: WorkItem, me: uuid.UUID, *, ours: bool, excluded: bool) -> tuple[str, bool]:
    if item.owner_id == me:
        return _("Waits for me"), True
    if item.role == C.APPLICANT:
        return _("Waits for the applicant"), False
    role = role_words(item.role)
    if not ours:
        office = item.department.name if item.department else ""
        return _("Waits for %(role)s: %(office)s") % {"role": role, "office": office}, False
    if item.owner:
        return _("Waits for %(who)s") % {"who": item.owner.display_name}, False
    if excluded:
        return _("Waits for somebody else here: you prepared it"), False
    return _("Waits for me"), True


def group_key(due: Due | None) -> str:
    """The urgency of a limit, which is also the order of the groups."""
    if due is None:
        return "none"
    if due.suspended:
        return "hold"
    if due.left is None:
        return "later"
    if due.left < 0:
        return "over"
    if due.left == 0:
        return "today"
    return "soon" if due.tone == "wait" else "later"


def groups(rows: Sequence[Row]) -> list[Group]:
    """The rows by urgency; those without a running limit come last."""
    known = {
        "over": ("bad", "alert", _("Overdue"), _("Reported to the supervisor by itself")),
        "today": ("bad", "hour", _("Due today"), ""),
        "soon": ("wait", "clock", _("Within 3 working days"), ""),
        "later": ("mute", "cal", _("Later"), ""),
        "none": ("mute", "minus", _("Without a legal limit"), ""),
        "hold": ("hold", "pause", _("Clock stopped"), _("These days do not count")),
    }
    return [
        Group(tone, icon, title, note, [r for r in rows if r.tone == key])
        for key, (tone, icon, title, note) in known.items()
        if any(r.tone == key for r in rows)
    ]


def page(
    rows: Sequence[WorkItem], held: Sequence[Capacity], me: uuid.UUID, *, on: dt.date
) -> dict[str, Any]:
    """Return one screen of the queue."""
    limits = dues.open_dues(object_ids=[each.object_id for each in rows], on=on)
    shown = [row(each, limits, held, me) for each in rows]
    return {"groups": groups(shown), "shown": len(shown)}


def four(
    counted: Sequence[Mapping[str, Any]],
    top: Row | None,
    held: Sequence[Capacity],
    *,
    on: dt.date,
) -> Four:
    """The four answers of the queue."""
    by = {each["key"]: each for each in counted}
    offices = list(dict.fromkeys(each.department.name for each in held))
    whose = _("%(mine)s taken by you, %(free)s unclaimed") % {
        "mine": by["mine"]["shown"],
        "free": by["free"]["shown"],
    }
    others = _("%(count)s wait for others") % {"count": by["others"]["shown"]}
    if top is None or top.due is None:
        urgent = Cell(_("Nothing runs out"), "")
    else:
        day = words.weekday(top.due.on, this_year=on.year) if top.due.on else ""
        urgent = Cell(top.item.case_number, day, due=top.due)
    return Four(
        Cell(
            _("%(count)s open in my offices") % {"count": by["all"]["shown"]},
            ("、" if words.in_chinese() else ", ").join(offices),
        ),
        Cell(whose, others, is_you=by["mine"]["count"] + by["free"]["count"] > 0),
        urgent,
        Cell(_("By legal due date"), _("Each limit is proved day by day in its case")),
        (_("What is this"), _("Whose turn"), _("Most urgent"), _("In what order")),
    )
