"""Which tone, icon and words speak for a state: one table, never chosen in a template.

Keys are ``kind.state`` with the states of the domain models. A status is icon, word and tone, in
that order of importance; without the colour nothing is lost.
"""

import dataclasses

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """How one state is shown."""

    tone: str
    icon: str
    words: str | Promise


UNKNOWN = Look("mute", "ask", _("Not settled"))

ITEM = {
    "draft": Look("mute", "pen", _("Draft")),
    "submitted": Look("info", "inbox", _("Submitted, being checked")),
    "supplement_requested": Look("wait", "clock", _("Waiting for your supplement")),
    "lapsed": Look("mute", "minus", _("Lapsed: no supplement came")),
    "accepted": Look("info", "check", _("Accepted")),
    "not_accepted": Look("bad", "x", _("Not accepted")),
    "verifying": Look("info", "search", _("Being verified")),
    "proposed": Look("info", "eyes", _("Verified, in review")),
    "approved": Look("ok", "check", _("Granted")),
    "refused": Look("bad", "x", _("Refused")),
    "removing": Look("info", "send", _("Being removed")),
    "completed": Look("ok", "check", _("Completed")),
    "withdrawn": Look("mute", "undo", _("Withdrawn")),
    "object_ceased": Look("mute", "minus", _("Ended: the penalty was revoked")),
    "revoked": Look("bad", "ban", _("Revoked")),
}

CASE = ITEM | {
    "completed_partly": Look("ok", "half", _("Completed in part")),
    "ended": Look("mute", "minus", _("Ended")),
}

LINE = {
    "ordered": Look("info", "send", _("Ordered, waiting for the receipt")),
    "done": Look("ok", "check", _("Removed, receipt received")),
    "never_held": Look("mute", "minus", _("Never published there")),
    "refused": Look("hold", "flag", _("The site objects; the supervisor decides")),
    "refusal_accepted": Look("mute", "check", _("Stays, with a reason")),
}

RECORD = {
    "severity_open": Look("mute", "ask", _("Severity not yet determined")),
    "current": Look("info", "doc", _("In force")),
    "withdrawn": Look("mute", "minus", _("Withdrawn by its unit")),
}

PROMISE = {
    "signed": Look("info", "pen", _("Signed, takes effect on submission")),
    "effective": Look("ok", "check", _("In effect and published")),
    "withdrawn": Look("mute", "minus", _("Not in effect: never submitted")),
}

LETTER = {
    "preparing": Look("info", "pen", _("Being prepared")),
    "held": Look("wait", "alert", _("Held")),
    "delivered": Look("ok", "check", _("Delivered")),
    "read": Look("ok", "check", _("Delivered and read")),
}

SEVERITY = {
    "minor": Look("mute", "lv1", _("Minor")),
    "general": Look("mute", "lv2", _("General")),
    "serious": Look("bad", "lv3", _("Serious")),
    "undetermined": Look("mute", "ask", _("Severity not yet determined")),
}

VERDICT = {
    "eligible": Look("ok", "check", _("Possible now")),
    "not_yet": Look("wait", "clock", _("Not yet")),
    "not_eligible": Look("bad", "x", _("Something is missing")),
    "no_object": Look("mute", "minus", _("Nothing published")),
    "undetermined": Look("mute", "ask", _("Not settled")),
}

CONDITION = {
    "met": Look("ok", "check", _("Met")),
    "unmet": Look("bad", "x", _("Not met")),
    "time": Look("wait", "clock", _("Only time is missing")),
    "later": Look("mute", "minus", _("Done when you apply")),
}

PUBLICATION = {
    "shown": Look("info", "eye", _("Published")),
    "contested": Look("hold", "flag", _("Contested, being checked")),
    "ended": Look("ok", "check", _("No longer published")),
    "none": Look("mute", "minus", _("Nothing published")),
}

SCAN = {
    "clean": Look("ok", "check", _("Scanned")),
    "pending": Look("wait", "clock", _("Not scanned yet")),
    "not_scanned": Look("mute", "minus", _("Not scanned")),
    "infected": Look("bad", "alert", _("Harmful, blocked")),
}

TABLES = {
    "item": ITEM,
    "case": CASE,
    "line": LINE,
    "letter": LETTER,
    "record": RECORD,
    "promise": PROMISE,
    "severity": SEVERITY,
    "verdict": VERDICT,
    "condition": CONDITION,
    "publication": PUBLICATION,
    "scan": SCAN,
}


def look(kind: str, state: str | None) -> Look:
    """Return how a state is shown; a state nobody gave words to shows as not settled."""
    return TABLES[kind].get(state or "", UNKNOWN)


SHORT_OF_TIME = 3
"""From this many working days left, time is running: a matter of looks, not of law."""


def due_tone(left: int | None, *, suspended: bool = False) -> str:
    """Return the tone of a deadline by the working days left; None means there is none."""
    if suspended:
        return "hold"
    if left is None:
        return "mute"
    if left <= 0:
        return "bad"
    return "wait" if left <= SHORT_OF_TIME else "info"


DUE_ICONS = {"hold": "pause", "mute": "cal", "info": "cal", "wait": "clock"}


def due_icon(left: int | None, tone: str) -> str:
    """Return the icon of a deadline: an hour glass for today, an alert when it has passed."""
    if tone == "bad":
        return "hour" if left == 0 else "alert"
    return DUE_ICONS[tone]
