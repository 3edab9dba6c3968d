"""One order to a keeper: what to remove, why, until when, and the answer."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forms import dues, tones, words
from forms.acting import role_words
from forms.desk import citing, papers
from forms.desk.forms import Receipt
from forms.desk.staleness import mark
from forms.parts import Cell, Choice, Four, Link
from processes.repair.models import RemovalLine
from workflow.deadlines.models import Deadline
from workflow.engine.models import WorkItem


def page(
    line: RemovalLine,
    task: WorkItem | None,
    form: Receipt,
    *,
    on: dt.date,
) -> dict[str, Any]:
    """Return the page of one order."""
    deadline = (
        Deadline.objects.filter(object_id=line.pk, kind="remove")
        .prefetch_related("suspensions")
        .order_by("-created_at")
        .first()
    )
    return {
        "line": line,
        "task": task,
        "form": form,
        "look": tones.look("line", line.state),
        "four": four(line, task, deadline, on),
        "facts": fact_rows(line),
        "letters": [papers.letter_paper(line.order_letter, on=on)] if line.order_letter else [],
        "choices": choices(form),
        "seen": mark([line.version]),
        "receipt": receipt_rows(line),
        "receipt_href": reverse("forms:desk-receipt", args=[line.pk])
        if line.receipt_document
        else "",
    }


def choices(form: Receipt) -> list[Choice]:
    """The three answers with what each of them does."""
    hints = {
        "done": _("The record is no longer visible there; this is your receipt"),
        "never_held": _("The site has never shown this record"),
        "refuse": _("The supervisor decides; the limit runs on"),
    }
    chosen = str(form["act"].value() or "") if form.is_bound else ""
    return [Choice(key, str(name), hints[key], False, key == chosen) for key, name in form.choices]


def fact_rows(line: RemovalLine) -> list[tuple[str, str]]:
    """What has to end, and on what decision."""
    record, case = line.item.record, line.item.case
    decided = line.item.decided_at
    rows = [
        (_("Where"), line.target_name),
        (_("Record"), record.decision_number),
        (_("Subject"), case.subject.shown_name),
        (_("Unit"), record.unit.name),
        (_("Application"), case.number),
        (_("Repair granted on"), words.day(decided) if decided else ""),
        (_("Ordered"), words.moment(line.ordered_at)),
    ]
    return [(name, value) for name, value in rows if value]


def receipt_rows(line: RemovalLine) -> list[tuple[str, str]]:
    """The answer as it was given."""
    by = line.receipt_by.display_name if line.receipt_by else ""
    rows = [
        (_("Answer"), str(tones.look("line", line.state).words)),
        (_("By"), by),
        (_("At"), words.moment(line.receipt_at) if line.receipt_at else ""),
        (_("In words"), line.receipt_note),
    ]
    return [(name, value) for name, value in rows if value] if line.state != "ordered" else []


def four(line: RemovalLine, task: WorkItem | None, deadline: Deadline | None, on: dt.date) -> Four:
    """The four answers of the order."""
    who = Cell(_("Nobody: it is answered"), "")
    if line.state == "refused":
        who = Cell(line.item.case.desk.name, role_words("supervisor"))
    elif task is not None:
        who = Cell(
            _("You: remove it and confirm"),
            _("As %(capacity)s of %(office)s")
            % {"capacity": role_words("sitekeeper"), "office": line.keeper.name},
            is_you=True,
        )
    when = Cell(_("No limit runs"), "")
    if deadline is not None and deadline.ended_at is None:
        due = dues.due_of(deadline, on=on)
        link = Link(_("day by day"), reverse("forms:desk-deadline", args=[deadline.pk]))
        when = Cell(citing.when_words(due, on=on), due=due, link=link)
    return Four(
        Cell(_("An order to end publication"), line.target_name),
        who,
        when,
        citing.limit_cell(deadline, on=on, fallback="OFFICE.removal"),
    )
