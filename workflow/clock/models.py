"""The stored offset of a movable clock."""

import datetime as dt

from django.db import models


class Offset(models.Model):
    """How far the demonstration's clock stands from the real one; at most one row."""

    only = models.BooleanField(default=True, unique=True)
    moved_by = models.DurationField(default=dt.timedelta)

    class Meta:
        db_table = "clock_offset"
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="clock_offset_single_row"),
        ]

    def __str__(self) -> str:
        return str(self.moved_by)
