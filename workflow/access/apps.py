"""Django's view of workflow.access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """See the package's own docstring."""

    name = "workflow.access"
    default_auto_field = "django.db.models.BigAutoField"
