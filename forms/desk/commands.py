"""From a valid form to the one command of the domain it stands for."""

import datetime as dt
from typing import Any

from forms.desk.forms import Acceptance, Decision, Proposal, Receipt, Settlement, Severity, Step
from forms.desk.stages import Stage
from processes.records.rules import Severity as Class
from processes.records.services import determine_severity
from processes.repair import services
from processes.repair.models import RemovalLine, RepairCase
from workflow.offices.actors import Actor


def decide(stage: Stage, form: Step, *, case: RepairCase, at: dt.datetime) -> None:
    """Do what was chosen at a stage of a case."""
    acting: dict[str, Any] = {"case_id": case.pk, "actor": stage.actor, "at": at}
    items = {"item_ids": sorted(stage.item_ids)}
    chosen = form.cleaned_data["act"]
    if isinstance(form, Acceptance):
        _acceptance(form, chosen, acting)
    elif isinstance(form, Proposal):
        services.propose(outcome=chosen, reasons=form.cleaned_data["reasons"], **items, **acting)
    elif isinstance(form, Decision):
        reasons = form.cleaned_data["reasons"].strip()
        services.decide(agree=chosen == "agree", reasons=reasons, **items, **acting)


def _acceptance(form: Acceptance, chosen: str, acting: dict[str, Any]) -> None:
    if chosen == "accept":
        services.accept(**acting)
    elif chosen == "supplement":
        services.request_supplement(missing=form.missing(), **acting)
    else:
        lines = [line.strip() for line in form.cleaned_data["reasons"].splitlines()]
        services.not_accept(
            reasons=[line for line in lines if line],
            next_steps=form.cleaned_data["next_steps"].strip(),
            **acting,
        )


def classify(form: Severity, *, record_id: Any, actor: Actor, at: dt.datetime) -> None:
    """Determine how severe a record is."""
    determine_severity(
        record_id=record_id,
        severity=Class(form.cleaned_data["act"]),
        restriction_until=form.cleaned_data["restriction_until"],
        actor=actor,
        at=at,
    )


def answer_order(form: Receipt, line: RemovalLine, *, actor: Actor, at: dt.datetime) -> None:
    """Confirm an order or object to it."""
    data = form.cleaned_data
    if data["act"] == "refuse":
        services.object_to_order(line_id=line.pk, reason=data["note"], actor=actor, at=at)
        return
    file = data.get("proof")
    proof = (file.read(), file.name, file.content_type or "") if file else None
    services.confirm_removal(
        line_id=line.pk, outcome=data["act"], note=data["note"], proof=proof, actor=actor, at=at
    )


def settle(form: Settlement, line: RemovalLine, *, actor: Actor, at: dt.datetime) -> None:
    """Confirm an order against its objection, or accept the objection."""
    again = form.cleaned_data["act"] == "again"
    act = services.order_again if again else services.accept_refusal
    act(line_id=line.pk, reason=form.cleaned_data["reason"], actor=actor, at=at)
