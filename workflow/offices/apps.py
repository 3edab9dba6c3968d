"""People, departments, jurisdictions."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    """Who works here, and as what."""

    name = "workflow.offices"
    default_auto_field = "django.db.models.BigAutoField"
