"""The one queue. A work item says who must do what next; it can be rebuilt from the states."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow.offices.models import Department

NO_DAY = dt.date(9999, 12, 31)


class WorkItem(models.Model):
    """One task of one object, for one department and capacity, perhaps claimed by one person."""

    class Standing(models.TextChoices):
        """Open until somebody takes it, claimed until it is done or handed back."""

        OPEN = "open", "待认领"
        CLAIMED = "claimed", "办理中"
        CLOSED = "closed", "已办结"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    process = models.CharField(max_length=20)
    node = models.CharField(max_length=40)
    case_table = models.CharField(max_length=63)
    case_id = models.UUIDField()
    case_number = models.CharField(max_length=200)
    object_table = models.CharField(max_length=63)
    object_id = models.UUIDField()
    subject_name = models.CharField(max_length=200)
    subject_id = models.UUIDField(null=True)
    title = models.CharField(max_length=240)
    role = models.CharField(max_length=20)
    department = models.ForeignKey(
        Department, null=True, on_delete=models.PROTECT, related_name="work"
    )
    excluded_user_id = models.UUIDField(null=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="work"
    )
    claimed_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    sort_on = models.DateField(default=NO_DAY)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_table", "object_id", "node"],
                condition=~Q(standing="closed"),
                name="work_item_one_open_per_node",
            ),
            models.CheckConstraint(
                condition=~Q(standing="claimed") | Q(owner__isnull=False),
                name="work_item_claimed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True)
                | Q(excluded_user_id__isnull=True)
                | ~Q(owner_id=models.F("excluded_user_id")),
                name="work_item_not_by_the_excluded",
            ),
        ]
        indexes = [
            models.Index(
                fields=["department", "role", "sort_on", "id"],
                condition=~Q(standing="closed"),
                name="work_item_queue",
            ),
            models.Index(
                fields=["owner", "sort_on", "id"],
                condition=Q(standing="claimed"),
                name="work_item_mine",
            ),
            models.Index(fields=["case_table", "case_id"], name="work_item_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.node}"
