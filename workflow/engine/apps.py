"""Django's view of workflow.engine."""

from django.apps import AppConfig


class EngineConfig(AppConfig):
    """See the package's own docstring."""

    name = "workflow.engine"
    default_auto_field = "django.db.models.BigAutoField"
