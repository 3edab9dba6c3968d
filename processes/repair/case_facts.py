"""The locked facts an act decides on, as plain values; built by ``queries.facts_of``."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from workflow.effects import Ref

CASE, ITEM, LINE = "repair_repaircase", "repair_repairitem", "repair_removalline"
PUBLICATION, MEASURE = "records_publication", "records_measure"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFacts:
    """A department as letters name it, with where its decisions can be contested."""

    id: uuid.UUID
    name: str
    address: str
    phone: str
    reconsideration_body: str
    reconsideration_address: str
    court: str
    court_address: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SubjectFacts:
    """Whom the case is about; ``code`` is None for a natural person."""

    id: uuid.UUID
    name: str
    shown_name: str
    code: str | None
    is_person: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """Something that has to end: a publication, sharing with a recipient, or a measure."""

    kind: str
    name: str
    keeper_id: uuid.UUID
    keeper_users: tuple[uuid.UUID, ...] = ()
    site_id: uuid.UUID | None = None
    site_code: str = ""
    rule_family: str = ""
    publication_id: uuid.UUID | None = None
    published_from: dt.date | None = None
    recipient_id: uuid.UUID | None = None
    measure_id: uuid.UUID | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """One removal order as it stands."""

    id: uuid.UUID
    state: str
    target: TargetFacts
    receipt_on: dt.date | None
    receipt_note: str

    @property
    def ref(self) -> Ref:
        """Return the line's reference."""
        return Ref(LINE, self.id)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """The record an item is about, in its current version, with everything that has to end."""

    id: uuid.UUID
    decision_number: str
    decided_on: dt.date
    unit: OfficeFacts
    severity: str | None
    fields: Mapping[str, Any]
    restriction_until: dt.date | None
    act_revoked_on: dt.date | None
    targets: tuple[TargetFacts, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """One record in the application, with what the applicant states and proves."""

    id: uuid.UUID
    state: str
    record: CaseRecord
    corrected_on: dt.date | None
    duties_performed_on: dt.date | None
    duties_complete: bool | None
    accepted_on: dt.date | None
    proposed_by: uuid.UUID | None
    proposed_outcome: str
    proposal_reasons: str
    decision_letter: str
    decided_on: dt.date | None
    supplement_wanted: tuple[Mapping[str, str], ...]
    proof_kinds: frozenset[str]
    lines: tuple[LineFacts, ...]

    @property
    def ref(self) -> Ref:
        """Return the item's reference."""
        return Ref(ITEM, self.id)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFacts:
    """The repair promise of the application."""

    id: uuid.UUID
    number: str
    state: str
    signed_name: str
    signed_on: dt.date
    published_on: dt.date | None
    text_version: int
    undertakings: tuple[str, ...]
    liability: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """The whole application."""

    id: uuid.UUID
    number: str
    chain_id: uuid.UUID
    subject: SubjectFacts
    desk: OfficeFacts
    filed_by: uuid.UUID
    representatives: tuple[uuid.UUID, ...]
    submitted_on: dt.date | None
    promise: PromiseFacts | None
    items: tuple[ItemFacts, ...]

    @property
    def ref(self) -> Ref:
        """Return the case's reference."""
        return Ref(CASE, self.id)

    def only(self, keys: frozenset[uuid.UUID]) -> "CaseFacts":
        """Return the same application with some of its items."""
        return dataclasses.replace(self, items=tuple(i for i in self.items if i.id in keys))
