"""The post room as a Django app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The post room: it delivers what the outbox holds."""

    name = "notifications"
    label = "notifications"
