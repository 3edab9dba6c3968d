"""Applications, their items, and one removal line per site, recipient and measure."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, FSMModelMixin, transition

from processes.records.models import (
    CreditRecord,
    CreditSubject,
    Measure,
    Publication,
    Recipient,
    Site,
)
from processes.repair.states import ENDED, ItemState, LineState, case_state
from workflow.offices.models import Department

USER = settings.AUTH_USER_MODEL


class CaseSerial(models.Model):
    """The last case number given in a year; the row lock makes the numbers gapless."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.year)


class RepairCase(models.Model):
    """One application by one subject for several records. Its state is derived from its items."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    subject = models.ForeignKey(CreditSubject, on_delete=models.PROTECT, related_name="repairs")
    desk = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    chain_id = models.UUIDField()
    filed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    filed_capacity = models.CharField(max_length=20)
    channel = models.CharField(max_length=20, default="portal")
    contact_phone = models.CharField(max_length=30, blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "-created_at"], name="repair_of_subject")]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> str:
        """Return the derived state; see ``states.case_state``."""
        return case_state(item.state for item in self.items.all())


class RepairItem(FSMModelMixin, models.Model):
    """One record in one application.

    A transition names what happens and nothing else. It does not save, ask permission, read the
    law or tell anyone: acts decide, the interpreter applies.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(RepairCase, on_delete=models.PROTECT, related_name="items")
    record = models.ForeignKey(CreditRecord, on_delete=models.PROTECT, related_name="repair_items")
    corrected_on = models.DateField(null=True)
    duties_performed_on = models.DateField(null=True)
    duties_complete = models.BooleanField(null=True)
    statement = models.TextField(blank=True)
    supplement_wanted = models.JSONField(default=list)
    supplement_note = models.TextField(blank=True)
    accepted_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    proposed_outcome = models.CharField(max_length=10, blank=True)
    proposal_reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.JSONField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)
    state = FSMField(
        max_length=24, choices=ItemState.choices, default=ItemState.DRAFT, protected=True
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=~Q(state__in=sorted(ENDED)),
                name="repair_one_open_item_per_record",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="repair_approver_is_not_preparer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "removing", "completed", "refused", "revoked"])
                | Q(decided_by__isnull=False, proposed_by__isnull=False, decision__isnull=False),
                name="repair_decision_has_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.record}"

    @transition(field=state, source=ItemState.DRAFT, target=ItemState.SUBMITTED)
    def submit(self) -> None:
        """The applicant files; the law of this day governs."""

    @transition(field=state, source=ItemState.SUBMITTED, target=ItemState.SUPPLEMENT_REQUESTED)
    def request_supplement(self) -> None:
        """The desk asks, once, for everything that is missing; the clock stops."""

    @transition(field=state, source=ItemState.SUPPLEMENT_REQUESTED, target=ItemState.SUBMITTED)
    def supplement(self) -> None:
        """What was missing has arrived; the clock runs again."""

    @transition(field=state, source=ItemState.SUPPLEMENT_REQUESTED, target=ItemState.LAPSED)
    def lapse(self) -> None:
        """The supplement did not arrive within its limit."""

    @transition(field=state, source=ItemState.SUBMITTED, target=ItemState.NOT_ACCEPTED)
    def not_accept(self) -> None:
        """The desk does not take it up, with reasons."""

    @transition(field=state, source=ItemState.SUBMITTED, target=ItemState.ACCEPTED)
    def accept(self) -> None:
        """The desk takes it up."""

    @transition(field=state, source=ItemState.ACCEPTED, target=ItemState.VERIFYING)
    def begin_verification(self) -> None:
        """It lies with the determining unit; the handling clock starts."""

    @transition(field=state, source=ItemState.VERIFYING, target=ItemState.PROPOSED)
    def propose(self) -> None:
        """The unit's verifier proposes an outcome."""

    @transition(field=state, source=ItemState.PROPOSED, target=ItemState.VERIFYING)
    def send_back(self) -> None:
        """The approver wants it verified again."""

    @transition(field=state, source=ItemState.PROPOSED, target=ItemState.APPROVED)
    def approve(self) -> None:
        """Repair is granted by someone other than the proposer."""

    @transition(field=state, source=ItemState.PROPOSED, target=ItemState.REFUSED)
    def refuse(self) -> None:
        """Repair is refused by someone other than the proposer, with rule and reasons."""

    @transition(field=state, source=ItemState.APPROVED, target=ItemState.REMOVING)
    def begin_removal(self) -> None:
        """The orders are out."""

    @transition(field=state, source=ItemState.REMOVING, target=ItemState.COMPLETED)
    def complete(self) -> None:
        """Every order has its receipt."""

    @transition(
        field=state,
        source=[
            ItemState.DRAFT,
            ItemState.SUBMITTED,
            ItemState.SUPPLEMENT_REQUESTED,
            ItemState.ACCEPTED,
            ItemState.VERIFYING,
        ],
        target=ItemState.WITHDRAWN,
    )
    def withdraw(self) -> None:
        """The applicant takes it back before anything is proposed."""

    @transition(
        field=state,
        source=[
            ItemState.SUBMITTED,
            ItemState.SUPPLEMENT_REQUESTED,
            ItemState.ACCEPTED,
            ItemState.VERIFYING,
            ItemState.PROPOSED,
            ItemState.APPROVED,
            ItemState.REMOVING,
        ],
        target=ItemState.OBJECT_CEASED,
    )
    def object_ceases(self) -> None:
        """The act was revoked or changed; there is nothing left to repair."""

    @transition(field=state, source=ItemState.COMPLETED, target=ItemState.REVOKED)
    def revoke(self) -> None:
        """False proof or a broken promise undid the repair."""


class Proof(models.Model):
    """证明材料: a document the applicant gives for one item or for the whole case."""

    case = models.ForeignKey(RepairCase, on_delete=models.PROTECT, related_name="proofs")
    item = models.ForeignKey(RepairItem, null=True, on_delete=models.PROTECT, related_name="proofs")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.case}: {self.kind}"


class RemovalLine(FSMModelMixin, models.Model):
    """One order of the removal: a site's publication, a recipient's sharing, or a measure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(RepairItem, on_delete=models.PROTECT, related_name="lines")
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(
        Publication, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recipient = models.ForeignKey(Recipient, null=True, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, null=True, on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    order_letter = models.ForeignKey(
        "documents.Letter", null=True, on_delete=models.PROTECT, related_name="+"
    )
    ordered_at = models.DateTimeField()
    receipt_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    receipt_at = models.DateTimeField(null=True)
    receipt_note = models.TextField(blank=True)
    receipt_document = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = FSMField(
        max_length=20, choices=LineState.choices, default=LineState.ORDERED, protected=True
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(site__isnull=False, recipient__isnull=True, measure__isnull=True)
                | Q(site__isnull=True, recipient__isnull=False, measure__isnull=True)
                | Q(site__isnull=True, recipient__isnull=True, measure__isnull=False),
                name="removal_line_has_one_target",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ordered", "refused"])
                | Q(receipt_by__isnull=False, receipt_at__isnull=False),
                name="removal_line_settled_by_receipt",
            ),
            models.UniqueConstraint(fields=["item", "site"], name="removal_line_once_per_site"),
            models.UniqueConstraint(
                fields=["item", "recipient"], name="removal_line_once_per_recipient"
            ),
            models.UniqueConstraint(
                fields=["item", "measure"], name="removal_line_once_per_measure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} → {self.target_name}"

    @property
    def target_name(self) -> str:
        """Return the name of the site, recipient or measure."""
        return str(self.site or self.recipient or self.measure)

    @transition(field=state, source=LineState.ORDERED, target=LineState.DONE)
    def confirm_done(self) -> None:
        """The keeper removed it, and says when and with what proof."""

    @transition(field=state, source=LineState.ORDERED, target=LineState.NEVER_HELD)
    def confirm_never_held(self) -> None:
        """The keeper never held it."""

    @transition(field=state, source=LineState.ORDERED, target=LineState.REFUSED)
    def object(self) -> None:
        """The keeper refuses, with a ground; the supervisor decides."""

    @transition(field=state, source=LineState.REFUSED, target=LineState.ORDERED)
    def order_again(self) -> None:
        """The supervisor confirms the order."""

    @transition(field=state, source=LineState.REFUSED, target=LineState.REFUSAL_ACCEPTED)
    def accept_refusal(self) -> None:
        """The supervisor accepts the refusal, with a reason the applicant sees."""
