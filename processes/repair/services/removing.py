"""What site keepers and the supervisor do until every order has its receipt."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _

from processes.repair import acts
from processes.repair.acts import Deed
from processes.repair.case_facts import LINE, LineFacts
from processes.repair.models import RemovalLine
from processes.repair.services.hand import Hand, acting
from processes.repair.states import ENDED, SETTLED_LINES, ItemState, LineState
from workflow.documents.services import store
from workflow.errors import BadInput, NotPossible
from workflow.offices.actors import SYSTEM, Actor


def start_removal(hand: Hand, item_ids: Sequence[uuid.UUID]) -> None:
    """Order the removal of approved items everywhere, inside the act that approved them."""
    facts = hand.facts(item_ids)
    keys = {
        (item.id, position): uuid.uuid4()
        for item in facts.items
        for position, _target in enumerate(item.record.targets)
    }
    hand.apply(acts.begin_removal(facts, hand.ground, line_ids=keys), actor=SYSTEM)
    complete_what_is_settled(hand)


def complete_what_is_settled(hand: Hand) -> None:
    """Complete every item whose orders all have their receipt."""
    every = hand.facts()
    ready = [
        item.id
        for item in every.items
        if item.state == ItemState.REMOVING
        and all(line.state in SETTLED_LINES for line in item.lines)
    ]
    if not ready:
        return
    others = [item for item in every.items if item.id not in ready]
    hand.apply(
        acts.complete(
            every.only(frozenset(ready)),
            hand.ground,
            last=all(item.state in ENDED for item in others),
            partly=any(item.state != ItemState.COMPLETED for item in others),
        ),
        actor=SYSTEM,
    )


def _line(hand: Hand, line_id: uuid.UUID, state: str) -> LineFacts:
    for item in hand.facts().items:
        for line in item.lines:
            if line.id == line_id:
                if line.state != state:
                    raise NotPossible(_("This order was answered already."), code="answered")
                return line
    message = f"no removal line {line_id}"
    raise LookupError(message)


def _case_of(line_id: uuid.UUID) -> uuid.UUID:
    return RemovalLine.objects.values_list("item__case_id", flat=True).get(pk=line_id)


def confirm_removal(
    *,
    line_id: uuid.UUID,
    outcome: str,
    note: str,
    proof: tuple[bytes, str, str] | None,
    actor: Actor,
    at: dt.datetime,
) -> RemovalLine:
    """Receive a keeper's receipt; ``proof`` is (content, name, media type) or None.

    The last receipt completes the repair in the same transaction.

    :raises BadInput: a removal is confirmed without saying anything for it.
    :raises NotPossible: the order was answered already.
    """
    if outcome == LineState.DONE and proof is None and not note.strip():
        raise BadInput(
            _("Add a screenshot or say how it was removed."), code="missing", field="proof"
        )
    with acting(case_id=_case_of(line_id), actor=actor, at=at) as hand:
        line = _line(hand, line_id, LineState.ORDERED)
        hand.take(table=LINE, object_ids=[line_id], node="remove")
        kept = None
        if proof is not None:
            content, name, media_type = proof
            document = store(content=content, name=name, media_type=media_type, by=actor, at=at)
            kept = (document.pk, document.sha256)
        hand.apply(
            acts.confirm(line, hand.ground, outcome=outcome, note=note.strip(), document=kept)
        )
        complete_what_is_settled(hand)
    return RemovalLine.objects.get(pk=line_id)


def object_to_order(
    *, line_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime
) -> RemovalLine:
    """Refuse an order with a ground; it goes to the supervisor."""
    with acting(case_id=_case_of(line_id), actor=actor, at=at) as hand:
        line = _line(hand, line_id, LineState.ORDERED)
        hand.take(table=LINE, object_ids=[line_id], node="remove")
        hand.apply(acts.object_to_order(line, hand.ground, reason=reason))
    return RemovalLine.objects.get(pk=line_id)


def _settle(
    line_id: uuid.UUID, *, actor: Actor, at: dt.datetime, reason: str, accepted: bool
) -> RemovalLine:
    act = acts.accept_refusal if accepted else acts.order_again
    with acting(case_id=_case_of(line_id), actor=actor, at=at) as hand:
        line = _line(hand, line_id, LineState.REFUSED)
        hand.take(table=LINE, object_ids=[line_id], node="settle_refusal")
        deed: Deed = act(line, hand.ground, reason=reason)
        hand.apply(deed)
        complete_what_is_settled(hand)
    return RemovalLine.objects.get(pk=line_id)


def order_again(*, line_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime) -> RemovalLine:
    """Confirm an order against its keeper's refusal."""
    return _settle(line_id, actor=actor, at=at, reason=reason, accepted=False)


def accept_refusal(
    *, line_id: uuid.UUID, reason: str, actor: Actor, at: dt.datetime
) -> RemovalLine:
    """Accept a keeper's refusal with a reason that the applicant sees."""
    return _settle(line_id, actor=actor, at=at, reason=reason, accepted=True)
