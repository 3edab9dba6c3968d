"""Provisions as the desk reads them: the article only when sure, and what is not confirmed."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms import words
from forms.parts import Cell, Due
from processes.statutes import STATUTES
from workflow.deadlines.models import Deadline
from workflow.decisions import Basis
from workflow.law.book import NoLawInForce


def cited(basis: Basis) -> str:
    """Return the instrument, and its article where that is sure."""
    instrument = basis.instrument if words.in_chinese() else basis.instrument_en
    return f"{instrument}{basis.article or ''}"


def is_unconfirmed(basis: Basis) -> bool:
    """Whether the figure still waits for somebody to see the printed text."""
    return basis.confidence != "H"


def meaning(provision: str) -> str:
    """Return what a provision sets, in the reader's language."""
    known = STATUTES.history.get(provision)
    if known is None:
        return provision
    return known.means if words.in_chinese() else known.means_en or known.means


def when_words(due: Due | None, *, on: dt.date) -> str:
    """Say until when: the day, or what will be left when a stopped clock goes on."""
    if due is None:
        return _("No limit runs")
    if due.on is not None:
        return words.weekday(due.on, this_year=on.year)
    if due.suspended and due.left is not None:
        return (
            ngettext(
                "%d working day is left when it goes on",
                "%d working days are left when it goes on",
                due.left,
            )
            % due.left
        )
    return due.words


def limit_cell(deadline: Deadline | None, *, on: dt.date, fallback: str) -> Cell:
    """Return the basis of a limit as the fourth answer, marked while it is unconfirmed."""
    code = deadline.provision_id if deadline else fallback
    day = deadline.start_on if deadline else on
    try:
        basis = STATUTES.on(day).basis(code)
    except NoLawInForce:
        return Cell(_("No provision is in force"), meaning(code))
    mark = _("parameter, to be confirmed") if is_unconfirmed(basis) else ""
    return Cell(meaning(code), " · ".join(part for part in (cited(basis), mark) if part))
