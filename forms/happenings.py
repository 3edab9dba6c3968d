"""A chain of events as people read it: what happened, who did it in what capacity, on what basis.

Events of one kind at one instant are one happening. Kinds that nobody needs to read are left out
here; the case file holds every one.
"""

import dataclasses
import json
import uuid
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms import words
from forms.acting import role_words
from forms.parts import Happening
from workflow.journal.models import Event
from workflow.offices.actors import CapacityKind
from workflow.offices.models import Department, User


@dataclasses.dataclass(frozen=True, slots=True)
class Telling:
    """How a kind of event is told: its tone, and its words for how many and what data."""

    tone: str
    words: Callable[[int, dict], str]


def tellings() -> dict[str, Telling]:
    """Return how each kind of event is told, in the reader's language."""

    def plain(tone: str, words: str) -> Telling:
        return Telling(tone, lambda _count, _data: words)

    return {
        "repair-case.opened": plain("mute", _("Draft begun")),
        "promise.signed": plain("info", _("Repair promise signed")),
        "repair-item.submitted": Telling(
            "info",
            lambda n, _data: (
                ngettext("Application filed for %d record", "Application filed for %d records", n)
                % n
            ),
        ),
        "promise.taken-effect": plain("ok", _("The repair promise took effect and is public")),
        "repair-item.supplement-requested": plain(
            "wait", _("Everything missing was asked for at once; the clock stands still")
        ),
        "repair-item.supplemented": plain("hold", _("Supplement given; the clock runs again")),
        "repair-item.lapsed": plain("mute", _("Ended: no supplement came in time")),
        "repair-item.accepted": plain("info", _("Application accepted")),
        "repair-item.not-accepted": plain("bad", _("Application not accepted, with reasons")),
        "repair-item.verification-begun": Telling("info", _verification),
        "repair-item.proposed": plain("info", _("Verified; an outcome was proposed")),
        "repair-item.sent-back": plain("info", _("Sent back to be verified again")),
        "repair-item.approved": plain("ok", _("Repair granted")),
        "repair-item.refused": plain("bad", _("Repair refused, with reasons and remedies")),
        "removal-line.ordered": Telling("info", _ordered),
        "removal-line.done": Telling("ok", _removed),
        "removal-line.confirmed": Telling("ok", _removed),
        "removal-line.never-held": Telling("mute", _never_held),
        "removal-line.objected": plain("hold", _("A site objects; the supervisor decides")),
        "removal-line.ordered-again": plain("info", _("The order was confirmed")),
        "removal-line.refusal-accepted": plain("mute", _("The objection was accepted, see reason")),
        "repair-item.completed": Telling(
            "ok",
            lambda n, _data: (
                ngettext(
                    "Repair of %d record completed: every receipt is in",
                    "Repair of %d records completed: every receipt is in",
                    n,
                )
                % n
            ),
        ),
        "repair-item.withdrawn": plain("mute", _("Application withdrawn")),
        "repair-item.object-ceased": plain("mute", _("Ended: the penalty was revoked")),
        "repair-item.revoked": plain("bad", _("The repair was revoked")),
    }


def _verification(_count: int, data: dict) -> str:
    return _("Handed to %(unit)s to verify") % {"unit": data.get("unit", "")}


def _ordered(count: int, _data: dict) -> str:
    told = ngettext("Removal ordered at %d place", "Removal ordered at %d places", count)
    return told % count


def _removed(_count: int, data: dict) -> str:
    return _("%(place)s: removed, receipt received") % {"place": data.get("target", "")}


def _never_held(_count: int, data: dict) -> str:
    return _("%(place)s: never published there") % {"place": data.get("target", "")}


def of_chain(chain_id: uuid.UUID, *, officials_named: bool = False) -> list[Happening]:
    """Return the happenings of a chain, newest first.

    Officials appear by office and capacity; their names only where the reader is one of them.
    """
    events = list(Event.objects.filter(chain_id=chain_id).order_by("-seq"))
    bodies = {event.pk: json.loads(event.canonical) for event in events}
    people = _people(events)
    offices = _offices(bodies.values())
    known = tellings()
    told = [event for event in events if event.kind in known]
    groups: dict[tuple, list[Event]] = {}
    for event in told:
        groups.setdefault((event.kind, event.at, _told_apart(bodies[event.pk])), []).append(event)
    return [
        _happening(known[group[0].kind], group, bodies, people, offices, named=officials_named)
        for group in groups.values()
    ]


def _told_apart(body: dict) -> str:
    """Receipts of several places and units are separate happenings."""
    kind = body["kind"]
    separate = kind.startswith("removal-line.") and kind != "removal-line.ordered"
    return json.dumps(body["data"], sort_keys=True) if separate else body["data"].get("unit", "")


def _people(events: Iterable[Event]) -> dict[uuid.UUID, str]:
    keys = {event.actor_id for event in events if event.actor_id}
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "display_name"))


def _offices(bodies: Iterable[dict]) -> dict[str, str]:
    codes = {body["actor"]["office"] for body in bodies if body["actor"].get("office")}
    return dict(Department.objects.filter(code__in=codes).values_list("code", "name"))


def _happening(
    telling: Telling,
    group: list[Event],
    bodies: dict[int, dict],
    people: dict[uuid.UUID, str],
    offices: dict[str, str],
    *,
    named: bool,
) -> Happening:
    event, body = group[0], bodies[group[0].pk]
    basis = body.get("basis") or []
    return Happening(
        at=event.at,
        words=telling.words(len(group), body["data"]),
        who=_who(event, body, people, offices, named=named),
        basis=_basis(basis[0]) if basis else "",
        tone=telling.tone,
    )


def _basis(cited: dict) -> str:
    article = cited["article"] if cited.get("confidence") == "H" else ""
    return words.cite(cited["instrument"], article)


def _who(
    event: Event, body: dict, people: dict[uuid.UUID, str], offices: dict[str, str], *, named: bool
) -> str:
    capacity = role_words(event.capacity)
    if event.actor_id is None:
        return capacity
    name = people.get(event.actor_id, "")
    if event.capacity in (CapacityKind.APPLICANT, CapacityKind.AGENT):
        return _("%(name)s (%(capacity)s)") % {"name": name, "capacity": capacity}
    office = offices.get(body["actor"].get("office") or "", "")
    return " ".join(part for part in (office, capacity, name if named else "") if part)
