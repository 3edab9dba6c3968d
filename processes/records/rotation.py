"""Bring stored identity numbers under the current keys, batch by batch, while the house works."""

import itertools
import json
from collections.abc import Callable, Iterator

from django.db import transaction

from processes.records import identities
from processes.records.models import CreditSubject, ImportRow
from workflow.keyring import key_ring

BATCH = 500
_ORIGINAL = "import-row"


def rotate_identities(*, progress: Callable[[int], None] | None = None) -> int:
    """Re-encrypt and re-index every natural person and every kept row; return how many changed.

    Can be interrupted and begun again: what is under the current keys is left alone. A retired key
    may be taken out of the settings only after this has returned 0.

    :raises CryptoError: a number was stored under a key that is no longer configured.
    """
    changed = 0
    for batch in itertools.chain(_subjects(), _rows()):
        changed += batch
        if progress is not None:
            progress(changed)
    return changed


def _subjects() -> Iterator[int]:
    keys = CreditSubject.objects.filter(kind=CreditSubject.Kind.PERSON).order_by("pk")
    for some in _batches(list(keys.values_list("pk", flat=True))):
        with transaction.atomic():
            locked = CreditSubject.objects.select_for_update().filter(pk__in=some)
            yield sum(_rotate_subject(subject) for subject in locked)


def _rotate_subject(subject: CreditSubject) -> int:
    document_type, number = identities.unseal(subject.identity_cipher)
    index = identities.index_of(document_type=document_type, number=number)
    cipher = key_ring().rotate(subject.identity_cipher)
    if (cipher, index) == (subject.identity_cipher, subject.identity_index):
        return 0
    subject.identity_cipher, subject.identity_index = cipher, index
    subject.save(update_fields=["identity_cipher", "identity_index"])
    return 1


def _rows() -> Iterator[int]:
    sealed = ImportRow.objects.filter(original__contains='"sealed"').order_by("pk")
    for some in _batches(list(sealed.values_list("pk", flat=True))):
        with transaction.atomic():
            locked = ImportRow.objects.select_for_update().filter(pk__in=some)
            yield sum(_rotate_row(row) for row in locked)


def _rotate_row(row: ImportRow) -> int:
    cells = json.loads(row.original)
    for cell in cells.values():
        if not isinstance(cell, str):
            cell["sealed"] = key_ring().rotate(cell["sealed"], purpose=_ORIGINAL)
    kept = json.dumps(cells, ensure_ascii=False)
    if kept == row.original:
        return 0
    row.original = kept
    row.save(update_fields=["original"])
    return 1


def _batches(keys: list) -> Iterator[list]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
