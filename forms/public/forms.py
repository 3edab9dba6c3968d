"""Fields of the public pages."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from forms.fields import INPUT, Counted

MOST_BYTES = 20 * 2**20


class VerifyByCode(Counted):
    """Number and check code, as printed at the foot of a letter."""

    number = forms.CharField(
        label=_("Letter number"),
        help_text=_("As printed, for example 朔市监信修决〔2026〕31号"),
        max_length=60,
        widget=forms.TextInput(attrs=INPUT | {"autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("Check code"),
        help_text=_("8 characters at the foot of the letter; capitals do not matter"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "input w-m mono", "autocomplete": "off"}),
    )


class VerifyByFile(Counted):
    """The PDF one holds, to compare byte by byte; it is not kept."""

    file = forms.FileField(
        label=_("The PDF you hold"),
        help_text=_("It is compared and not kept. At most 20 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what cannot be a letter, in words."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB"))
        if not file.read(5).startswith(b"%PDF-"):
            message = _("“%(name)s” is not a PDF. Choose the file you received, unchanged")
            raise forms.ValidationError(message, params={"name": file.name})
        file.seek(0)
        return file


class Search(Counted):
    """One line: a name, a code or a decision number."""

    q = forms.CharField(max_length=200, required=False, strip=True)

    def words(self) -> str:
        """What was asked for; empty when nothing usable was."""
        return self.cleaned_data.get("q", "") if self.is_valid() else ""


def bound_for(method: str, data: Any, files: Any) -> tuple[VerifyByCode, VerifyByFile]:
    """Return both forms of the page; only the one that was sent is bound.

    Number and code also come by the address in a letter's QR code, and are answered at once.
    """
    by_file = method == "POST" and "by_file" in data
    by_code = not by_file and (method == "POST" or "number" in data or "code" in data)
    return (
        VerifyByCode(data if by_code else None),
        VerifyByFile(data if by_file else None, files if by_file else None),
    )
