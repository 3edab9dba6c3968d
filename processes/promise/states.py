"""The life of a promise; issue by issue it grows to the whole of domain.md 4."""

from django.db import models


class PromiseState(models.TextChoices):
    """信用承诺, as far as a repair needs it."""

    SIGNED = "signed", "已签署"
    EFFECTIVE = "effective", "已生效"
    WITHDRAWN = "withdrawn", "已撤回"


PROMISE_TRANSITIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "take_effect": ((PromiseState.SIGNED,), PromiseState.EFFECTIVE),
    "withdraw": ((PromiseState.SIGNED,), PromiseState.WITHDRAWN),
}
