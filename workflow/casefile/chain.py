"""Hash chains over canonical bytes, salted leaves, and the Merkle tree of RFC 6962."""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Any, NamedTuple

from workflow.casefile import canonical

GENESIS = bytes(32)
SALT_BYTES = 32


class Link(NamedTuple):
    """The two digests that stand for a chain up to one event."""

    sha256: bytes
    sm3: bytes


FIRST = Link(GENESIS, GENESIS)


def link(previous: Link, text: bytes) -> Link:
    """Return the link that follows ``previous`` when ``text`` is appended."""
    return Link(link_sha256(previous.sha256, text), link_sm3(previous.sm3, text))


def link_sha256(previous: bytes, text: bytes) -> bytes:
    """Return SHA-256 of the previous digest and the canonical bytes."""
    return hashlib.sha256(previous + text).digest()


def link_sm3(previous: bytes, text: bytes) -> bytes:
    """Return SM3 (GB/T 32905) of the previous digest and the canonical bytes."""
    return hashlib.new("sm3", previous + text).digest()


def leaf_hash(name: str, value: Any, salt: bytes) -> str:
    """Return the hash that stands for a personal value and tells nothing about it.

    :raises ValueError: a salt shorter than 32 bytes could be found by trying.
    """
    if len(salt) != SALT_BYTES:
        message = f"a salt has {SALT_BYTES} bytes, not {len(salt)}"
        raise ValueError(message)
    return hashlib.sha256(b"\x00" + salt + canonical.dumps([name, value])).hexdigest()


def derived_salt(secret: bytes, *parts: str) -> bytes:
    """Return a salt for a value that has none of its own, equal in every copy of a case file."""
    return hmac.new(secret, canonical.dumps(list(parts)), hashlib.sha256).digest()


def merkle_root(entries: Iterable[bytes]) -> bytes:
    """Return the tree head of RFC 6962 over entries, in memory that grows with their logarithm."""
    pending: list[tuple[int, bytes]] = []
    for entry in entries:
        height, node = 0, hashlib.sha256(b"\x00" + entry).digest()
        while pending and pending[-1][0] == height:
            node = _join(pending.pop()[1], node)
            height += 1
        pending.append((height, node))
    if not pending:
        return hashlib.sha256().digest()
    root = pending.pop()[1]
    while pending:
        root = _join(pending.pop()[1], root)
    return root


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
