"""Time on a page: one deadline with its marks, and one publication term as a bar."""

import dataclasses
import datetime as dt

from django.utils.translation import gettext as _

from forms import tones, words


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
