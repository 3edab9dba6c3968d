"""The life of a repair item and of a removal line, table beside table.

``ITEM_TRANSITIONS`` says which act leads where; ``WORK`` says what a state waits for;
``CASE_STATE`` derives the state of the case from its items.
"""

from collections.abc import Iterable

from django.db import models


class ItemState(models.TextChoices):
    """One record in one application: the legal truth of a repair."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待受理"
    SUPPLEMENT_REQUESTED = "supplement_requested", "待补正"
    LAPSED = "lapsed", "逾期未补正"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    ACCEPTED = "accepted", "已受理"
    VERIFYING = "verifying", "核查中"
    PROPOSED = "proposed", "待审核"
    APPROVED = "approved", "准予修复"
    REFUSED = "refused", "不予修复"
    REMOVING = "removing", "移除中"
    COMPLETED = "completed", "修复完成"
    WITHDRAWN = "withdrawn", "已撤回"
    OBJECT_CEASED = "object_ceased", "对象消失"
    REVOKED = "revoked", "修复撤销"


class LineState(models.TextChoices):
    """One order to one site, recipient or implementing department."""

    ORDERED = "ordered", "已通知"
    DONE = "done", "已执行"
    NEVER_HELD = "never_held", "从未持有"
    REFUSED = "refused", "有异议"
    REFUSAL_ACCEPTED = "refusal_accepted", "异议成立"


S = ItemState
ITEM_TRANSITIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "submit": ((S.DRAFT,), S.SUBMITTED),
    "request_supplement": ((S.SUBMITTED,), S.SUPPLEMENT_REQUESTED),
    "supplement": ((S.SUPPLEMENT_REQUESTED,), S.SUBMITTED),
    "lapse": ((S.SUPPLEMENT_REQUESTED,), S.LAPSED),
    "not_accept": ((S.SUBMITTED,), S.NOT_ACCEPTED),
    "accept": ((S.SUBMITTED,), S.ACCEPTED),
    "begin_verification": ((S.ACCEPTED,), S.VERIFYING),
    "propose": ((S.VERIFYING,), S.PROPOSED),
    "send_back": ((S.PROPOSED,), S.VERIFYING),
    "approve": ((S.PROPOSED,), S.APPROVED),
    "refuse": ((S.PROPOSED,), S.REFUSED),
    "begin_removal": ((S.APPROVED,), S.REMOVING),
    "complete": ((S.REMOVING,), S.COMPLETED),
    "withdraw": (
        (S.DRAFT, S.SUBMITTED, S.SUPPLEMENT_REQUESTED, S.ACCEPTED, S.VERIFYING),
        S.WITHDRAWN,
    ),
    "object_ceases": (
        (
            S.SUBMITTED,
            S.SUPPLEMENT_REQUESTED,
            S.ACCEPTED,
            S.VERIFYING,
            S.PROPOSED,
            S.APPROVED,
            S.REMOVING,
        ),
        S.OBJECT_CEASED,
    ),
    "revoke": ((S.COMPLETED,), S.REVOKED),
}

L = LineState
LINE_TRANSITIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "confirm_done": ((L.ORDERED,), L.DONE),
    "confirm_never_held": ((L.ORDERED,), L.NEVER_HELD),
    "object": ((L.ORDERED,), L.REFUSED),
    "order_again": ((L.REFUSED,), L.ORDERED),
    "accept_refusal": ((L.REFUSED,), L.REFUSAL_ACCEPTED),
}

ENDED = frozenset(
    {
        S.LAPSED,
        S.NOT_ACCEPTED,
        S.REFUSED,
        S.COMPLETED,
        S.WITHDRAWN,
        S.OBJECT_CEASED,
        S.REVOKED,
    }
)
SETTLED_LINES = frozenset({L.DONE, L.NEVER_HELD, L.REFUSAL_ACCEPTED})

# What a state waits for: the node of the flow. A draft waits for nobody; states without work are
# passed at once or ended.
WORK: dict[str, str] = {
    S.SUBMITTED: "accept",
    S.SUPPLEMENT_REQUESTED: "supplement",
    S.VERIFYING: "verify",
    S.PROPOSED: "approve",
}
LINE_WORK: dict[str, str] = {L.ORDERED: "remove", L.REFUSED: "settle_refusal"}

# The furthest-behind open state speaks for the case; a table, so that a test can read it.
OPEN_ORDER: tuple[str, ...] = (
    S.DRAFT,
    S.SUPPLEMENT_REQUESTED,
    S.SUBMITTED,
    S.ACCEPTED,
    S.VERIFYING,
    S.PROPOSED,
    S.APPROVED,
    S.REMOVING,
)


def case_state(items: Iterable[str]) -> str:
    """Derive the state of a case from the states of its items.

    While anything is open the furthest-behind open item speaks; when all ended alike, that end;
    when some were completed and others not, ``completed_partly``; otherwise ``ended``.
    """
    states = set(items)
    for state in OPEN_ORDER:
        if state in states:
            return state
    if len(states) == 1:
        return states.pop()
    return "completed_partly" if S.COMPLETED in states else "ended"
