"""Fields of signing in and of choosing whom one acts for."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forms.acting import Standing
from forms.fields import INPUT, Counted
from workflow.offices.models import User


class SignIn(Counted):
    """Name and password; a wrong pair leaves the name where it was typed."""

    username = forms.CharField(
        label=_("User name"),
        max_length=80,
        widget=forms.TextInput(
            attrs=INPUT | {"autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs=INPUT | {"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self.user: User | None = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask the authentication backends; five wrong tries lock for a while."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        self.user = authenticate(self.request, **cleaned)
        if self.user is None:
            wrong = _("User name and password do not match. Mind capitals; the name was kept.")
            self.add_error("password", wrong)
        return cleaned


class ActFor(Counted):
    """The choice of whom one acts for."""

    standing = forms.ChoiceField(label=_("Whom you act for"))

    def __init__(self, standings: list[Standing], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standing"].choices = [(s.key, s.name) for s in standings if s.actor]
        self.fields["standing"].error_messages["required"] = _("Choose one")
