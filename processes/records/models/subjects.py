"""信用主体 and who may act for them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class CreditSubject(models.Model):
    """An organisation, an individual business, a natural person or a government body.

    A natural person's identity number is stored encrypted and found by a blind index; the row
    is locked first by every act that concerns the subject.
    """

    class Kind(models.TextChoices):
        """行政相对人类别, and government bodies."""

        ORGANISATION = "organisation", "法人及非法人组织"
        BUSINESS = "business", "个体工商户"
        PERSON = "person", "自然人"
        GOVERNMENT = "government", "机关"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=18, null=True, blank=True, unique=True)
    identity_cipher = models.TextField(blank=True)
    identity_index = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="subject_is_identified",
                condition=(
                    Q(kind="person", code__isnull=True, identity_index__isnull=False)
                    & ~Q(identity_cipher="")
                )
                | (~Q(kind="person") & Q(code__isnull=False, identity_index__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def is_person(self) -> bool:
        """True for a natural person, whose name and number are masked where not needed."""
        return self.kind == self.Kind.PERSON

    @property
    def shown_name(self) -> str:
        """Return the name as screens of others may show it: a natural person's is masked."""
        if self.is_person:
            return self.name[:1] + "*" * max(len(self.name) - 1, 1)
        return self.name


class Representation(models.Model):
    """授权: a user may act for a subject, from a day and until a day (exclusive)."""

    class Kind(models.TextChoices):
        """As what the person acts."""

        SELF = "self", "本人"
        LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人"
        AGENT = "agent", "经办人"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="representations"
    )
    subject = models.ForeignKey(
        CreditSubject, on_delete=models.PROTECT, related_name="representations"
    )
    kind = models.CharField(max_length=24, choices=Kind.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    power_of_attorney = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "subject", "since"], name="representation_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="representation_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_kind_display()} · {self.subject}"
