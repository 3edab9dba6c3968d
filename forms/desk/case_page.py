"""The working page of a case: facts, proof, rule, limits, history, letters, and the decision."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forms import dues, happenings, tones, words
from forms.acting import role_words
from forms.desk import citing, papers, reading, rule_trace, stages
from forms.desk.queue_page import href_of, stage_words
from forms.parts import Cell, Due, Four, Link
from processes.repair import queries
from processes.repair.case_facts import CASE, CaseFacts, ItemFacts
from processes.repair.flow import DUE
from processes.repair.judgement import Judgement
from processes.repair.models import RepairCase, RepairItem
from workflow.deadlines.models import Deadline
from workflow.engine.models import WorkItem
from workflow.offices.actors import CapacityKind as C

Fact = tuple[str, str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Limit:
    """One limit of the case, with the way to its proof."""

    deadline: Deadline
    what: str
    due: Due | None
    href: str
    look: tones.Look


def page(
    case: RepairCase,
    item_ids: frozenset[uuid.UUID],
    stage: stages.Stage | None,
    *,
    reader: uuid.UUID,
    obstacle: str,
    on: dt.date,
) -> dict[str, Any]:
    """Return everything the page shows of the items this reader may see."""
    facts = queries.facts_of(case.pk).only(item_ids)
    limits = limits_of(case, item_ids, on=on)
    main = main_limit(stage, limits)
    judged = stages.judgements(facts)
    stated = RepairItem.objects.select_related("proposed_by").in_bulk(list(item_ids))
    tasks = [task.pk for task in stage.tasks] if stage else []
    place = reading.place_among_mine(reader, tasks)
    return {
        "case": case,
        "facts": facts,
        "state": tones.look("case", case.state),
        "stage": stage,
        "four": four(facts, main, whose_turn(stage, waiting_for(case), obstacle), on),
        "items": [item_view(item, stated[item.id], facts, judged[item.id]) for item in facts.items],
        "limits": limits,
        "letters": papers.letters_of(case, on=on),
        "happenings": happenings.of_chain(case.chain_id, officials_named=True),
        **ways_on(place),
        "judged": judged,
        "has_orders": any(item.lines for item in facts.items),
    }


def ways_on(place: reading.Place) -> dict[str, Any]:
    """Where the case stands among those I took, and the way to the ones beside it."""
    return {
        "place": place,
        "before": href_of(place.before) if place.before else "",
        "after": href_of(place.after) if place.after else "",
    }


def limits_of(case: RepairCase, item_ids: frozenset[uuid.UUID], *, on: dt.date) -> list[Limit]:
    """Return the limits of the case and of these items, running ones first."""
    rows = (
        Deadline.objects.filter(case_table=CASE, case_id=case.pk)
        .filter(object_id__in=[case.pk, *item_ids])
        .prefetch_related("suspensions")
        .order_by("ended_at", "due_on", "created_at")
    )
    running = [row for row in rows if row.ended_at is None]
    return [limit(row, on=on) for row in [*running, *(r for r in rows if r.ended_at)]]


def limit(row: Deadline, *, on: dt.date) -> Limit:
    """One limit in words."""
    looks = {
        "met": tones.Look("ok", "check", _("Met in time")),
        "missed": tones.Look("bad", "alert", _("Missed")),
        "cancelled": tones.Look("mute", "minus", _("Lost its purpose")),
    }
    return Limit(
        deadline=row,
        what=citing.meaning(row.provision_id),
        due=dues.due_of(row, on=on) if row.ended_at is None else None,
        href=reverse("forms:desk-deadline", args=[row.pk]),
        look=looks.get(row.state, tones.UNKNOWN),
    )


def main_limit(stage: stages.Stage | None, limits: Sequence[Limit]) -> Limit | None:
    """The limit that presses on the reader, else the next one that runs."""
    running = [each for each in limits if each.due is not None]
    if stage is not None:
        kind = DUE[stage.node]
        for each in running:
            if each.deadline.kind == kind and each.deadline.object_id in stage.item_ids:
                return each
    return running[0] if running else None


def waiting_for(case: RepairCase) -> list[WorkItem]:
    """The live tasks of a case, one of each kind and office."""
    rows = (
        WorkItem.objects.filter(case_table=CASE, case_id=case.pk)
        .exclude(standing=WorkItem.Standing.CLOSED)
        .select_related("department", "owner")
        .order_by("sort_on", "pk")
    )
    return list({(row.node, row.department_id): row for row in rows}.values())


def four(
    facts: CaseFacts,
    main: Limit | None,
    who: Cell,
    on: dt.date,
) -> Four:
    """The four answers of the case."""
    count = len(facts.items)
    what = ngettext("Repair of %d record", "Repair of %d records", count) % count
    filed = words.day(facts.submitted_on, this_year=on.year) if facts.submitted_on else ""
    by = main.deadline if main else None
    link = Link(_("day by day"), main.href) if main else None
    when = Cell(_("No limit runs"), _("The case is closed"))
    if main is not None:
        when = Cell(citing.when_words(main.due, on=on), due=main.due, link=link)
    return Four(
        Cell(what, _("Filed on %(day)s") % {"day": filed}),
        who,
        when,
        citing.limit_cell(by, on=on, fallback="G22.result.applicant"),
    )


def whose_turn(stage: stages.Stage | None, waiting: Sequence[WorkItem], obstacle: str) -> Cell:
    """Who must act: the reader in which capacity, or whoever it waits for."""
    names = stage_words()
    if stage is not None and obstacle:
        return Cell(_("Somebody else here"), obstacle)
    if stage is not None:
        capacity = role_words(stage.actor.capacity)
        detail = _("As %(capacity)s of %(office)s") % {
            "capacity": capacity,
            "office": stage.actor.department_name,
        }
        return Cell(turn_words()[stage.node], detail, is_you=True)
    if not waiting:
        return Cell(_("Nobody: it is closed"), "")
    task = waiting[0]
    office = task.department.name if task.department else ""
    who = _("The applicant") if task.role == C.APPLICANT else f"{office} {role_words(task.role)}"
    return Cell(who.strip(), names.get(task.node, task.node))


def turn_words() -> dict[str, str]:
    """What the reader is to do at each stage."""
    return {
        "accept": _("You: decide whether to accept"),
        "verify": _("You: verify and propose"),
        "approve": _("You: decide on the proposal"),
    }


def item_view(
    item: ItemFacts, row: RepairItem, facts: CaseFacts, judgement: Judgement
) -> dict[str, Any]:
    """One record with its facts, and the rule's answer on each site."""
    look = tones.look("item", item.state)
    return {
        "item": item,
        "look": look,
        "severity": tones.look("severity", item.record.severity or "undetermined"),
        "facts": [*fact_rows(item, facts), *said_rows(row)],
        "traces": rule_trace.kept(row.decision, facts.submitted_on)
        if row.decision
        else rule_trace.traces(judgement, item, facts.submitted_on),
        "verdict": tones.look("verdict", judgement.verdict),
        "rule_met": judgement.verdict == "eligible",
        "wanted": item.supplement_wanted,
        "outcome": outcome_words().get(item.proposed_outcome, ""),
        "reasons": item.proposal_reasons,
        "proposer": row.proposed_by,
    }


def outcome_words() -> dict[str, str]:
    """What was proposed."""
    return {"approve": _("Approval is proposed"), "refuse": _("Refusal is proposed")}


def fact_rows(item: ItemFacts, facts: CaseFacts) -> list[Fact]:
    """Each fact: what the record holds, and what the applicant states for it."""
    fields: Mapping[str, Any] = item.record.fields
    stated_complete = {True: _("all of them"), False: _("not all"), None: ""}
    shown = [
        f"{t.name} {words.day(t.published_from)}"
        for t in item.record.targets
        if t.kind == "site" and t.published_from
    ]
    dash = "—"
    performed = " · ".join(
        part
        for part in (_day(item.duties_performed_on), stated_complete[item.duties_complete])
        if part
    )
    promise = facts.promise
    signed = f"{promise.number} · {_day(promise.signed_on)}" if promise else ""
    return [
        (_("Subject"), f"{facts.subject.name} {facts.subject.code or ''}".strip(), dash),
        (_("Decision"), f"{item.record.decision_number} · {_day(item.record.decided_on)}", dash),
        (_("What was done"), str(fields.get("violation") or dash), dash),
        (_("Penalty"), str(fields.get("content") or "、".join(fields.get("types") or ())), dash),
        (_("Published since"), "；".join(shown) or _("nowhere"), dash),
        (_("Put right"), dash, _day(item.corrected_on) or dash),
        (_("Duties performed"), dash, performed or dash),
        (_("Repair promise"), dash, signed or dash),
    ]


def said_rows(row: RepairItem) -> list[Fact]:
    """What the applicant wrote in their own words, where they wrote something."""
    said = ((_("Statement"), row.statement), (_("With the supplement"), row.supplement_note))
    return [(name, "—", text) for name, text in said if text]


def _day(value: dt.date | None) -> str:
    return words.day(value) if value else ""
