"""Where a removal stands: every order with its receipt, its limit or its objection."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms import dues, tones, words
from forms.desk import citing
from forms.desk.forms import Settlement
from forms.desk.staleness import mark
from forms.parts import Cell, Choice, Due, Four, MatrixCell, MatrixRow
from processes.repair.models import RemovalLine, RepairCase
from processes.repair.states import SETTLED_LINES
from workflow.offices.models import Capacity

Dues = Mapping[tuple[uuid.UUID, str], Due]


@dataclasses.dataclass(frozen=True, slots=True)
class Objection:
    """One objection of a keeper, with the form of whoever may settle it."""

    line: RemovalLine
    form: Settlement | None
    choices: Sequence[Choice]
    seen: str


def lines_of(case: RepairCase, item_ids: frozenset[uuid.UUID]) -> list[RemovalLine]:
    """Return the orders of these items in the order of their records and places."""
    found = RemovalLine.objects.filter(item__case=case, item__in=item_ids).select_related(
        "item__record", "site", "recipient", "measure__item", "keeper", "receipt_by", "order_letter"
    )
    return sorted(found, key=lambda x: (x.item.record.decision_number, not x.site, x.target_name))


def page(
    case: RepairCase,
    item_ids: frozenset[uuid.UUID],
    held: Sequence[Capacity],
    bound: Settlement | None,
    *,
    on: dt.date,
) -> dict[str, Any]:
    """Return the tracker of one case."""
    lines = lines_of(case, item_ids)
    limits = dues.open_dues(object_ids=[line.pk for line in lines], on=on)
    places = list(dict.fromkeys(line.target_name for line in lines))
    objections = [_objection(line, case, held, bound) for line in lines if line.state == "refused"]
    return {
        "case": case,
        "lines": lines,
        "sites": places,
        "matrix": matrix(lines, places, limits),
        "objections": objections,
        "four": four(lines, limits, objections, on),
        "heading": counted(lines),
        "late": sum((limits.get((x.pk, "remove")) or NO_DUE).tone == "bad" for x in lines),
        "refused": len(objections),
    }


NO_DUE = Due(None, None)


def counted(lines: Sequence[RemovalLine]) -> str:
    """How many orders, and how many have their receipt."""
    done = sum(line.state in SETTLED_LINES for line in lines)
    told = ngettext("%(n)d order, %(done)d answered", "%(n)d orders, %(done)d answered", len(lines))
    return told % {"n": len(lines), "done": done}


def matrix(lines: Sequence[RemovalLine], places: Sequence[str], limits: Dues) -> list[MatrixRow]:
    """Record by place."""
    by: dict[str, dict[str, RemovalLine]] = {}
    for line in lines:
        by.setdefault(line.item.record.decision_number, {})[line.target_name] = line
    return [
        MatrixRow(name, "", [cell(found.get(place), place, limits) for place in places])
        for name, found in by.items()
    ]


def cell(line: RemovalLine | None, place: str, limits: Dues) -> MatrixCell:
    """How one order stands: its receipt, or how long it still has."""
    if line is None:
        return MatrixCell(place, "mute", "minus", _("Nothing to remove"))
    look = tones.look("line", line.state)
    who = line.receipt_by.display_name if line.receipt_by else ""
    at = words.moment(line.receipt_at) if line.receipt_at else ""
    due = limits.get((line.pk, "remove"))
    if line.state == "ordered" and due is not None:
        note = words.weekday(due.on) if due.on else ""
        return MatrixCell(place, due.tone, due.icon, due.words, f"{line.keeper.name} {note}")
    note = " ".join(part for part in (at, who, line.receipt_note) if part)
    return MatrixCell(place, look.tone, look.icon, str(look.words), note)


def _objection(
    line: RemovalLine, case: RepairCase, held: Sequence[Capacity], bound: Settlement | None
) -> Objection:
    mine = any(c.role == "supervisor" and c.department_id == case.desk_id for c in held)
    form = None
    if mine:
        asked = bound is not None and bound["line"].value() == str(line.pk)
        form = bound if asked else Settlement(initial={"line": line.pk})
    chosen = str(form["act"].value() or "") if form is not None and form.is_bound else ""
    options = [Choice(key, str(name), "", False, key == chosen) for key, name in Settlement.choices]
    return Objection(line, form, options, mark([line.version]))


def four(
    lines: Sequence[RemovalLine],
    limits: Dues,
    objections: Sequence[Objection],
    on: dt.date,
) -> Four:
    """The four answers of a removal."""
    open_lines = [line for line in lines if line.state == "ordered"]
    mine = any(each.form is not None for each in objections)
    if mine:
        who = Cell(_("You: settle the objection"), "", is_you=True)
    elif objections:
        who = Cell(_("The supervisor"), _("A site objects to its order"))
    elif open_lines:
        names = list(dict.fromkeys(line.keeper.name for line in open_lines))
        who = Cell(("、" if words.in_chinese() else ", ").join(names), _("Receipts are awaited"))
    else:
        who = Cell(_("Nobody: every receipt is in"), "")
    running = [due for due in limits.values() if due.on]
    last = max(running, key=lambda due: due.on or dt.date.min, default=None)
    when = Cell(_("No limit runs"), "")
    if last is not None and last.on:
        when = Cell(words.weekday(last.on, this_year=on.year), due=last)
    return Four(
        Cell(counted(lines), _("It is complete when every order has its receipt")),
        who,
        when,
        citing.limit_cell(None, on=on, fallback="OFFICE.removal"),
    )


def list_row(case: RepairCase, *, on: dt.date) -> dict[str, Any]:
    """One case in the list of removals."""
    lines = list(RemovalLine.objects.filter(item__case=case))
    limits = dues.open_dues(object_ids=[line.pk for line in lines], on=on)
    first = min((d for d in limits.values() if d.on), key=lambda d: d.on or on, default=None)
    return {
        "case": case,
        "told": counted(lines),
        "due": first,
        "refused": sum(line.state == "refused" for line in lines),
    }
