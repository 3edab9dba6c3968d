"""Write to the journal as an attacker would: raw SQL as the application role.

The text and the digests are made here with nothing but the standard library, so that a fault of
our own writer cannot hide itself.
"""

import hashlib
import json
import uuid
from contextvars import ContextVar
from typing import Any

from django.db import connection

AT = "2026-11-20T02:03:04.000000Z"


SPEAKER: ContextVar[Any] = ContextVar("speaker", default=None)


def rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of one statement, through Django's connection or the speaker's."""
    with (SPEAKER.get() or connection).cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def canonical(body: dict[str, Any]) -> str:
    """Return the text of an event: plain ASCII keys and whole numbers, so RFC 8785 is this."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def body_of(on: uuid.UUID, place: int, **changes: Any) -> dict[str, Any]:
    """Return a whole event without an object, with the named changes."""
    return {
        "schema": 1,
        "chain": str(on),
        "seq": place,
        "kind": "attack.made",
        "at": AT,
        "day": "2026-11-20",
        "actor": {"id": None, "capacity": "system", "office": None},
        "object": None,
        "basis": [],
        "law": "",
        "calendar": "",
        "data": {},
        "documents": [],
        "leaves": {},
    } | changes


def row_of(chain: uuid.UUID, body: dict[str, Any]) -> dict[str, Any]:
    """Return the row that tells an event truly, linked to the present head of its chain."""
    ((length, sha256, sm3),) = rows(
        "SELECT length, sha256, sm3 FROM journal_chain WHERE id = %s", chain
    )
    text = canonical(body)
    told = body.get("object") or {}
    return {
        "chain_id": chain,
        "seq": length + 1,
        "kind": body.get("kind", "attack.made"),
        "at": AT,
        "actor_id": None,
        "capacity": "system",
        "object_table": told.get("table", ""),
        "object_id": told.get("id"),
        "object_version": told.get("version"),
        "from_state": told.get("from"),
        "to_state": told.get("to"),
        "canonical": text,
        "sha256": hashlib.sha256(bytes.fromhex(sha256) + text.encode()).hexdigest(),
        "sm3": hashlib.new("sm3", bytes.fromhex(sm3) + text.encode()).hexdigest(),
        "transaction_id": 0,
    }


def insert(row: dict[str, Any]) -> None:
    """Add an event as it stands."""
    names = ", ".join(row)
    places = ", ".join(["%s"] * len(row))
    rows(f"INSERT INTO journal_event ({names}) VALUES ({places})", *row.values())


def tell(chain: uuid.UUID, **told: Any) -> None:
    """Append one event with this object to a chain."""
    ((length,),) = rows("SELECT length FROM journal_chain WHERE id = %s", chain)
    insert(row_of(chain, body_of(chain, length + 1, object=told or None)))


def new_chain() -> uuid.UUID:
    """Begin a chain."""
    key = uuid.uuid4()
    rows(
        "INSERT INTO journal_chain (id, name, length, sha256, sm3) VALUES (%s, %s, 0, %s, %s)",
        key, f"attack/{key}", "00" * 32, "00" * 32,
    )  # fmt: skip
    return key


def guarded_tables() -> list[str]:
    """Return every table whose states the database ties to events."""
    return _tables_with_trigger("guard_state")


def tables_with_states() -> list[str]:
    """Return every table that has a state and a version."""
    found = rows(
        "SELECT table_name FROM information_schema.columns JOIN information_schema.tables "
        "USING (table_schema, table_name) WHERE table_schema = 'public' "
        "AND table_type = 'BASE TABLE' AND column_name IN ('state', 'version') "
        "GROUP BY 1 HAVING count(*) = 2 ORDER BY 1"
    )
    return [name for (name,) in found]


def _tables_with_trigger(name: str) -> list[str]:
    found = rows(
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s ORDER BY 1", name
    )
    return [table for (table,) in found]
