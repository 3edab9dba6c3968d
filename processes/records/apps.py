"""Django's view of processes.records."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """See the package's own docstring."""

    name = "processes.records"
    default_auto_field = "django.db.models.BigAutoField"
