"""A penalty as a file states it, after normalisation: the facts that enter the register."""

import dataclasses
import datetime as dt
import hashlib
import json
from decimal import Decimal

from processes.records.penalties.findings import Finding

# Identity numbers never enter a digest: with everything else known they could be found by trial.
_SECRET = frozenset({"document_number", "representative_document_number"})
_SPELLING = "decision_number"


@dataclasses.dataclass(frozen=True, slots=True)
class Penalty:
    """One accepted row. Amounts are yuan; empty texts are ``""``; absent facts are None."""

    counterpart_name: str
    counterpart_kind: str  # organisation | business | person
    credit_code: str
    registration_number: str
    organisation_code: str
    tax_number: str
    institution_certificate: str
    social_certificate: str
    representative_name: str
    representative_document_type: str
    representative_document_number: str = dataclasses.field(repr=False)
    document_type: str
    document_number: str = dataclasses.field(repr=False)
    decision_number: str
    decision_number_key: str
    violation: str
    facts: str
    basis: str
    types: tuple[str, ...]
    content: str
    fine_yuan: Decimal | None
    confiscated_yuan: Decimal | None
    licence: str
    decided_on: dt.date
    valid_until: dt.date | None
    published_until: dt.date | None
    authority_name: str
    authority_code: str
    source_name: str
    source_code: str
    remark: str
    field: str | None  # food | drug | special_equipment | work_safety | fire

    @property
    def is_penalty(self) -> bool:
        """False when the row holds only an order to correct (责令改正), which is none."""
        return bool(self.types)

    @property
    def counterpart_code(self) -> str:
        """The number by which the counterpart is known; for a natural person it is secret."""
        return self.credit_code or self.document_number

    @property
    def record_key(self) -> tuple[str, str, str]:
        """What makes two rows the same record."""
        return self.decision_number_key, self.authority_code, self.counterpart_code

    def as_json(self) -> dict[str, object]:
        """Return every fact but the identity numbers, in JSON types: what a version stores."""
        return {name: _jsonable(getattr(self, name)) for name in _PUBLIC}

    def substance(self) -> dict[str, object]:
        """Return what makes two rows say the same, whatever brackets their number is written in."""
        facts = self.as_json()
        del facts[_SPELLING]
        return facts

    def digest(self) -> str:
        """Return the digest of the content: equal for two spellings of the same facts."""
        text = json.dumps(
            self.substance(), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()


_PUBLIC = tuple(f.name for f in dataclasses.fields(Penalty) if f.name not in _SECRET)


@dataclasses.dataclass(frozen=True, slots=True)
class PenaltyRow:
    """One row of the file: accepted with a penalty, or rejected with at least one error.

    ``original`` holds the cells as they stand in the file, by field code. It may hold identity
    numbers: whoever stores it encrypts or masks them (``layout.NEVER_PUBLISHED``).
    """

    line: int
    original: dict[str, str] = dataclasses.field(repr=False)
    penalty: Penalty | None
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    digest: str = ""

    @property
    def accepted(self) -> bool:
        """True when the row may enter the register."""
        return self.penalty is not None


def _jsonable(value: object) -> object:
    match value:
        case Decimal():
            return format(value, "f")
        case dt.date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value
