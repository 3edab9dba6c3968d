"""失信信息 and its versions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin, transition

from processes.records.models.subjects import CreditSubject
from processes.records.states import RecordState, Severity
from workflow.offices.models import Department


class CreditRecord(FSMModelMixin, models.Model):
    """One penalty, by (decision number, deciding unit, subject): the key of 多头修复.

    A transition names who and when, and nothing else; ``services`` does the rest.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(CreditSubject, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=20, default="penalty")
    decision_number = models.CharField(max_length=200)
    decision_key = models.CharField(max_length=200)
    unit = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    severity = models.CharField(max_length=10, choices=Severity.choices, null=True)  # noqa: DJ001
    severity_determined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    severity_determined_at = models.DateTimeField(null=True)
    restriction_until = models.DateField(null=True)
    contested = models.BooleanField(default=False)
    current_version = models.PositiveIntegerField(default=1)
    chain_id = models.UUIDField()
    state = FSMField(
        max_length=20,
        choices=RecordState.choices,
        default=RecordState.SEVERITY_OPEN,
        protected=True,
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision_key", "unit", "subject"], name="record_key_once"
            ),
            models.UniqueConstraint(fields=["id", "contested"], name="record_contested_key"),
            models.CheckConstraint(
                name="record_severity_is_determined_by_someone",
                condition=~Q(state="current")
                | Q(
                    severity__isnull=False,
                    severity_determined_by__isnull=False,
                    severity_determined_at__isnull=False,
                ),
            ),
        ]
        indexes = [models.Index(fields=["subject", "-decided_on"], name="record_of_subject")]

    def __str__(self) -> str:
        return self.decision_number

    @transition(field=state, source=RecordState.SEVERITY_OPEN, target=RecordState.CURRENT)
    def determine_severity(self) -> None:
        """The determining unit has said how severe it is; its terms can now be told."""

    @transition(
        field=state,
        source=[RecordState.SEVERITY_OPEN, RecordState.CURRENT],
        target=RecordState.WITHDRAWN,
    )
    def withdraw(self) -> None:
        """The act was revoked or changed; this is no repair."""


class RecordVersion(models.Model):
    """What a record says, at one time. Versions are added, never overwritten."""

    class Standing(models.TextChoices):
        """A later file only proposes; the provider confirms."""

        ACCEPTED = "accepted", "已生效"
        PROPOSED = "proposed", "待确认"
        DECLINED = "declined", "未采纳"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(CreditRecord, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.ACCEPTED)
    fields = models.JSONField(help_text="normalised fields, without identity numbers")
    digest = models.CharField(max_length=64)
    source_row = models.ForeignKey(
        "records.ImportRow", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="record_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.record} v{self.number}"
