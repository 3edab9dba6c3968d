"""The letters the house can write, and the check that a snapshot can fill one.

The shapes are in ``snapshot_shapes``: one typed dict per letter.
"""

from dataclasses import dataclass

from workflow.documents import snapshot_check
from workflow.documents.snapshot_check import SnapshotIncomplete
from workflow.documents.snapshot_shapes import (
    Acceptance,
    Addressee,
    Approved,
    Completed,
    NotAccepted,
    Promise,
    Refused,
    RemovalOrder,
    Supplement,
)


@dataclass(frozen=True)
class LetterTemplate:
    """A letter the house can write: its titles, its newest version, and what it needs."""

    title: str
    title_en: str
    version: int
    shape: type


LETTERS: dict[str, LetterTemplate] = {
    "repair-acceptance": LetterTemplate(
        "信用修复受理通知书", "Notice of acceptance", 1, Acceptance
    ),
    "repair-supplement": LetterTemplate(
        "一次性补正告知书", "Request for supplements", 1, Supplement
    ),
    "repair-not-accepted": LetterTemplate(
        "信用修复不予受理决定书", "Decision not to accept", 1, NotAccepted
    ),
    "repair-approved": LetterTemplate("准予信用修复决定书", "Decision to repair", 1, Approved),
    "repair-refused": LetterTemplate("不予信用修复决定书", "Decision not to repair", 1, Refused),
    "removal-order": LetterTemplate("终止公示通知", "Order to end publicity", 1, RemovalOrder),
    "repair-completed": LetterTemplate("信用修复完成通知", "Notice of completion", 1, Completed),
    "repair-promise": LetterTemplate("信用修复承诺书", "Repair promise", 1, Promise),
}

_NEVER_EMPTY = ("records", "materials", "missing", "reasons", "basis", "acts", "lines")


def check(template: str, snapshot: dict) -> LetterTemplate:
    """The template, if the snapshot has all it needs.

    :raises SnapshotIncomplete: the template is unknown, a key is missing, or a list that the
        letter cannot do without is empty.
    """
    if template not in LETTERS:
        raise SnapshotIncomplete(f"no letter is called {template!r}")
    known = LETTERS[template]
    snapshot_check.require(snapshot, known.shape)
    empty = [key for key in _NEVER_EMPTY if snapshot.get(key) == []]
    if empty:
        raise SnapshotIncomplete(f"{known.shape.__name__}: {', '.join(empty)} must not be empty")
    return known


def check_addressee(addressee: dict) -> None:
    """Refuse an addressee without a name, or with keys that nobody reads.

    :raises SnapshotIncomplete: naming what is wrong.
    """
    snapshot_check.require(addressee, Addressee)
