"""Django's view of workflow.journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """See the package's own docstring."""

    name = "workflow.journal"
    default_auto_field = "django.db.models.BigAutoField"
