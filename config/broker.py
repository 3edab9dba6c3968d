"""The file broker: kombu's, with every file appearing whole.

Kombu's own writes a message in place, so that a worker may take a file that is still empty, and
dies of it; and it moves messages through the machine's shared temporary directory.
"""

import fcntl
import os
import tempfile
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

SUFFIX = ".msg"


class Channel(filesystem.Channel):
    """Messages as files that are renamed into place and, by one reader, out of it."""

    def _put(self, queue: str, payload: Any, **_more: Any) -> None:  # type: ignore[override]
        name = f"{time.time_ns():020d}_{uuid.uuid4()}.{queue}{SUFFIX}"
        _write_whole(Path(self.data_folder_out) / name, payload)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        ending = f".{queue}{SUFFIX}"
        for name in sorted(os.listdir(self.data_folder_in)):
            if not name.endswith(ending):
                continue
            taken = Path(self.processed_folder) / name
            try:
                (Path(self.data_folder_in) / name).rename(taken)
            except FileNotFoundError:
                continue  # another worker took it
            payload = loads(taken.read_text(encoding="utf-8"))
            taken.unlink()
            return payload
        raise Empty

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        file = self._exchange_file(exchange)
        with (self.control_folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            table = [list(row) for row in self.get_table(exchange)]
            row = [routing_key or "", pattern or "", queue or ""]
            if row not in table:
                _write_whole(file, [row, *table])


class Transport(filesystem.Transport):
    """Chosen as ``config.broker:Transport``."""

    Channel = Channel
    # Kombu keeps the state of all connections of a process in one place; so do we.
    global_state = filesystem.Transport.global_state


def _write_whole(target: Path, content: Any) -> None:
    """Write beside the place and rename into it."""
    descriptor, part = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(dumps(content))
    os.rename(part, target)
