"""What was brought in, from which file and which line."""

import uuid

from django.db import models


class ImportFile(models.Model):
    """One file by its digest; ``last_line`` is where an interrupted import resumes."""

    class Standing(models.TextChoices):
        """How far it got."""

        RUNNING = "running", "导入中"
        DONE = "done", "已完成"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.RUNNING)
    last_line = models.PositiveIntegerField(default=0)
    imported_by = models.UUIDField(null=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """One line of a file and what became of it; identity numbers are masked or encrypted."""

    class Outcome(models.TextChoices):
        """What became of the row."""

        ACCEPTED = "accepted", "已导入"
        REJECTED = "rejected", "已退回"
        UNCHANGED = "unchanged", "无变化"
        PROPOSED = "proposed", "待提供单位确认"

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    digest = models.CharField(max_length=64, blank=True)
    original = models.TextField(help_text="the cells as they stood, encrypted where personal")
    errors = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    record = models.ForeignKey(
        "records.CreditRecord", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "line"], name="import_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"
