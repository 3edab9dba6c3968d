"""Is this letter genuine? Asked by anybody who holds number and code; answers little else."""

import datetime as dt
import secrets
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings

from workflow import clock
from workflow.documents.models import Letter

VERIFY_PATH = "/verify"
"""Where ``forms`` answers the question; printed on paper, so it never changes."""

_NO_LETTER = "-" * 8
_BRACKETS = str.maketrans(
    {"[": "〔", "［": "〔", "【": "〔", "(": "〔", "]": "〕", "］": "〕", "】": "〕", ")": "〕"}
)


@dataclass(frozen=True)
class LetterCheck:
    """The answer: genuine or not; digest and day only for a genuine letter."""

    genuine: bool
    sha256: str | None = None
    issued_on: dt.date | None = None


def verify_letter(number: str, check_code: str) -> LetterCheck:
    """Whether an issued letter has this number and this code.

    A wrong number, a wrong code and a letter not yet issued give the same answer after the same
    work, so that nothing can be listed by asking.
    """
    letter = (
        Letter.objects.filter(number=tidy_number(number), pdf__isnull=False)
        .only("check_code", "sha256", "rendered_at")
        .first()
    )
    expected = letter.check_code if letter else _NO_LETTER
    matches = secrets.compare_digest(expected.encode(), tidy_code(check_code).encode())
    if letter is None or not matches:
        return LetterCheck(genuine=False)
    return LetterCheck(
        genuine=True, sha256=letter.sha256, issued_on=clock.local_day(letter.rendered_at)
    )


def tidy_number(number: str) -> str:
    """The number as printed, from what people type: any brackets, full-width digits, spaces."""
    joined = "".join(unicodedata.normalize("NFKC", number).split())
    return joined.translate(_BRACKETS)


def tidy_code(check_code: str) -> str:
    """The code as kept: capitals, without hyphens and spaces."""
    joined = "".join(unicodedata.normalize("NFKC", check_code).split())
    return joined.replace("-", "").upper()


def shown_code(check_code: str) -> str:
    """The code as printed: two groups of four."""
    return f"{check_code[:4]}-{check_code[4:]}"


def verify_url(number: str, check_code: str) -> str:
    """The address in the letter's QR code; frozen with the letter."""
    return f"{settings.XINFU_PUBLIC_URL}{VERIFY_PATH}?{urlencode({'code': check_code, 'number': number})}"
