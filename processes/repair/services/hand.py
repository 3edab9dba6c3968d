"""The hand that acts: locks in the global order, then facts, law, effects, queue."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction

from processes.context import context
from processes.records.models import CreditRecord, CreditSubject, Measure
from processes.repair import queries
from processes.repair.acts import Deed, Ground
from processes.repair.case_facts import CASE, ITEM, CaseFacts
from processes.repair.models import RepairCase, RepairItem
from processes.statutes import STATUTES
from workflow import faults, interpreter, reactions
from workflow.calendar import CALENDAR
from workflow.clock import local_day
from workflow.engine import graph, queue, settle
from workflow.offices.actors import Actor


class Hand:
    """One act in progress on one case, with everything locked that it may touch."""

    def __init__(self, case: RepairCase, *, actor: Actor, at: dt.datetime) -> None:
        self.case, self.actor, self.at = case, actor, at
        self.on = local_day(at)

    @property
    def ground(self) -> Ground:
        """Return who acts and when, with the law and calendar of that day."""
        return Ground(
            by=self.actor.user_id,
            at=self.at,
            on=self.on,
            law=STATUTES.on(self.on),
            calendar=CALENDAR,
        )

    def facts(self, item_ids: Iterable[uuid.UUID] | None = None) -> CaseFacts:
        """Read the case as it stands now inside the transaction, or only some of its items."""
        facts = queries.facts_of(self.case.pk, on=self.on)
        return facts if item_ids is None else facts.only(frozenset(item_ids))

    def take(self, *, table: str = ITEM, object_ids: Iterable[uuid.UUID], node: str) -> None:
        """Check that the actor may do this step for every object; see ``queue.take_for_act``."""
        for object_id in sorted(object_ids):
            queue.take_for_act(
                table=table,
                object_id=object_id,
                node=node,
                actor=self.actor,
                on=self.on,
                at=self.at,
            )

    def happened(self, what: str) -> None:
        """Let other processes react in this transaction, with this case's chain and actor."""
        reactions.happened(
            what,
            case_table=CASE,
            case_id=self.case.pk,
            case_number=self.case.number,
            chain_id=self.case.chain_id,
            actor=self.actor,
            at=self.at,
        )

    def apply(self, deed: Deed, *, actor: Actor | None = None) -> None:
        """Apply what an act decided, as this actor or as another (the system)."""
        interpreter.apply(
            deed.effects,
            context=context(
                case_table=CASE,
                case_id=self.case.pk,
                case_number=self.case.number,
                chain_id=self.case.chain_id,
                actor=actor or self.actor,
                at=self.at,
                basis=deed.basis,
            ),
        )


@contextmanager
def acting(*, case_id: uuid.UUID, actor: Actor, at: dt.datetime) -> Iterator[Hand]:
    """Run one act: subject → record → case → item → measure locked, then the queue settled."""
    with transaction.atomic():
        hand = Hand(_locked(case_id), actor=actor, at=at)
        faults.point("act.after-lock")
        yield hand
        settle.settle(process="repair", case_id=case_id, at=at)
    faults.point("act.after-commit")


def _locked(case_id: uuid.UUID) -> RepairCase:
    plain = RepairCase.objects.get(pk=case_id)
    records = list(plain.items.values_list("record_id", flat=True))
    graph.lock_rows(CreditSubject, [plain.subject_id])
    graph.lock_rows(CreditRecord, records)
    (case,) = graph.lock_rows(RepairCase, [case_id])
    graph.lock_rows(RepairItem, list(plain.items.values_list("pk", flat=True)))
    measures = Measure.objects.filter(record_id__in=records).values_list("pk", flat=True)
    graph.lock_rows(Measure, list(measures))
    return case
