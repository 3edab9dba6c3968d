"""Django's view of the composition: it registers the system checks."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Holds the checks of the house."""

    name = "config"

    def ready(self) -> None:
        from config import checks, composition  # noqa: F401, PLC0415

        composition.compose()
