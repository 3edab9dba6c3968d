"""惩戒措施: only from the catalogue, and never in force while its record is contested."""

import uuid

from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition

from processes.records.models.records import CreditRecord
from processes.records.states import MeasureState
from workflow.offices.models import Department


class CatalogueItem(models.Model):
    """One measure of the national or regional list, with the basis that allows it."""

    class Force(models.TextChoices):
        """强制性 or 推荐性."""

        MANDATORY = "mandatory", "强制性"
        RECOMMENDED = "recommended", "推荐性"

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=200)
    force = models.CharField(max_length=12, choices=Force.choices)
    basis = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.name


class Measure(FSMModelMixin, models.Model):
    """A measure a department applies because of a record.

    ``contested`` follows the record's own column through a composite foreign key with
    ON UPDATE CASCADE (migration 0002); together with the check below no transaction, however
    interleaved, can leave it in force on a contested record.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT)
    record = models.ForeignKey(CreditRecord, on_delete=models.PROTECT, related_name="measures")
    contested = models.BooleanField(default=False)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    state = FSMField(
        max_length=10,
        choices=MeasureState.choices,
        default=MeasureState.IN_FORCE,
        protected=True,
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(contested=True, state="in_force"),
                name="measure_not_in_force_while_contested",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.record}"

    @transition(field=state, source=MeasureState.IN_FORCE, target=MeasureState.SUSPENDED)
    def suspend(self) -> None:
        """It is not executed while the record is verified."""

    @transition(field=state, source=MeasureState.SUSPENDED, target=MeasureState.IN_FORCE)
    def resume(self) -> None:
        """The record stood; the measure goes on."""

    @transition(
        field=state,
        source=[MeasureState.IN_FORCE, MeasureState.SUSPENDED],
        target=MeasureState.LIFTED,
    )
    def lift(self) -> None:
        """It ends for good."""
