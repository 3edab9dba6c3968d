"""Django's view of processes.repair."""

from django.apps import AppConfig


class RepairConfig(AppConfig):
    """See the package's own docstring."""

    name = "processes.repair"
    default_auto_field = "django.db.models.BigAutoField"
