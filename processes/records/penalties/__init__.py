"""Read national penalty files (双公示 行政处罚) as they really are; pure, without a database."""

from processes.records.penalties.decision_numbers import decision_number_key
from processes.records.penalties.findings import Finding, Language, finding
from processes.records.penalties.penalty import Penalty, PenaltyRow
from processes.records.penalties.reader import PenaltyFile, open_penalties
from processes.records.penalties.refusals import UnreadableFile
from processes.records.penalties.sources import sha256_of

__all__ = [
    "Finding",
    "Language",
    "Penalty",
    "PenaltyFile",
    "PenaltyRow",
    "UnreadableFile",
    "decision_number_key",
    "finding",
    "open_penalties",
    "sha256_of",
]
