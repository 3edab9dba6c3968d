"""What the parts of a page need: one small value per component of ``templates/parts``.

Views and the builders beside them fill these; templates only lay them out. Words are already
translated, tones and icons come from ``forms.tones``.
"""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _, ngettext

from forms import tones, words


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """One of the four answers: the short one, what there is to add, and whether it is you."""

    verdict: str
    detail: str = ""
    is_you: bool = False
    due: "Due | None" = None
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
class Due:
    """One deadline: its day and how many days are left (today is 0, passed is below)."""

    on: dt.date | None
    left: int | None
    total: int | None = None
    used: int = 0
    held: int = 0
    suspended: bool = False
    working: bool = True
    earliest: dt.date | None = None
    latest: dt.date | None = None

    @property
    def tone(self) -> str:
        """The tone that speaks for it."""
        return tones.due_tone(self.left, suspended=self.suspended)

    @property
    def icon(self) -> str:
        """The icon that speaks for it."""
        return tones.due_icon(self.left, self.tone)

    @property
    def words(self) -> str:
        """How much time is left, in words."""
        return words.days_left(self.left, suspended=self.suspended, working=self.working)

    @property
    def provisional(self) -> bool:
        """True while the calendar of a needed year is not published."""
        return self.on is None and self.earliest is not None

    def pips(self) -> list[str]:
        """One mark a working day: used, suspended, over, or still open; none beyond twenty."""
        if self.total is None or self.total > MOST_PIPS:
            return []
        over = max(-(self.left or 0), 0)
        used = min(self.used, self.total)
        marks = ["u"] * used + [""] * (self.total - used)
        return marks[:used] + ["h"] * self.held + marks[used:] + ["o"] * over

    @property
    def sentence(self) -> str:
        """What the marks say, for who cannot see them."""
        return _("%(used)d of %(total)d working days used") % {
            "used": self.used,
            "total": self.total or 0,
        }


MOST_PIPS = 20


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
class Term:
    """A publication term: begins, may be asked for, ends at the latest, and where today is."""

    start: dt.date
    opens: dt.date | None
    end: dt.date
    today: dt.date
    start_words: str = ""
    opens_words: str = ""
    end_words: str = ""

    def at(self, day: dt.date) -> float:
        """Return a day's place on the bar in percent, inside it."""
        whole = max((self.end - self.start).days, 1)
        share = (day - self.start).days / whole
        return round(min(max(share, 0), 1) * 100, 1)

    @property
    def x_open(self) -> float:
        """Where asking becomes possible; at the start when there is no minimum."""
        return self.at(self.opens) if self.opens else 0

    @property
    def x_now(self) -> float:
        """Where today is."""
        return self.at(self.today)

    @property
    def open_width(self) -> float:
        """How wide the open part is."""
        return round(100 - self.x_open, 1)

    @property
    def open_anchor(self) -> str:
        """Words near the right end stand left of their mark."""
        return "end" if self.x_open > ANCHOR_TURNS else ""

    @property
    def x_words(self) -> float:
        """Where the words of the mark stand: never upon those of either end."""
        if self.open_anchor:
            return min(self.x_open, LAST_WORDS)
        return max(self.x_open, FIRST_WORDS)

    @property
    def now_anchor(self) -> str:
        """The word for today leans inwards at both ends."""
        if self.x_now < 100 - NOW_TURNS:
            return ""
        return "end" if self.x_now > NOW_TURNS else "mid"


ANCHOR_TURNS, NOW_TURNS = 58, 95
FIRST_WORDS, LAST_WORDS = 18, 80


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
