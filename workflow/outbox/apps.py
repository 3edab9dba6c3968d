"""The outbox as a Django app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Messages to the outside, written with the act that causes them."""

    name = "workflow.outbox"
    label = "outbox"
