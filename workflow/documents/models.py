"""What is kept: documents by content, letters by number, messages by reader.

Rows here are evidence. ``migrations/0002_guards.py`` makes the database refuse what the
docstrings forbid, whoever asks.
"""

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow.documents import storage
from workflow.documents.snapshots import LETTERS


class DocumentDamaged(Exception):
    """The stored bytes are not those whose digest was recorded; restore them from a backup."""


class Document(models.Model):
    """Material or an issued letter: its digest and circumstances; the bytes are in the storage.

    Two rows may share one content; a row is never changed and never deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    scan_result = models.JSONField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_as = models.CharField(max_length=20)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_sha256_is_hex"
            ),
            models.CheckConstraint(
                condition=Q(uploaded_by__isnull=False) | Q(uploaded_as="system"),
                name="document_has_an_uploader",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def read(self) -> bytes:
        """The bytes, checked against the recorded digest.

        :raises DocumentDamaged: they are missing or differ.
        """
        try:
            content = storage.fetch(self.sha256)
        except FileNotFoundError as absence:
            raise DocumentDamaged(f"document {self.pk}: the bytes are missing") from absence
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise DocumentDamaged(f"document {self.pk}: the bytes differ from their digest")
        return content


class LetterSerial(models.Model):
    """The last number a department gave out in a year; it only ever grows by one."""

    id = models.BigAutoField(primary_key=True)
    department = models.ForeignKey("offices.Department", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("department", "year"), name="letter_serial_one_per_year"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Letter(models.Model):
    """An official letter 文书: number and snapshot from its act, bytes from the post room.

    Everything the act fixed is frozen at once. ``pdf``, ``sha256`` and ``rendered_at`` are
    written once, together; until then ``held_reason`` may say why the letter waits.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.CharField(max_length=60)
    template_version = models.PositiveSmallIntegerField()
    department = models.ForeignKey(
        "offices.Department", on_delete=models.PROTECT, related_name="letters"
    )
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=80, unique=True)
    check_code = models.CharField(max_length=8)
    verify_url = models.CharField(max_length=300)
    snapshot = models.JSONField()
    addressee = models.JSONField()
    case_table = models.CharField(max_length=63)
    case_id = models.UUIDField()
    case_number = models.CharField(max_length=40)
    reserved_at = models.DateTimeField()
    reserved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    pdf = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, null=True)  # noqa: DJ001 - null is "not rendered yet"
    rendered_at = models.DateTimeField(null=True)
    held_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("department", "year", "serial"), name="letter_one_serial"
            ),
            models.CheckConstraint(condition=Q(serial__gte=1), name="letter_serial_from_one"),
            models.CheckConstraint(
                condition=Q(pdf=None, sha256=None, rendered_at=None)
                | Q(pdf__isnull=False, sha256__isnull=False, rendered_at__isnull=False),
                name="letter_rendered_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(pdf=None) | Q(held_reason=""), name="letter_issued_is_not_held"
            ),
        )
        indexes = (
            models.Index(fields=("case_table", "case_id"), name="letter_case"),
            models.Index(
                fields=("reserved_at",), condition=Q(pdf=None), name="letter_not_rendered"
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        """What the letter is called, in Chinese."""
        return LETTERS[self.template].title

    @property
    def title_en(self) -> str:
        """What the letter is called, in English."""
        return LETTERS[self.template].title_en


class Message(models.Model):
    """A line in the portal inbox, for one person or for all who act for a subject.

    ``read_at`` is the read receipt, from which a period may start: written once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="messages"
    )
    subject_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=60)
    snapshot = models.JSONField()
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, related_name="messages")
    case_table = models.CharField(max_length=63, blank=True, default="")
    case_id = models.UUIDField(null=True)
    case_number = models.CharField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(subject_id__isnull=False),
                name="message_has_a_reader",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="message_read_by_somebody",
            ),
        )
        indexes = (
            models.Index(F("user"), F("created_at").desc(), F("id"), name="message_inbox"),
            models.Index(
                F("subject_id"), F("created_at").desc(), F("id"), name="message_subject_inbox"
            ),
            models.Index(fields=("user",), condition=Q(read_at=None), name="message_unread"),
            models.Index(fields=("case_table", "case_id"), name="message_case"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.case_number}"
