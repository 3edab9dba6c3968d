"""The promise register."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin, transition

from processes.promise.states import PromiseState
from processes.records.models import CreditSubject


class PromiseText(models.Model):
    """The text of a promise letter, by version; a version that was signed never changes."""

    kind = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    body = models.TextField()
    liability = models.TextField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="promise_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.number}"


class PromiseSerial(models.Model):
    """The last serial given, per place and day; the row lock makes the numbers gapless."""

    division = models.CharField(max_length=6)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "day"], name="promise_serial_once"),
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.day}"


class Promise(FSMModelMixin, models.Model):
    """信用修复型承诺: materials are true and valid, liability for a breach is accepted.

    Number: 6-digit division, YYYYMMDD, 6-digit serial. It is published when it takes effect.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, default="repair")
    subject = models.ForeignKey(CreditSubject, on_delete=models.PROTECT, related_name="promises")
    text = models.ForeignKey(PromiseText, on_delete=models.PROTECT)
    case_table = models.CharField(max_length=63)
    case_id = models.UUIDField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_name = models.CharField(max_length=80)
    signed_at = models.DateTimeField()
    published_on = models.DateField(null=True)
    state = FSMField(
        max_length=20, choices=PromiseState.choices, default=PromiseState.SIGNED, protected=True
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="effective") | Q(published_on__isnull=False),
                name="promise_in_effect_is_published",
            ),
        ]
        indexes = [models.Index(fields=["case_table", "case_id"], name="promise_of_case")]

    def __str__(self) -> str:
        return self.number

    @transition(field=state, source=PromiseState.SIGNED, target=PromiseState.EFFECTIVE)
    def take_effect(self) -> None:
        """The application it belongs to is filed; the promise is public from this day."""

    @transition(field=state, source=PromiseState.SIGNED, target=PromiseState.WITHDRAWN)
    def withdraw(self) -> None:
        """It was signed for an application that was never filed."""
