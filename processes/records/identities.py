"""A natural person's document: how it is sealed, found again, and kept out of stored files."""

import json
from collections.abc import Mapping

from processes.records.penalties.layout import IDENTITY_CARD, NEVER_PUBLISHED
from workflow.identifiers import mask_identities
from workflow.keyring import key_ring

_ORIGINAL = "import-row"


def seal(*, document_type: str, number: str) -> str:
    """Return the ciphertext to store for a document."""
    return key_ring().encrypt(_named(document_type, number))


def unseal(cipher: str) -> tuple[str, str]:
    """Return document type and number; for the subject's own eyes, or by a logged grant.

    :raises CryptoError: the ciphertext is damaged or its key is gone.
    """
    document_type, colon, number = key_ring().decrypt(cipher).partition(":")
    return (document_type, number) if colon else (IDENTITY_CARD, document_type)


def index_of(*, document_type: str, number: str) -> str:
    """Return the blind index under which a new subject is stored."""
    return key_ring().blind_index(_named(document_type, number))


def indexes_of(*, document_type: str, number: str) -> tuple[str, ...]:
    """Return every blind index under which the subject may be stored while keys rotate."""
    return key_ring().blind_indexes(_named(document_type, number))


def keep_original(cells: Mapping[str, str]) -> str:
    """Return the cells of a row as they are stored: whatever holds an identity number is sealed."""
    ring = key_ring()
    kept: dict[str, object] = {}
    for field, cell in cells.items():
        secret = cell.strip() and (field in NEVER_PUBLISHED or mask_identities(cell) != cell)
        if secret:
            kept[field] = {"sealed": ring.encrypt(cell, purpose=_ORIGINAL)}
        elif cell:
            kept[field] = cell.replace("\0", "\ufffd")
    text = json.dumps(kept, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode()  # a lone surrogate cannot be stored


def read_original(kept: str) -> dict[str, str]:
    """Return the cells of a stored row as they stood in the file.

    :raises CryptoError: a sealed cell is damaged or its key is gone.
    """
    return {
        field: cell
        if isinstance(cell, str)
        else key_ring().decrypt(cell["sealed"], purpose=_ORIGINAL)
        for field, cell in json.loads(kept).items()
    }


def _named(document_type: str, number: str) -> str:
    return number if document_type == IDENTITY_CARD else f"{document_type}:{number}"
