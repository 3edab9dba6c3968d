"""What the register already says about the rows of a batch, in two queries however long it is."""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Iterable

from processes.records.identities import indexes_of
from processes.records.models import CreditRecord, RecordVersion
from processes.records.penalties import Penalty

_Key = tuple[str, str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """A registered record and the contents that need no new proposal."""

    record_id: uuid.UUID
    settled: frozenset[str]  # digests of versions that hold or are proposed

    def says(self, digest: str) -> bool:
        """Say whether a row with this content brings nothing new."""
        return digest in self.settled


class KnownRecords:
    """The records that a batch of penalties may concern."""

    def __init__(self, penalties: Iterable[Penalty]) -> None:
        keys = {penalty.decision_number_key for penalty in penalties}
        rows = CreditRecord.objects.filter(kind="penalty", decision_key__in=keys).values_list(
            "pk",
            "decision_key",
            "unit__code",
            "subject__code",
            "subject__identity_index",
        )
        self._ids: dict[_Key, uuid.UUID] = {}
        for pk, decision_key, unit, code, index in rows:
            self._ids[decision_key, unit, code or index or ""] = pk
        self._settled = _settled_digests(self._ids.values())

    def find(self, penalty: Penalty) -> Known | None:
        """Return the record that a row is about, if it is registered."""
        for who in _names_of(penalty):
            record_id = self._ids.get((penalty.decision_number_key, penalty.authority_code, who))
            if record_id is not None:
                return Known(record_id, frozenset(self._settled[record_id]))
        return None


def _names_of(penalty: Penalty) -> tuple[str, ...]:
    if penalty.counterpart_kind != "person":
        return (penalty.credit_code,)
    return indexes_of(document_type=penalty.document_type, number=penalty.document_number)


def _settled_digests(record_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    settled: dict[uuid.UUID, set[str]] = defaultdict(set)
    versions = RecordVersion.objects.filter(record_id__in=record_ids).exclude(
        standing=RecordVersion.Standing.DECLINED
    )
    for record_id, digest in versions.values_list("record_id", "digest"):
        settled[record_id].add(digest)
    return settled
