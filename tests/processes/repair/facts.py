"""A whole application as plain values: what an act is given, without a database."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

from processes.repair.acts import Ground
from processes.repair.case_facts import (
    CaseFacts,
    CaseRecord,
    ItemFacts,
    LineFacts,
    OfficeFacts,
    PromiseFacts,
    SubjectFacts,
    TargetFacts,
)
from processes.repair.judgement import judge
from processes.repair.states import (
    ITEM_TRANSITIONS,
    LINE_TRANSITIONS,
    ItemState,
    LineState,
)
from processes.statutes import STATUTES
from workflow.calendar import CALENDAR
from workflow.effects import Create, Effect, Move

AT = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)
TODAY = AT.date()
DESK, UNIT, VERIFIER, APPROVER = (uuid.UUID(int=n) for n in range(1, 5))


def ground(*, by: uuid.UUID | None = APPROVER, day: dt.date = TODAY) -> Ground:
    at = dt.datetime.combine(day, AT.timetz())
    return Ground(by=by, at=at, on=day, law=STATUTES.on(day), calendar=CALENDAR)


def office(key: uuid.UUID, name: str) -> OfficeFacts:
    more = {f.name: "" for f in dataclasses.fields(OfficeFacts) if f.name not in {"id", "name"}}
    return OfficeFacts(
        id=key, name=name, **more | {"court": "法院", "reconsideration_body": "行署"}
    )


def target(code: str = "credit-china", family: str = "credit-china") -> TargetFacts:
    return TargetFacts(
        kind="site", name=code, keeper_id=DESK, site_id=uuid.uuid5(DESK, code), site_code=code,
        rule_family=family, publication_id=uuid.uuid5(UNIT, code),
        published_from=dt.date(2026, 5, 6),
    )  # fmt: skip


def record(**changes: Any) -> CaseRecord:
    known = CaseRecord(
        id=uuid.UUID(int=20),
        decision_number="朔市监罚〔2026〕101号",
        decided_on=dt.date(2026, 4, 20),
        unit=office(UNIT, "市监局"),
        severity="general",
        fields={"types": ["罚款"], "content": "罚款2万元"},
        restriction_until=None,
        act_revoked_on=None,
        targets=(target(),),
    )
    return dataclasses.replace(known, **changes)


def item(*, number: int = 1, **changes: Any) -> ItemFacts:
    known = ItemFacts(
        id=uuid.UUID(int=100 + number),
        state=ItemState.DRAFT,
        record=record(),
        corrected_on=dt.date(2026, 6, 1),
        duties_performed_on=dt.date(2026, 6, 2),
        duties_complete=True,
        accepted_on=None,
        proposed_by=None,
        proposed_outcome="",
        proposal_reasons="",
        decision_letter="",
        decided_on=None,
        supplement_wanted=(),
        proof_kinds=frozenset({"proof-of-correction"}),
        lines=(),
    )
    return dataclasses.replace(known, **changes)


def line(state: str = LineState.ORDERED, code: str = "credit-china") -> LineFacts:
    settled = state not in {LineState.ORDERED, LineState.REFUSED}
    return LineFacts(
        id=uuid.uuid5(VERIFIER, code), state=state, target=target(code),
        receipt_on=TODAY if settled else None, receipt_note="已下线" if settled else "",
    )  # fmt: skip


def promise(state: str = "signed") -> PromiseFacts:
    return PromiseFacts(
        id=uuid.UUID(int=30), number="15210020261102000001", state=state, signed_name="经办人",
        signed_on=TODAY, published_on=TODAY if state == "effective" else None, text_version=1,
        undertakings=("真实",), liability=("自愿",),
    )  # fmt: skip


def case(*items: ItemFacts, **changes: Any) -> CaseFacts:
    known = CaseFacts(
        id=uuid.UUID(int=40),
        number="XF-2026-00001",
        chain_id=uuid.UUID(int=41),
        subject=SubjectFacts(
            id=uuid.UUID(int=42), name="青岭食品", shown_name="青岭食品", code="91110000600037341L",
            is_person=False,
        ),
        desk=office(DESK, "服务中心"),
        filed_by=uuid.UUID(int=43),
        representatives=(uuid.UUID(int=43),),
        submitted_on=TODAY,
        promise=promise(),
        items=items or (item(),),
    )  # fmt: skip
    return dataclasses.replace(known, **changes)


def judged(facts: CaseFacts, *, on: dt.date = TODAY) -> dict[uuid.UUID, Any]:
    return {each.id: judge(each, promise=facts.promise, on=on) for each in facts.items}


def applied(facts: CaseFacts, effects: list[Effect]) -> CaseFacts:
    """Return the case after these effects, as the interpreter would leave it.

    :raises AssertionError: a move is not open from the state its object is in.
    """
    items = {each.id: each for each in facts.items}
    for effect in effects:
        if isinstance(effect, Create) and effect.ref.table == "repair_removalline":
            owner = items[effect.values["item_id"]]
            place = next(t for t in owner.record.targets if t.site_id == effect.values["site_id"])
            made = LineFacts(
                id=effect.ref.id,
                state=LineState.ORDERED,
                target=place,
                receipt_on=None,
                receipt_note="",
            )
            items[owner.id] = dataclasses.replace(owner, lines=(*owner.lines, made))
        elif isinstance(effect, Move):
            _move(items, effect)
    return dataclasses.replace(facts, items=tuple(items.values()))


def _move(items: dict[uuid.UUID, ItemFacts], effect: Move) -> None:
    if effect.ref.id in items:
        before = items[effect.ref.id]
        sources, after = ITEM_TRANSITIONS[effect.via]
        assert before.state in sources, f"{effect.via} from {before.state}"
        names = {"proposed_by_id": "proposed_by", "proposed_outcome": "proposed_outcome",
                 "supplement_wanted": "supplement_wanted"}  # fmt: skip
        facts = {names[k]: v for k, v in effect.values.items() if k in names}
        items[before.id] = dataclasses.replace(before, state=after, **facts)
        return
    for owner in items.values():
        for each in owner.lines:
            if each.id == effect.ref.id:
                sources, after = LINE_TRANSITIONS[effect.via]
                assert each.state in sources, f"{effect.via} from {each.state}"
                moved = dataclasses.replace(each, state=after, receipt_on=TODAY)
                lines = tuple(moved if x.id == each.id else x for x in owner.lines)
                items[owner.id] = dataclasses.replace(owner, lines=lines)
                return
