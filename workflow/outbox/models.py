"""One table: what must still be said to the outside, and what was."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class OutboxMessage(models.Model):
    """Something an act has to tell, until a channel has taken it.

    Waiting, leased by a relay, delivered with a receipt, or parked with a reason until a person
    of the owning department sends it again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.CharField(max_length=60)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    available_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True, default="")
    delivered_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=200, blank=True, default="")
    parked_at = models.DateTimeField(null=True)
    parked_reason = models.CharField(max_length=500, blank=True, default="")
    retried_at = models.DateTimeField(null=True)
    retried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    owner_department = models.ForeignKey(
        "offices.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(parked_at=None),
                name="outbox_delivered_or_parked",
            ),
            models.CheckConstraint(
                condition=Q(parked_at=None) | ~Q(parked_reason=""), name="outbox_parked_why"
            ),
        )
        indexes = (
            models.Index(
                fields=("available_at", "id"),
                condition=Q(delivered_at=None, parked_at=None),
                name="outbox_waiting",
            ),
            models.Index(
                fields=("owner_department", "parked_at"),
                condition=Q(parked_at__isnull=False),
                name="outbox_parked",
            ),
        )

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"
