"""Django's view of processes.promise."""

from django.apps import AppConfig


class PromiseConfig(AppConfig):
    """See the package's own docstring."""

    name = "processes.promise"
    default_auto_field = "django.db.models.BigAutoField"
