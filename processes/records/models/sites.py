"""公示渠道, 公示 and who else received a record."""

import uuid

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, FSMModelMixin, transition

from processes.records.models.records import CreditRecord
from processes.records.states import PublicationState, RuleFamily
from workflow.offices.models import Department


class Site(models.Model):
    """Where records are shown or shared; ``rule_family`` decides start event and terms."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    rule_family = models.CharField(max_length=20, choices=RuleFamily.choices)
    keeper = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="sites")
    is_active = models.BooleanField(default=True)
    only_units = models.ManyToManyField(
        Department,
        blank=True,
        related_name="+",
        help_text="Determining units whose records are published here; empty means all",
    )

    def __str__(self) -> str:
        return self.name


class Publication(FSMModelMixin, models.Model):
    """A record on a site. Its latest end is a stored fact; passing it needs no write."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(CreditRecord, on_delete=models.PROTECT, related_name="publications")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="publications")
    published_from = models.DateField()
    earliest_end = models.DateField(null=True)
    latest_end = models.DateField()
    term_basis = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)
    ended_by_event = models.CharField(max_length=80, blank=True)
    state = FSMField(
        max_length=10,
        choices=PublicationState.choices,
        default=PublicationState.SHOWN,
        protected=True,
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "site"],
                condition=Q(state="shown"),
                name="publication_once_per_site",
            ),
            models.CheckConstraint(
                condition=Q(latest_end__gte=F("published_from")),
                name="publication_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state="shown", ended_at__isnull=True)
                | Q(state="ended", ended_at__isnull=False),
                name="publication_end_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} @ {self.site}"

    @transition(field=state, source=PublicationState.SHOWN, target=PublicationState.ENDED)
    def end(self) -> None:
        """It is no longer shown, by a decision and not by its term."""


class Recipient(models.Model):
    """A body that records are shared with, beyond the sites."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    name_en = models.CharField(max_length=120, blank=True)
    keeper = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class RecipientDelivery(models.Model):
    """接收方台账: who received which version of a record, so that corrections reach all."""

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="deliveries")
    record = models.ForeignKey(CreditRecord, on_delete=models.PROTECT, related_name="deliveries")
    record_version = models.PositiveIntegerField()
    delivered_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "record", "record_version"], name="recipient_delivery_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.record} v{self.record_version}"
