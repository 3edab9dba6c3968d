"""Remember which records a file has already named, in bounded memory.

A scratch table in SQLite's private temporary storage: it keeps a few megabytes in memory, spills
to an unlinked file, and vanishes with the reader. Keys are hashed with a secret of the run, so no
identity number reaches the disk in a form that could be found by trial.
"""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from processes.records.penalties.penalty import Penalty

_FIELD_BYTES = 6


class Earlier(NamedTuple):
    """A record that an earlier line of the same file already named."""

    line: int
    differing: tuple[str, ...]  # attribute names of Penalty; empty for a plain repetition


class SeenRecords:
    """The records of one file so far."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._secret = os.urandom(32)
        connection.execute(
            "CREATE TABLE seen (key BLOB PRIMARY KEY, line INTEGER NOT NULL, prints BLOB NOT NULL)"
            " WITHOUT ROWID"
        )

    def see(self, penalty: Penalty, *, line: int) -> Earlier | None:
        """Remember a record; return the earlier line when there was one (which then stays)."""
        key = self._hash("\0".join(penalty.record_key), size=16)
        facts = penalty.substance()
        prints = b"".join(self._hash(repr(facts[name]), size=_FIELD_BYTES) for name in facts)
        added = self._connection.execute(
            "INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (key, line, prints)
        )
        if added.rowcount == 1:
            return None
        row = self._connection.execute("SELECT line, prints FROM seen WHERE key = ?", (key,))
        earlier_line, earlier_prints = row.fetchone()
        return Earlier(earlier_line, _differing(tuple(facts), earlier_prints, prints))

    def _hash(self, text: str, *, size: int) -> bytes:
        raw = text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(raw, digest_size=size, key=self._secret).digest()


def _differing(names: tuple[str, ...], one: bytes, other: bytes) -> tuple[str, ...]:
    return tuple(
        name
        for position, name in enumerate(names)
        if one[(at := position * _FIELD_BYTES) : at + _FIELD_BYTES] != other[at : at + _FIELD_BYTES]
    )


@contextlib.contextmanager
def seen_records() -> Iterator[SeenRecords]:
    """Open an empty memory for one pass over one file."""
    with contextlib.closing(sqlite3.connect("", isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = -16384")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        yield SeenRecords(connection)
