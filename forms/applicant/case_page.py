"""The page of one case: how it stands, who must act by when, what came, what can be done."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forms import dues, happenings, papers, tones
from forms.applicant import reading
from forms.applicant.case_answers import four, remedies, turn
from forms.applicant.case_steps import steps
from forms.parts import Due, Happening, Link, steps_now
from processes.repair import queries
from processes.repair.case_facts import CaseFacts, ItemFacts, LineFacts
from processes.repair.models import RepairCase
from processes.repair.states import ITEM_TRANSITIONS, SETTLED_LINES, ItemState
from workflow.documents.models import Message
from workflow.offices.actors import Actor

ITEM_LIMITS = {"submitted": "accept", "supplement_requested": "supplement", "verifying": "verify"}


@dataclasses.dataclass(frozen=True, slots=True)
class ItemRow:
    """One record of the case."""

    number: str
    unit: str
    state: str
    due: Due | None
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class LineRow:
    """One order of the removal."""

    record: str
    place: str
    state: str
    due: Due | None
    receipt_on: dt.date | None
    note: str


def page(case: RepairCase, actor: Actor, *, on: dt.date) -> dict[str, Any]:
    """Return everything the page shows."""
    facts = queries.facts_of(case.pk)
    keys = [case.pk, *(i.id for i in facts.items), *(x.id for i in facts.items for x in i.lines)]
    limits = dues.open_dues(object_ids=keys, on=on)
    main = main_due(facts, limits)
    reached = steps(facts, case, main, on)
    return {
        "case": case,
        "state": case.state,
        "four": four(facts, case.state, main, on),
        "steps": reached,
        "steps_now": steps_now(reached),
        "due": main,
        "waiting_for": turn(facts, case.state)[0],
        "items": [item_row(item, limits) for item in facts.items],
        "lines": [line_row(i, x, limits) for i in facts.items for x in i.lines],
        "letters": letters(case, actor, on),
        "proofs": papers.proof_papers(_proofs(case)),
        "happenings": timeline(case, main),
        "can_withdraw": can(facts, "withdraw"),
        "can_supplement": can(facts, "supplement"),
        "remedies": remedies(facts, on),
        "promise": facts.promise,
    }


def _proofs(case: RepairCase) -> Any:
    kept = case.proofs.filter(withdrawn_at=None)
    return kept.select_related("document", "case").order_by("pk")


def can(facts: CaseFacts, act: str) -> bool:
    """Whether an act is possible for any item now."""
    return any(item.state in ITEM_TRANSITIONS[act][0] for item in facts.items)


def main_due(facts: CaseFacts, limits: Mapping[tuple[uuid.UUID, str], Due]) -> Due | None:
    """The deadline of the page: yours if you must act, else that of the answer, else of removal."""
    for item in facts.items:
        if item.state == ItemState.SUPPLEMENT_REQUESTED:
            return limits.get((item.id, "supplement"))
    if (facts.id, "result") in limits and not _removing(facts):
        return limits[facts.id, "result"]
    rest = [due for (_key, kind), due in limits.items() if kind == "remove" and due.on]
    return max(rest, key=lambda due: due.on or dt.date.min, default=None)


def _removing(facts: CaseFacts) -> bool:
    states = {item.state for item in facts.items}
    return "removing" in states and not states & {"submitted", "accepted", "verifying", "proposed"}


def item_row(item: ItemFacts, limits: Mapping[tuple[uuid.UUID, str], Due]) -> ItemRow:
    """One record with its state and its own deadline."""
    kind = ITEM_LIMITS.get(item.state, "")
    return ItemRow(
        number=item.record.decision_number,
        unit=item.record.unit.name,
        state=item.state,
        due=limits.get((item.id, kind)),
        reason=item.proposal_reasons if item.state == "refused" else "",
    )


def line_row(
    item: ItemFacts, line: LineFacts, limits: Mapping[tuple[uuid.UUID, str], Due]
) -> LineRow:
    """One order with its receipt or its deadline."""
    return LineRow(
        record=item.record.decision_number,
        place=line.target.name,
        state=line.state,
        due=limits.get((line.id, "remove")) if line.state not in SETTLED_LINES else None,
        receipt_on=line.receipt_on,
        note=line.receipt_note,
    )


def letters(case: RepairCase, actor: Actor, on: dt.date) -> list[Any]:
    """The letters of the case to its subject, newest first, read or not."""
    found = reading.letters_of(actor).filter(case_id=case.pk).order_by("-reserved_at", "-serial")
    read = set(
        Message.objects.filter(letter__in=found, read_at__isnull=False).values_list(
            "letter_id", flat=True
        )
    )
    return [papers.letter_paper(each, year=on.year, read=each.pk in read) for each in found]


def timeline(case: RepairCase, due: Due | None) -> list[Happening]:
    """What has happened, newest first, and above it what comes next."""
    past = happenings.of_chain(case.chain_id)
    if due is None or due.on is None or case.state in ("draft", "supplement_requested"):
        return past
    coming = (
        _("Next: every place confirms the removal; who is late is chased")
        if case.state == "removing"
        else _("Next: a decision, and a letter to you")
    )
    about = _("Granted or refused, the letter states the reasons and the basis")
    who = "" if case.state == "removing" else about
    return [Happening(due.on, coming, who, is_next=True), *past]


def list_row(case: RepairCase, on: dt.date) -> dict[str, Any]:
    """One case in the list of cases."""
    items = case.items.all()
    href = "forms:apply-facts" if case.state == "draft" else "forms:case"
    return {
        "case": case,
        "look": tones.look("case", case.state),
        "link": Link(case.number, reverse(href, args=[case.number])),
        "records": [item.record.decision_number for item in items],
        "due": _nearest(case, on),
    }


def _nearest(case: RepairCase, on: dt.date) -> Due | None:
    keys = [case.pk, *(item.pk for item in case.items.all())]
    found = dues.open_dues(object_ids=keys, on=on)
    return found.get((case.pk, "result")) or next(iter(found.values()), None)
