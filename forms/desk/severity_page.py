"""The task of a determining unit: how severe is this record, and what follows from each answer."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forms import tones, words
from forms.acting import role_words
from forms.desk import citing
from forms.desk.forms import Severity as Form
from forms.parts import Cell, Choice, Four, MatrixCell, MatrixRow
from processes.records.models import CreditRecord
from processes.records.queries_severity import (
    Consequence,
    consequences,
    fields_of,
    proposal,
)
from processes.records.rules import Proposal
from workflow.engine.models import WorkItem

ONE_DAY = dt.timedelta(days=1)


def page(
    record: CreditRecord,
    task: WorkItem | None,
    form: Form,
    *,
    until: dt.date | None,
    on: dt.date,
) -> dict[str, Any]:
    """Return the page; every severity is shown with what it would come to, none is preselected."""
    fields = fields_of(record)
    proposed = proposal(fields, on=on)
    return {
        "record": record,
        "task": task,
        "form": form,
        "severity": tones.look("severity", record.severity or "undetermined"),
        "four": four(record, task, proposed, on),
        "facts": fact_rows(record, fields),
        "proposed": proposed,
        "proposed_look": tones.look("severity", proposed.severity),
        "proposed_basis": citing.cited(proposed.basis),
        "unconfirmed": citing.is_unconfirmed(proposed.basis),
        **matrix(record, proposed, until=until, on=on),
        "choices": choices(form),
    }


def matrix(
    record: CreditRecord, proposed: Proposal, *, until: dt.date | None, on: dt.date
) -> dict[str, Any]:
    """Each severity by each site: what it would come to."""
    every = consequences(record, restriction_until=until, on=on)
    return {
        "sites": [each.site.name for each in next(iter(every.values()))],
        "matrix": [
            MatrixRow(
                name=str(tones.look("severity", severity).words),
                note=_("proposed by the table") if severity == proposed.severity else "",
                cells=[cell(each) for each in found],
            )
            for severity, found in every.items()
        ],
    }


def restriction(typed: str) -> dt.date | None:
    """The end of the restriction as typed, when it is a day; else it is told beside its field."""
    try:
        return Form.base_fields["restriction_until"].clean(typed)
    except ValidationError:
        return None


def choices(form: Form) -> list[Choice]:
    """The three severities; nothing is chosen for anybody."""
    chosen = str(form["act"].value() or "") if form.is_bound else ""
    return [Choice(key, str(name), "", False, key == chosen) for key, name in form.choices]


def cell(each: Consequence) -> MatrixCell:
    """What a severity means on one site."""
    if not each.shown or each.latest_end is None:
        look = tones.look("publication", "none")
        return MatrixCell(each.site.name, look.tone, look.icon, _("Not published"))
    look = tones.look("publication", "shown")
    said = _("until %(day)s at the latest") % {"day": words.day(each.latest_end)}
    opens = each.earliest_end
    note = (
        _("repair can be asked for from %(day)s") % {"day": words.day(opens + ONE_DAY)}
        if opens
        else _("no minimum")
    )
    return MatrixCell(each.site.name, look.tone, look.icon, said, note)


def fact_rows(record: CreditRecord, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the record says."""
    rows = [
        (_("Subject"), f"{record.subject.shown_name} {record.subject.code or ''}".strip()),
        (_("Decision"), record.decision_number),
        (_("Decided on"), words.weekday(record.decided_on)),
        (_("Unit"), record.unit.name),
        (_("What was done"), str(fields.get("violation") or "")),
        (_("Facts"), str(fields.get("facts") or "")),
        (_("Basis"), str(fields.get("basis") or "")),
        (_("Kinds of penalty"), "、".join(fields.get("types") or ())),
        (_("Penalty"), str(fields.get("content") or "")),
    ]
    return [(name, value) for name, value in rows if value]


def four(record: CreditRecord, task: WorkItem | None, proposed: Proposal, on: dt.date) -> Four:
    """The four answers of the task."""
    look = tones.look("severity", proposed.severity)
    what = Cell(_("One record whose severity is open"), record.decision_number)
    who = Cell(
        _("You: say how severe it is"),
        _("As %(capacity)s of %(office)s")
        % {"capacity": role_words("verifier"), "office": record.unit.name},
        is_you=True,
    )
    if task is None:
        known = tones.look("severity", record.severity or "undetermined")
        what = Cell(str(known.words), record.decision_number)
        who = Cell(_("Nobody: it is determined"), "")
    basis = _("%(severity)s is proposed; you decide") % {"severity": look.words}
    cited = citing.cited(proposed.basis)
    if citing.is_unconfirmed(proposed.basis):
        cited += f" · {_('parameter, to be confirmed')}"
    when = Cell(_("No limit runs"), _("It is published nowhere until you decide"))
    if task is None:
        when = Cell(_("No limit runs"), "")
    return Four(what, who, when, Cell(basis, cited))
