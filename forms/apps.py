"""The counter: screens and forms."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Every face of the house; holds no table of its own."""

    name = "forms"
    default_auto_field = "django.db.models.BigAutoField"
