"""What the parts of a page need: one small value per component of ``templates/parts``.

Views and the builders beside them fill these; templates only lay them out. Words are already
translated, tones and icons come from ``forms.tones``.
"""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms import tones
from forms.spans import Due, Term

__all__ = [
    "Answer",
    "Cell",
    "Choice",
    "Condition",
    "Due",
    "Four",
    "Happening",
    "Link",
    "MatrixCell",
    "MatrixRow",
    "Pager",
    "Paper",
    "Rung",
    "Step",
    "Term",
    "steps_now",
]


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """One of the four answers: the short one, what there is to add, and whether it is you."""

    verdict: str
    detail: str = ""
    is_you: bool = False
    due: Due | None = None
    link: "Link | None" = None
    zh: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go, in words; ``kind`` is the button kind where it is drawn as one."""

    words: str
    href: str
    kind: str = ""
    icon: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Four:
    """四问: what is this, who must act, by when, on what basis."""

    what: Cell
    who: Cell
    when: Cell
    basis: Cell
    questions: Sequence[str] = ()

    def rows(self) -> list[tuple[str, str, Cell]]:
        """Return icon, question and answer in their order."""
        asked = self.questions or (
            _("What is this"),
            _("Who must act now"),
            _("By when"),
            _("On what basis"),
        )
        cells = (self.what, self.who, self.when, self.basis)
        return list(zip(("doc", "user", "clock", "law"), asked, cells, strict=True))


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: verdict first, then dated reasons."""

    tone: str
    icon: str
    verdict: str
    rest: str = ""
    reasons: Sequence[str] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure; exactly one of a list is ``now``, unless all are done."""

    words: str
    note: str = ""
    state: str = "next"  # done, now or next


def steps_now(steps: Sequence[Step]) -> str:
    """Say where it stands, as phones show it."""
    for number, step in enumerate(steps, 1):
        if step.state == "now":
            return _("Step %(number)d of %(total)d: %(step)s") % {
                "number": number,
                "total": len(steps),
                "step": step.words,
            }
    if all(step.state == "done" for step in steps):
        return ngettext("%d step, done", "%d steps, all done", len(steps)) % len(steps)
    return ""


@dataclasses.dataclass(frozen=True, slots=True)
class Condition:
    """One condition of law in a trace: what was asked, found, and on which provision."""

    words: str
    found: str
    provision: str
    state: str  # met, unmet, time, later
    note: str = ""
    article: str = ""
    unconfirmed: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixCell:
    """The answer for one record on one site."""

    site: str
    tone: str
    icon: str
    words: str
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class MatrixRow:
    """One record of the matrix with its cells in the order of the sites."""

    name: str
    note: str
    cells: Sequence[MatrixCell]


@dataclasses.dataclass(frozen=True, slots=True)
class Happening:
    """One entry of a timeline: when, what, by whom, on what basis."""

    at: dt.datetime | dt.date
    words: str
    who: str = ""
    basis: str = ""
    tone: str = "mute"
    is_next: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Paper:
    """A document or letter in a list: its name, where it opens, what is known of it."""

    name: str
    href: str = ""
    meta: Sequence[str] = ()
    digest: str = ""
    state: tones.Look | None = None
    download: str = ""
    is_letter: bool = False
    remove_name: str = ""
    remove_value: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a chase ladder; past ones are ticked, at most one is today's."""

    on: dt.date
    words: str
    state: str = "next"  # done, now or next


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One card of a choice; a disabled one keeps its reason as hint."""

    value: str
    words: str
    hint: str = ""
    disabled: bool = False
    chosen: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Pager:
    """Previous and next screen by cursor; no numbers, no totals."""

    words: str = ""
    previous: str = ""
    next: str = ""
