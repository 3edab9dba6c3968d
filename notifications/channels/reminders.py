"""A rung of a deadline: those who can still act are told, in the words of the day."""

import datetime as dt
import uuid

from notifications.channels.outcomes import Delivered, Outcome
from workflow import clock
from workflow.documents import services as documents
from workflow.offices.queries import users_with
from workflow.outbox.models import OutboxMessage

WHO = {
    "accept": ("desk",),
    "result": ("desk",),
    "verify": ("verifier", "approver"),
    "remove": ("sitekeeper",),
}
"""Which capacities of the owning department a kind of limit concerns."""

ANYBODY = ("desk", "verifier", "approver", "provider", "sitekeeper")

WHAT = {
    "accept": ("受理", "Acceptance"),
    "result": ("答复申请人", "The answer to the applicant"),
    "verify": ("核查", "Verification"),
    "remove": ("终止公示", "Removal"),
    "supplement": ("补正", "The supplement"),
}
WHEN = {
    "half": ("时限已过半，{on}到期", "half of the time is used; due {on}"),
    "before-3": ("还剩3个工作日，{on}到期", "3 working days left; due {on}"),
    "before-1": ("还剩1个工作日，{on}到期", "1 working day left; due {on}"),
    "due": ("今天到期", "due today"),
    "passed": ("已超期，{on}到期", "overdue since {on}"),
    "after-1": ("超期1个工作日", "overdue by 1 working day"),
    "after-3": ("超期3个工作日", "overdue by 3 working days"),
}
URGENT = frozenset({"due", "passed", "after-1", "after-3"})
"""From the last day on an e-mail goes out as well."""


def ring(message: OutboxMessage, *, at: dt.datetime) -> Outcome:
    """Tell the people of the department whose limit it is; one without a department only rings."""
    payload = message.payload
    readers = _readers(payload, clock.local_day(at))
    if not readers:
        return Delivered("nobody to tell")
    told = documents.tell(
        kind=f"deadline.{payload['code']}",
        snapshot=_words(payload),
        user_ids=readers,
        case_table=payload.get("case_table") or "",
        case_id=uuid.UUID(payload["case_id"]) if payload.get("case_id") else None,
        case_number=payload.get("case_number") or "",
        at=at,
        email=payload["code"] in URGENT,
    )
    return Delivered(f"{len(told)} in the portal")


def _readers(payload: dict, on: dt.date) -> list[uuid.UUID]:
    department = payload.get("department_id")
    if not department:
        return []
    roles = WHO.get(payload["kind"], ANYBODY)
    found = (users_with(role=role, department_ids=[department], on=on) for role in roles)
    return list(dict.fromkeys(user.pk for users in found for user in users))


def _words(payload: dict) -> dict[str, str]:
    kind, code = payload["kind"], payload["code"]
    what, what_en = WHAT.get(kind, (kind, kind))
    when, when_en = WHEN.get(code, (code, code))
    case, on = payload.get("case_number") or "", payload.get("due_on") or "—"
    return {
        "title": f"{case} {what}：{when.format(on=on)}".strip(),
        "title_en": f"{case} {what_en}: {when_en.format(on=on)}".strip(),
    }
