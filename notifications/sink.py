"""E-mail into files, one per message, for machines without a mail server.

Like a careful mail server it knows a message by its ``Message-ID``: a repeat is dropped.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class SinkBackend(BaseEmailBackend):
    """Writes each message whole, once, below ``settings.EMAIL_FILE_PATH``."""

    def send_messages(self, email_messages) -> int:
        """Write the messages; answer how many were taken, repeats included."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for email in email_messages:
            content = email.message().as_bytes(linesep="\n")
            known = email.message()["Message-ID"] or hashlib.sha256(content).hexdigest()
            _write_once(folder / f"{_file_name(known)}.eml", content)
        return len(email_messages)


def _file_name(message_id: str) -> str:
    return "".join(c for c in message_id.partition("@")[0] if c.isalnum() or c == "-")


def _write_once(target: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".part-", delete=False) as part:
        part.write(content)
    try:
        os.link(part.name, target)
    except FileExistsError:
        pass  # delivered before; the first copy stays
    finally:
        os.unlink(part.name)
