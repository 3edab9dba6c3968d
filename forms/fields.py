"""Fields and forms as every counter uses them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

INPUT = {"class": "input"}
UPLOADS = ".pdf,.ofd,.jpg,.jpeg,.png,.docx,.xlsx"


class Counted(forms.Form):
    """A form that can say how many things are to be changed."""

    @property
    def error_count(self) -> int:
        """How many things are to be changed."""
        return sum(len(errors) for errors in self.errors.values())


def day_field(label: Any, *, hint: Any = "", required: bool = False) -> forms.DateField:
    """A day; browsers bring their own calendar."""
    field = forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(attrs={"class": "input w-m", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2026-11-25")},
    )
    return needed_later(field)


def upload_field(label: Any, *, required: bool = False) -> forms.FileField:
    """One document; what it really is is looked at when it is kept."""
    field = forms.FileField(
        label=label,
        required=required,
        help_text=_("PDF, OFD, JPG, PNG, DOCX or XLSX, at most 20 MB. A phone can take a photo."),
        widget=forms.FileInput(attrs={"accept": UPLOADS}),
        error_messages={"empty": _("The file is empty. Choose another one")},
    )
    return needed_later(field)


def needed_later(field: forms.Field) -> forms.Field:
    """A draft may leave it open, an application may not: it is not called optional."""
    field.needed_later = True
    return field
