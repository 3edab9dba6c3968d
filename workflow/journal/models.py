"""Chains of events. Guards in the database refuse what the code below never asks for."""

import uuid

from django.db import models

GENESIS = "00" * 32


class Chain(models.Model):
    """The history of one case or one record; its head is moved only by the append trigger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, default=GENESIS)
    sm3 = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        db_table = "journal_chain"

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One thing that happened. ``canonical`` is the evidence; the columns only help to find it."""

    id = models.BigAutoField(primary_key=True)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    capacity = models.CharField(max_length=20)
    object_table = models.CharField(max_length=63, blank=True)
    object_id = models.UUIDField(null=True)
    object_version = models.PositiveIntegerField(null=True)
    from_state = models.CharField(max_length=40, null=True)  # noqa: DJ001 - null is "did not exist"
    to_state = models.CharField(max_length=40, null=True)  # noqa: DJ001 - null is "no state change"
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)
    transaction_id = models.BigIntegerField(default=0)

    class Meta:
        db_table = "journal_event"
        ordering = ("chain", "seq")
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="journal_event_seq_once"),
            models.UniqueConstraint(
                fields=["object_table", "object_id", "object_version"],
                name="journal_event_one_per_version",
                condition=models.Q(object_version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class Leaf(models.Model):
    """A personal value of an event; the event holds its salted hash only, so it can be erased."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="leaves")
    name = models.CharField(max_length=60)
    salt = models.CharField(max_length=64)
    value = models.JSONField()

    class Meta:
        db_table = "journal_leaf"
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="journal_leaf_once"),
        ]

    def __str__(self) -> str:
        return self.name
