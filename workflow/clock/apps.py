"""Django's view of workflow.clock."""

from django.apps import AppConfig


class ClockConfig(AppConfig):
    """See the package's own docstring."""

    name = "workflow.clock"
    default_auto_field = "django.db.models.BigAutoField"
