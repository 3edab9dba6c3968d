"""What officials fill in. Forms check the shape; whether it may be done is for the acts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forms.fields import INPUT, Counted, day_field, upload_field

MISSING_ROWS = 6


class WhenChosen(forms.CharField):
    """Words that one of the choices needs: not called optional, and checked with the choice."""

    def validate(self, value: str) -> None:
        """Leave it to the form, which knows what was chosen."""


def _words(
    label: Any, *, hint: Any = "", rows: int = 3, most: int = 4000, optional: bool = False
) -> forms.CharField:
    kind = forms.CharField if optional else WhenChosen
    return kind(
        label=label,
        help_text=hint,
        required=not optional,
        max_length=most,
        widget=forms.Textarea(attrs=INPUT | {"rows": rows}),
    )


class Step(Counted):
    """One decision of one stage: what is chosen, and what was seen when it was chosen."""

    choices: tuple[tuple[str, Any], ...] = ()
    use_required_attribute = False
    act = forms.CharField(label=_("What you decide"), required=False)
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_act(self) -> str:
        """Only a choice of this stage.

        :raises forms.ValidationError: nothing or something else was chosen.
        """
        chosen = self.cleaned_data["act"]
        if chosen not in dict(self.choices):
            raise forms.ValidationError(_("Choose what you decide"), code="required")
        return chosen


class Acceptance(Step):
    """The desk: take it up, ask once for everything missing, or do not take it up."""

    choices = (
        ("accept", _("Accept")),
        ("supplement", _("Ask for a supplement")),
        ("not_accept", _("Do not accept")),
    )
    reasons = _words(_("Reasons, one a line"), hint=_("They stand in the decision letter"))
    next_steps = _words(_("What the applicant can do instead"), rows=2, most=1000, optional=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MISSING_ROWS + 1):
            for name, label in (
                ("item", _("What is missing (%(n)d)")),
                ("how", _("How to supply it (%(n)d)")),
            ):
                self.fields[f"{name}_{number}"] = WhenChosen(
                    label=label % {"n": number},
                    max_length=300,
                    widget=forms.TextInput(attrs=INPUT),
                )

    def missing_rows(self) -> list[tuple[Any, Any]]:
        """The pairs of fields, as the page lays them out."""
        return [(self[f"item_{n}"], self[f"how_{n}"]) for n in range(1, MISSING_ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        """Check what each choice needs beside it."""
        data = super().clean()
        chosen = data.get("act")
        if chosen == "not_accept" and not data.get("reasons", "").strip():
            self.add_error("reasons", _("Give at least one reason."))
        if chosen == "supplement":
            self._check_missing(data)
        return data

    def _check_missing(self, data: dict[str, Any]) -> None:
        named = 0
        for number in range(1, MISSING_ROWS + 1):
            item, how = data.get(f"item_{number}", ""), data.get(f"how_{number}", "")
            if how and not item:
                self.add_error(f"item_{number}", _("Name what is missing."))
            if item and not how:
                self.add_error(f"how_{number}", _("Say how it can be supplied."))
            named += bool(item)
        if not named:
            self.add_error("item_1", _("Name everything that is missing."))

    def missing(self) -> list[dict[str, str]]:
        """Everything that is missing, as the act wants it."""
        data = self.cleaned_data
        return [
            {"item": data[f"item_{n}"], "how": data[f"how_{n}"]}
            for n in range(1, MISSING_ROWS + 1)
            if data[f"item_{n}"]
        ]


class Proposal(Step):
    """The verifier: propose approval or refusal, with what was found."""

    choices = (("approve", _("Propose approval")), ("refuse", _("Propose refusal")))
    reasons = _words(_("What you found and why"), hint=_("The approver and the letter see this"))

    def clean_reasons(self) -> str:
        """A proposal needs its reasons.

        :raises forms.ValidationError: none were given.
        """
        text = self.cleaned_data["reasons"].strip()
        if not text:
            raise forms.ValidationError(_("Say what you found and why."), code="required")
        return text


class Decision(Step):
    """The approver: agree with the proposal, or send it back."""

    choices = (("agree", _("Agree")), ("send_back", _("Send back")))
    reasons = _words(_("Why it is sent back"), hint=_("Only needed when you send it back"))

    def clean(self) -> dict[str, Any]:
        """Sending back needs its reasons."""
        data = super().clean()
        if data.get("act") == "send_back" and not data.get("reasons", "").strip():
            self.add_error("reasons", _("Say what has to be verified again."))
        return data


class Severity(Step):
    """The determining unit: how severe, and a restriction that prolongs publication."""

    choices = (("minor", _("Minor")), ("general", _("General")), ("serious", _("Serious")))
    restriction_until = day_field(
        _("Business or employment restriction until"),
        hint=_("Only if the penalty imposes one; publication then lasts at least as long"),
    )


class Receipt(Step):
    """The keeper of a site: done, never held here, or an objection with its ground."""

    choices = (
        ("done", _("Removed")),
        ("never_held", _("Never published here")),
        ("refuse", _("Object to the order")),
    )
    note = _words(_("How and when it was removed, or why not"), rows=3, most=2000)
    proof = upload_field(_("Screenshot or other proof"))

    def clean(self) -> dict[str, Any]:
        """Check what each answer needs beside it."""
        data = super().clean()
        chosen, note = data.get("act"), data.get("note", "").strip()
        if chosen == "refuse" and not note:
            self.add_error("note", _("A refusal needs its ground."))
        if chosen == "done" and not note and not data.get("proof"):
            self.add_error("note", _("Add a screenshot or say how it was removed."))
        return data


class Settlement(Step):
    """The supervisor: the order stands, or the objection is accepted."""

    choices = (("again", _("Confirm the order")), ("accept", _("Accept the objection")))
    line = forms.UUIDField(widget=forms.HiddenInput)
    reason = _words(_("Reason"), hint=_("The applicant sees it"), rows=2, most=2000)

    def clean_reason(self) -> str:
        """Either way needs its reason.

        :raises forms.ValidationError: none was given.
        """
        text = self.cleaned_data["reason"].strip()
        if not text:
            raise forms.ValidationError(
                _("Give the reason; the applicant sees it."), code="required"
            )
        return text
