"""Fields an applicant fills in. Forms validate shapes; whether an act is possible the acts say."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forms.fields import INPUT, Counted, day_field, needed_later, upload_field
from processes.repair.judgement import Stated
from processes.repair.models import RepairItem

YES_NO = [("yes", _("Yes, all of them")), ("no", _("No, or only in part"))]


class Facts(Counted):
    """What the applicant states of one record; a draft may leave anything open."""

    corrected_on = day_field(_("The violation was put right on"))
    duties_performed_on = day_field(
        _("The duties were performed on"),
        hint=_("The day of the last one: fine paid, order carried out, damage made good"),
    )
    duties_complete = needed_later(
        forms.ChoiceField(
            label=_("Are all duties of the decision performed?"),
            choices=YES_NO,
            required=False,
            widget=forms.RadioSelect,
        )
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_corrected_on(self) -> dt.date | None:
        """A day that has been."""
        return self._not_later("corrected_on")

    def clean_duties_performed_on(self) -> dt.date | None:
        """A day that has been."""
        return self._not_later("duties_performed_on")

    def _not_later(self, name: str) -> dt.date | None:
        day = self.cleaned_data.get(name)
        if day is not None and day > self.today:
            message = _("The day cannot be later than today, %(today)s")
            raise forms.ValidationError(message, params={"today": self.today})
        return day

    def stated(self) -> dict[str, Any]:
        """What was filled in and can be kept; a field with an error is left as it was."""
        kept = {n: v for n, v in self.cleaned_data.items() if n not in self.errors}
        if "duties_complete" in kept:
            kept["duties_complete"] = {"yes": True, "no": False}.get(kept["duties_complete"])
        return kept

    def for_rule(self, *, promised_on: dt.date) -> Stated:
        """The same as the rule reads it; the promise is signed with the application."""
        kept = self.stated()
        return Stated(
            corrected_on=kept.get("corrected_on"),
            duties_performed_on=kept.get("duties_performed_on"),
            duties_complete=kept.get("duties_complete"),
            promised_on=promised_on,
        )


class ItemFacts(Facts):
    """The facts of one item of a draft, with room for a note and for proof."""

    statement = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=INPUT | {"rows": 3}),
    )
    correction = upload_field(_("Proof of correction"))
    performance = upload_field(_("Proof that duties were performed"))

    PROOFS = (("correction", "proof-of-correction"), ("performance", "proof-of-performance"))

    def __init__(self, item: RepairItem, *args: Any, **kwargs: Any) -> None:
        self.item = item
        complete = {True: "yes", False: "no"}.get(item.duties_complete, "")
        initial = {
            "corrected_on": item.corrected_on,
            "duties_performed_on": item.duties_performed_on,
            "duties_complete": complete,
            "statement": item.statement,
        }
        super().__init__(*args, initial=initial, prefix=prefix_of(item.pk), **kwargs)

    def stated(self) -> dict[str, Any]:
        """What was filled in, without the files."""
        files = {name for name, _kind in self.PROOFS}
        return {n: v for n, v in super().stated().items() if n not in files}


def prefix_of(item_id: uuid.UUID) -> str:
    """The prefix of an item's fields."""
    return f"i{item_id.hex}"


class Sign(Counted):
    """Signing the promise: the own name, typed, and the password once more."""

    signed_name = forms.CharField(
        label=_("Your name"),
        help_text=_("Type your own name exactly as it is registered; this is your signature"),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "input w-m", "autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("Your password once more"),
        help_text=_("So that nobody else signs at an open screen"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(
            attrs={"class": "input w-m", "autocomplete": "current-password"}
        ),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Ask the backends again; too many wrong tries lock, as at sign-in."""
        password: str = self.cleaned_data["password"]
        name = self.request.user.get_username()
        if authenticate(self.request, username=name, password=password) != self.request.user:
            raise forms.ValidationError(_("The password does not match"))
        return ""


class Supplement(Counted):
    """The answer to the request for a supplement."""

    note = forms.CharField(
        label=_("What you would like to say about it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=INPUT | {"rows": 3}),
    )


class Nothing(Counted):
    """An act that needs no further words."""
