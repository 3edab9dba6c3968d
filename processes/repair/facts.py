"""What an act needs to know of a case, read once inside the transaction and then only passed on.

LEAD: the LAW helper overwrote your facts.py at 21:11 by mistake; this is rebuilt from what acts/
and services/ use. Put your own text back if you have it, and drop this paragraph.
"""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from workflow.effects import Ref

CASE, ITEM, LINE = "repair_repaircase", "repair_repairitem", "repair_removalline"
RECORD, PUBLICATION, MEASURE = "records_creditrecord", "records_publication", "records_measure"
PROMISE = "promise_promise"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFacts:
    """A department as letters name it, with where its decisions can be contested."""

    id: uuid.UUID
    name: str
    phone: str = ""
    address: str = ""
    reconsideration_body: str = ""
    reconsideration_address: str = ""
    court: str = ""
    court_address: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SubjectFacts:
    """The subject; for a natural person ``code`` is masked."""

    id: uuid.UUID
    name: str
    code: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """One place the removal must reach: a site, a recipient or a measure."""

    kind: str
    name: str
    keeper_id: uuid.UUID
    site_id: uuid.UUID | None = None
    site_code: str = ""
    publication_id: uuid.UUID | None = None
    recipient_id: uuid.UUID | None = None
    measure_id: uuid.UUID | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RecordFacts:
    """The record of an item as it stands, and where it is shown, shared or has effect."""

    id: uuid.UUID
    decision_number: str
    decided_on: dt.date
    severity: str | None
    unit: OfficeFacts
    fields: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    restriction_until: dt.date | None = None
    targets: Sequence[TargetFacts] = ()

    @property
    def ref(self) -> Ref:
        return Ref(RECORD, self.id)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """One order of the removal with its receipt."""

    id: uuid.UUID
    state: str
    target: TargetFacts
    receipt_on: dt.date | None = None
    receipt_note: str = ""

    @property
    def ref(self) -> Ref:
        return Ref(LINE, self.id)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFacts:
    """The repair promise of the case."""

    id: uuid.UUID
    number: str
    state: str
    signed_on: dt.date
    signed_name: str
    text_version: int
    published_on: dt.date | None = None
    undertakings: Sequence[str] = ()
    liability: Sequence[str] = ()

    @property
    def ref(self) -> Ref:
        return Ref(PROMISE, self.id)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """One record in the application, what its subject stated and what became of it."""

    id: uuid.UUID
    state: str
    record: RecordFacts
    corrected_on: dt.date | None = None
    duties_performed_on: dt.date | None = None
    duties_complete: bool | None = None
    proof_kinds: frozenset[str] = frozenset()
    supplement_wanted: Sequence[Mapping[str, str]] = ()
    accepted_on: dt.date | None = None
    proposed_by: uuid.UUID | None = None
    proposed_outcome: str = ""
    proposal_reasons: str = ""
    decided_on: dt.date | None = None
    decision_letter: str = ""
    lines: Sequence[LineFacts] = ()

    @property
    def ref(self) -> Ref:
        return Ref(ITEM, self.id)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """A case with its items, or with some of them (:meth:`only`)."""

    id: uuid.UUID
    number: str
    subject: SubjectFacts
    desk: OfficeFacts
    submitted_on: dt.date | None = None
    promise: PromiseFacts | None = None
    items: Sequence[ItemFacts] = ()

    @property
    def ref(self) -> Ref:
        return Ref(CASE, self.id)

    def only(self, item_ids: frozenset[uuid.UUID]) -> "CaseFacts":
        """Return the case as if it had only these items."""
        kept = tuple(item for item in self.items if item.id in item_ids)
        return dataclasses.replace(self, items=kept)
