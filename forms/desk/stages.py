"""Which decision of a case waits for this reader, and what of it state, right and rule allow."""

import dataclasses
import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _

from forms import words
from forms.desk.forms import Acceptance, Decision, Proposal, Step
from forms.parts import Choice
from processes.repair.case_facts import CASE, CaseFacts
from processes.repair.judgement import Judgement, judge
from workflow.engine import queue
from workflow.engine.models import WorkItem
from workflow.offices.actors import Actor
from workflow.offices.models import Capacity
from workflow.offices.queries import actor_in

FORMS: dict[str, type[Step]] = {"accept": Acceptance, "verify": Proposal, "approve": Decision}


@dataclasses.dataclass(frozen=True, slots=True)
class Stage:
    """The step of a case that waits for one of my capacities, and who I am in it."""

    node: str
    tasks: Sequence[WorkItem]
    actor: Actor

    @property
    def first(self) -> WorkItem:
        """The task that stands for the step in the queue."""
        return self.tasks[0]

    @property
    def item_ids(self) -> frozenset[uuid.UUID]:
        """The items that are decided together."""
        return frozenset(task.object_id for task in self.tasks)


def stage_of(case_id: uuid.UUID, held: Sequence[Capacity], wanted: str = "") -> Stage | None:
    """Return the step of a case that waits for one of these capacities; the wanted one first."""
    tasks = (
        queue.visible_to(held)
        .filter(case_table=CASE, case_id=case_id, node__in=list(FORMS))
        .select_related("owner", "department")
        .order_by("sort_on", "pk")
    )
    steps: dict[tuple[str, uuid.UUID | None], list[WorkItem]] = {}
    for task in tasks:
        steps.setdefault((task.node, task.department_id), []).append(task)
    if not steps:
        return None
    node, office = next((key for key in steps if key[0] == wanted), next(iter(steps)))
    found = steps[node, office]
    capacity = next(c for c in held if c.role == found[0].role and c.department_id == office)
    return Stage(node, found, actor_in(capacity))


def judgements(facts: CaseFacts) -> dict[uuid.UUID, Judgement]:
    """Judge every item by the law of the day of application, as the decision will."""
    if facts.submitted_on is None:
        return {}
    return {
        item.id: judge(item, promise=facts.promise, on=facts.submitted_on) for item in facts.items
    }


def choices(
    stage: Stage, form: Step, facts: CaseFacts, judged: dict[uuid.UUID, Judgement]
) -> list[Choice]:
    """Offer what the rule allows; the rest is shown with its reason. Nothing is preselected."""
    reasons = {
        "accept": _acceptance_reasons,
        "verify": _proposal_reasons,
        "approve": _decision_reasons,
    }[stage.node](facts, judged)
    chosen = str(form["act"].value() or "") if form.is_bound else ""
    return [
        Choice(value, str(said), reasons.get(value, ""), value in reasons, value == chosen)
        for value, said in form.choices
    ]


def why_not(judgement: Judgement) -> str:
    """The unmet conditions in the reader's language, each once however many sites it fails on."""
    chinese = words.in_chinese()
    found = [r.found if chinese else r.found_en for r in judgement.reasons if not r.met]
    return ("；" if chinese else "; ").join(dict.fromkeys(found))


def _acceptance_reasons(facts: CaseFacts, _judged: dict[uuid.UUID, Judgement]) -> dict[str, str]:
    if any(item.supplement_wanted for item in facts.items):
        asked = _("A supplement was asked for already; it can be asked for only once.")
        return {"supplement": asked}
    return {}


def _proposal_reasons(_facts: CaseFacts, judged: dict[uuid.UUID, Judgement]) -> dict[str, str]:
    against = [each for each in judged.values() if each.verdict != "eligible"]
    if not against:
        return {}
    return {"approve": _("the rule does not allow it: %(why)s") % {"why": why_not(against[0])}}


def _decision_reasons(facts: CaseFacts, judged: dict[uuid.UUID, Judgement]) -> dict[str, str]:
    if any(item.proposed_outcome == "approve" for item in facts.items):
        return {
            "agree" if key == "approve" else key: said
            for key, said in _proposal_reasons(facts, judged).items()
        }
    return {}


def remarks(stage: Stage, facts: CaseFacts, judged: dict[uuid.UUID, Judgement]) -> list[str]:
    """What to know before deciding: the two-person rule, the proposal, the rule's answer."""
    if stage.node == "accept":
        return [_("Accepting hands the case to the determining unit the same day.")]
    if stage.node == "approve":
        return [
            _("You decide what somebody else prepared; you cannot change it, only send it back.")
        ]
    told = [_("You propose; somebody else here has to decide.")]
    if all(each.verdict == "eligible" for each in judged.values()):
        told.append(_("Refuse only if you found a stated fact to be untrue; say which."))
    return told
