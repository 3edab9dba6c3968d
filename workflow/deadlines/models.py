"""Limits with what interrupts and prolongs them, and the rungs that were fired."""

import uuid

from django.db import models
from django.db.models import F, Q

from workflow.periods import Unit


class State(models.TextChoices):
    """``missed`` and not yet ended: an advisory limit that passed and whose work is still open."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    PROVISIONAL = "provisional"
    MET = "met"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Effect(models.TextChoices):
    """A statutory limit changes state by its passing; an advisory one only reminds."""

    STATUTORY = "statutory"
    ADVISORY = "advisory"


WAITING = (State.RUNNING, State.SUSPENDED, State.PROVISIONAL)


class Deadline(models.Model):
    """One limit of the law for one object: so many units after a day, whoever has to act.

    ``due_on`` follows from the other facts and the calendar named; :func:`ledger.term_of` gives
    them. ``budget`` and ``extended_by`` are in ``unit``. ``next_rung_on`` is when the sweep looks
    again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    object_table = models.CharField(max_length=63)
    object_id = models.UUIDField()
    case_table = models.CharField(max_length=63)
    case_id = models.UUIDField()
    case_number = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    provision_id = models.CharField(max_length=60)
    provision_version = models.CharField(max_length=20)
    law_version = models.CharField(max_length=64)
    effect = models.CharField(max_length=12, choices=Effect.choices)
    start_on = models.DateField()
    budget = models.PositiveIntegerField()
    unit = models.CharField(max_length=12, choices=[(unit.value, unit.value) for unit in Unit])
    roll = models.BooleanField()
    extended_by = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State.choices)
    due_on = models.DateField(null=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    remaining = models.PositiveIntegerField(null=True)
    calendar_version = models.CharField(max_length=64)
    department = models.ForeignKey(
        "offices.Department", null=True, on_delete=models.PROTECT, related_name="deadlines"
    )
    next_rung_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_table", "object_id", "kind"],
                condition=Q(ended_at=None),
                name="deadline_one_open_per_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values) & Q(effect__in=Effect.values),
                name="deadline_known_words",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=[unit.value for unit in Unit]), name="deadline_known_unit"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=[s.value for s in WAITING]) & Q(ended_at=None))
                | (Q(state__in=["met", "cancelled"]) & Q(ended_at__isnull=False))
                | Q(state="missed"),
                name="deadline_ended_when_over",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(due_on__isnull=False),
                name="deadline_running_has_due",
            ),
            models.CheckConstraint(
                condition=~Q(state="suspended")
                | Q(due_on=None, remaining__isnull=False, next_rung_on=None),
                name="deadline_suspended_stands_still",
            ),
            models.CheckConstraint(
                condition=~Q(state="provisional")
                | Q(due_on=None, earliest__isnull=False, latest__gte=F("earliest")),
                name="deadline_provisional_has_bounds",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("start_on")),
                name="deadline_due_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(next_rung_on=None), name="deadline_ended_is_silent"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_rung_on", "id"],
                condition=Q(next_rung_on__isnull=False),
                name="deadline_next_rung",
            ),
            models.Index(fields=["case_table", "case_id"], name="deadline_of_case"),
            models.Index(
                fields=["department", "due_on"],
                condition=Q(ended_at=None),
                name="deadline_of_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.kind}: {self.due_on or self.state}"


class Suspension(models.Model):
    """Days that do not count: from ``first_day`` until ``resumes_on``, which counts again."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="suspensions")
    first_day = models.DateField()
    resumes_on = models.DateField(null=True)
    ground = models.CharField(max_length=200)
    event_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(resumes_on=None), name="suspension_one_open"
            ),
            models.CheckConstraint(
                condition=Q(resumes_on=None) | Q(resumes_on__gte=F("first_day")),
                name="suspension_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="suspension_has_ground"),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.resumes_on or '…'}"


class Extension(models.Model):
    """So many units more, with its ground and who granted it."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="extensions")
    added = models.PositiveIntegerField()
    ground = models.CharField(max_length=400)
    granted_by = models.UUIDField(null=True)
    event_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(added__gt=0) & ~Q(ground=""), name="extension_has_length_and_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"+{self.added}: {self.ground}"


class Rung(models.Model):
    """A reminder or the passing itself, claimed by its key before anything is done."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="rungs")
    code = models.CharField(max_length=20)
    due_on = models.DateField()
    fired_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline", "code"], name="rung_fires_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.due_on}"
