"""Append to a chain. The database checks the link, the sequence and the projection again."""

import datetime as dt
import secrets
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from workflow.casefile import canonical
from workflow.casefile import chain as chaining
from workflow.clock import local_day
from workflow.decisions import Basis
from workflow.effects import Change
from workflow.journal.models import Chain, Event, Leaf
from workflow.offices.actors import Actor

SCHEMA = 1
SALT_BYTES = 32


def open_chain(*, name: str) -> Chain:
    """Begin the history of a case or a record; the same name gives the same chain."""
    return Chain.objects.get_or_create(name=name)[0]


def record(
    chain_id: uuid.UUID,
    kind: str,
    *,
    actor: Actor,
    at: dt.datetime,
    change: Change | None = None,
    basis: Iterable[Basis] = (),
    law: str = "",
    calendar: str = "",
    data: Mapping[str, Any] | None = None,
    documents: Iterable[tuple[uuid.UUID, str]] = (),
    leaves: Mapping[str, Any] | None = None,
) -> Event:
    """Write one event at the end of a chain, inside the caller's transaction.

    ``data`` must hold no personal value: those go to ``leaves``, of which the event keeps only
    salted hashes. The chain stays locked until the transaction ends.
    """
    length, sha256, sm3 = _lock(chain_id)
    private = dict(leaves or {})
    if actor.user_id is not None:
        private.setdefault("actor-name", actor.name)
    salts = {name: secrets.token_bytes(SALT_BYTES) for name in private}
    body = {
        "schema": SCHEMA,
        "chain": str(chain_id),
        "seq": length + 1,
        "kind": kind,
        "at": _instant(at),
        "day": local_day(at).isoformat(),
        "actor": {
            "id": str(actor.user_id) if actor.user_id else None,
            "capacity": str(actor.capacity),
            "office": actor.department_code,
        },
        "object": change.as_dict() if change else None,
        "basis": [each.as_event() for each in basis],
        "law": law,
        "calendar": calendar,
        "data": dict(data or {}),
        "documents": [{"id": str(key), "sha256": digest} for key, digest in documents],
        "leaves": {
            name: chaining.leaf_hash(name, value, salts[name]) for name, value in private.items()
        },
    }
    text = canonical.dumps(body)
    event = Event.objects.create(
        chain_id=chain_id,
        seq=length + 1,
        kind=kind,
        at=at,
        actor_id=actor.user_id,
        capacity=actor.capacity,
        object_table=change.table if change else "",
        object_id=change.id if change else None,
        object_version=change.version if change else None,
        from_state=change.before if change else None,
        to_state=change.after if change else None,
        canonical=text.decode(),
        sha256=chaining.link_sha256(bytes.fromhex(sha256), text).hex(),
        sm3=chaining.link_sm3(bytes.fromhex(sm3), text).hex(),
    )
    Leaf.objects.bulk_create(
        Leaf(event=event, name=name, salt=salts[name].hex(), value=value)
        for name, value in private.items()
    )
    return event


def _lock(chain_id: uuid.UUID) -> tuple[int, str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT length, sha256, sm3 FROM journal_lock_chain(%s)", [chain_id])
        row = cursor.fetchone()
    if row is None:
        message = f"no chain {chain_id}"
        raise LookupError(message)
    return row


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
