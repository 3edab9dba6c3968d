"""What each letter states: the keys a snapshot must carry, per template.

A letter is rendered from its snapshot alone; whoever reserves one says everything here. Days are
``YYYY-MM-DD`` strings. An article is printed only from a provision with confidence ``H``.
"""

from dataclasses import dataclass
from typing import Literal, NotRequired, TypedDict

from workflow.documents import snapshot_check
from workflow.documents.snapshot_check import Day, SnapshotIncomplete


class Addressee(TypedDict):
    """To whom the letter goes; ``user_ids`` are told when it is issued."""

    name: str
    code: NotRequired[str | None]
    subject_id: NotRequired[str | None]
    user_ids: NotRequired[list[str]]


class Office(TypedDict):
    """The issuing office 发文机关 and where it can be reached."""

    name: str
    contact: NotRequired[str | None]
    phone: NotRequired[str | None]
    address: NotRequired[str | None]


class Subject(TypedDict):
    """Whom the letter is about; a natural person's number comes masked or not at all."""

    name: str
    code: str | None
    kind: NotRequired[Literal["organisation", "person"]]


class Provision(TypedDict):
    """What the letter rests on; ``issuer`` e.g. 国家发展和改革委员会令第36号."""

    instrument: str
    article: str | None
    confidence: Literal["H", "M", "L", "X"]
    issuer: NotRequired[str | None]


class Record(TypedDict):
    """The record of dishonesty 失信信息 as the deciding authority wrote it."""

    decision_number: str
    decided_on: Day
    authority: str
    content: str
    violation: NotRequired[str | None]
    severity: NotRequired[Literal["minor", "general", "serious"] | None]


class Limit(TypedDict):
    """Until when; ``provision`` null means the office's own standard, and is printed as such."""

    on: Day
    provision: Provision | None


class Condition(TypedDict):
    """One condition of law and the fact found: a full clause without its full stop."""

    found: str
    met: bool
    provision: Provision | None


class Reason(TypedDict):
    """Why not: a full clause without its full stop."""

    text: str
    provision: Provision | None


class Missing(TypedDict):
    """One thing to supply; ``how`` says what would do."""

    item: str
    how: str


class Remedy(TypedDict):
    """Where to go against a decision, and for how long; amounts from the provision."""

    body: str
    value: int
    address: NotRequired[str | None]
    provision: Provision


class Remedies(TypedDict):
    """行政复议 (value in days) and 行政诉讼 (value in months)."""

    reconsideration: Remedy
    litigation: Remedy


class PriorDecision(TypedDict):
    """The decision that this letter carries out."""

    number: str
    decided_on: Day
    office: str


class Line(TypedDict):
    """One removal and how it ended."""

    place: str
    act: Literal["publicity", "sharing", "measure"]
    outcome: Literal["done", "never_held", "refusal_accepted"]
    on: Day
    note: NotRequired[str | None]


class PromiseRef(TypedDict):
    """The public repair promise 信用承诺."""

    number: str
    made_on: Day


class Acceptance(TypedDict):
    """受理通知书."""

    office: Office
    subject: Subject
    applied_on: Day
    accepted_on: Day
    records: list[Record]
    materials: list[str]
    decided_by: NotRequired[str]
    result_by: Limit
    basis: list[Provision]


class Supplement(TypedDict):
    """一次性补正告知书."""

    office: Office
    subject: Subject
    applied_on: Day
    records: list[Record]
    missing: list[Missing]
    supplement_by: Limit
    basis: list[Provision]


class NotAccepted(TypedDict):
    """不予受理决定书."""

    office: Office
    subject: Subject
    applied_on: Day
    records: list[Record]
    reasons: list[Reason]
    basis: list[Provision]
    next_steps: str | None
    remedies: Remedies


class Approved(TypedDict):
    """准予信用修复决定书."""

    office: Office
    subject: Subject
    applied_on: Day
    accepted_on: Day
    records: list[Record]
    conditions: list[Condition]
    promise: PromiseRef
    basis: list[Provision]
    effective_on: Day
    remedies: Remedies


class Refused(TypedDict):
    """不予信用修复决定书."""

    office: Office
    subject: Subject
    applied_on: Day
    accepted_on: Day
    records: list[Record]
    conditions: list[Condition]
    basis: list[Provision]
    earliest_on: Day | None
    remedies: Remedies


class RemovalOrder(TypedDict):
    """终止公示通知; ``site`` is the name of the place, the addressee is its keeper."""

    office: Office
    subject: Subject
    site: str
    acts: list[Literal["publicity", "sharing", "measure"]]
    records: list[Record]
    decision: PriorDecision
    effective_on: Day
    remove_by: Limit
    basis: list[Provision]


class Completed(TypedDict):
    """信用修复完成通知."""

    office: Office
    subject: Subject
    applied_on: Day
    decision: PriorDecision
    records: list[Record]
    lines: list[Line]
    completed_on: Day
    partly: bool
    basis: list[Provision]


class Promise(TypedDict):
    """信用修复承诺书: written by the subject, kept with the text it agreed to."""

    office: Office
    subject: Subject
    promise_number: str
    made_on: Day
    text_version: str
    records: list[Record]
    undertakings: list[str]
    liability: list[str]
    signed_by: str
    basis: list[Provision]


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
    "repair-completed": LetterTemplate(
        "信用修复完成通知", "Notice of completion", 1, Completed
    ),
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
