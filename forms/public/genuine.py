"""Is this letter genuine? By number and code, or by the very bytes; the answer says little else."""

import dataclasses
import datetime as dt
import hashlib

from django.core.files.uploadedfile import UploadedFile

from workflow import clock
from workflow.documents.models import Letter
from workflow.documents.verification import verify_letter


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """Genuine or not; of a genuine letter its digest and day, and of a file its own digest."""

    genuine: bool
    sha256: str = ""
    issued_on: dt.date | None = None
    by_file: bool = False


def by_code(*, number: str, code: str) -> Finding:
    """Answer for a number and its code."""
    found = verify_letter(number, code)
    return Finding(found.genuine, found.sha256 or "", found.issued_on)


def by_file(*, file: UploadedFile) -> Finding:
    """Answer for a file: genuine only when every byte is that of an issued letter."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    found = digest.hexdigest()
    letter = Letter.objects.filter(pdf__sha256=found).only("rendered_at").first()
    if letter is None:
        return Finding(genuine=False, sha256=found, by_file=True)
    issued_on = clock.local_day(letter.rendered_at)
    return Finding(genuine=True, sha256=found, issued_on=issued_on, by_file=True)
