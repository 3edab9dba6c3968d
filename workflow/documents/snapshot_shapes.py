"""What each letter states: the keys a snapshot must carry, per template.

A letter is rendered from its snapshot alone; whoever reserves one says everything here. Days are
``YYYY-MM-DD`` strings. An article is printed only from a provision with confidence ``H``.
"""

from typing import Literal, NotRequired, TypedDict

from workflow.documents.snapshot_check import Day


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
