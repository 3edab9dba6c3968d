"""Django's view of workflow.deadlines."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """See the package's own docstring."""

    name = "workflow.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"
