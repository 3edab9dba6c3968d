"""Where bytes live: one file per content, named by its digest, never written twice."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.files.storage.handler import InvalidStorageError


class WriteOnceStorage(FileSystemStorage):
    """Files that appear whole or not at all, and are never replaced.

    Bytes are written beside their place and linked into it, so that a process killed while
    writing leaves a stray temporary file and never half a document under a digest's name.
    """

    def _save(self, name: str, content) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".part-", delete=False) as part:
            for chunk in content.chunks():
                part.write(chunk)
            part.flush()
            os.fsync(part.fileno())
        try:
            os.chmod(part.name, 0o440)
            os.link(part.name, target)
        except FileExistsError:
            pass  # the same digest is the same content: the first writer has done our work
        finally:
            os.unlink(part.name)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name asked for: a content address has no alternative."""
        return name


def place(sha256: str) -> str:
    """The name under which content of this digest is kept."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def documents_storage() -> Storage:
    """``STORAGES["documents"]`` (django-storages fits here), else the default storage."""
    try:
        return storages["documents"]
    except InvalidStorageError:
        return storages["default"]


def keep(content: bytes) -> str:
    """Store the content unless it is there already; answer its SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    storage, name = documents_storage(), place(sha256)
    if not storage.exists(name):
        written = storage.save(name, ContentFile(content))
        if written != name:  # another writer was faster on a storage that renames
            storage.delete(written)
    return sha256


def fetch(sha256: str) -> bytes:
    """The bytes kept under a digest, unchecked; callers compare the digest."""
    with documents_storage().open(place(sha256), "rb") as file:
        return file.read()
