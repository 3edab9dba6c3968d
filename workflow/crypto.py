"""Keep identity numbers encrypted, and findable without decrypting them.

A token is ``<key id>:<base64url of nonce, ciphertext and tag>`` (AES-256-GCM); a blind index is
``<key id>:<hex HMAC-SHA256>``. Both name their key, so that keys can be rotated row by row while
old and new rows live side by side. The purpose is bound into both: a token copied into another
column does not decrypt there.
"""

import base64
import binascii
import dataclasses
import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY_ID = re.compile(r"[a-z][a-z0-9-]{0,14}\Z")


class CryptoError(Exception):
    """Base of what can go wrong with keys and tokens; no message carries a secret."""


class BadKey(CryptoError):
    """A key setting cannot be used; the message names the setting and the form it needs."""


class UnknownKey(CryptoError):
    """A token names a key that is not configured: a retired key was removed too early."""


class DamagedToken(CryptoError):
    """A token does not decrypt: it was altered, moved to another column, or is no token."""


@dataclasses.dataclass(frozen=True, repr=False)
class KeyRing:
    """The keys in use, the current one first; made once from the settings.

    ``XINFU_ID_KEYS`` and ``XINFU_INDEX_KEY`` both read ``k1:<base64 of 32 bytes>,k0:…``.
    """

    identity: Mapping[str, bytes]
    index: Mapping[str, bytes]

    @classmethod
    def parse(cls, *, id_keys: str, index_key: str) -> Self:
        """Read both settings.

        :raises BadKey: one is empty or malformed, names a key twice, or both share a key.
        """
        identity = _parse_keys(id_keys, setting="XINFU_ID_KEYS")
        index = _parse_keys(index_key, setting="XINFU_INDEX_KEY")
        if set(identity.values()) & set(index.values()):
            raise BadKey("XINFU_INDEX_KEY must differ from every key of XINFU_ID_KEYS")
        return cls(identity=identity, index=index)

    def __repr__(self) -> str:
        return f"KeyRing(identity={list(self.identity)}, index={list(self.index)})"

    def encrypt(self, plain: str, *, purpose: str = "identity") -> str:
        """Return a token under the current key; equal numbers give different tokens."""
        key_id = next(iter(self.identity))
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(self.identity[key_id]).encrypt(
            nonce, plain.encode(), _bound(key_id, purpose)
        )
        return f"{key_id}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def decrypt(self, token: str, *, purpose: str = "identity") -> str:
        """Return the number that a token holds.

        :raises UnknownKey: its key is not configured.
        :raises DamagedToken: it does not decrypt under its key and purpose.
        """
        key_id, _, body = token.partition(":")
        if key_id not in self.identity:
            raise UnknownKey(f"no key {key_id[:16]!r} in XINFU_ID_KEYS; put the retired key back")
        try:
            raw = base64.b64decode(body, altchars=b"-_", validate=True)
            if base64.urlsafe_b64encode(raw).decode() != body:
                raise DamagedToken(f"a token of key {key_id} is not written as we write it")
            plain = AESGCM(self.identity[key_id]).decrypt(
                raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound(key_id, purpose)
            )
        except (binascii.Error, ValueError, InvalidTag) as fault:
            raise DamagedToken(f"a token of key {key_id} does not decrypt") from fault
        return plain.decode()

    def rotate(self, token: str, *, purpose: str = "identity") -> str:
        """Return the token under the current key; the same token when it is already there."""
        if token.partition(":")[0] == next(iter(self.identity)):
            return token
        return self.encrypt(self.decrypt(token, purpose=purpose), purpose=purpose)

    def blind_index(self, plain: str, *, purpose: str = "identity") -> str:
        """Return the value by which an encrypted number is found, under the current key."""
        return self.blind_indexes(plain, purpose=purpose)[0]

    def blind_indexes(self, plain: str, *, purpose: str = "identity") -> tuple[str, ...]:
        """Return the index under every key, current first: what a lookup must try while rotating."""
        message = _bound("", purpose) + plain.encode()
        return tuple(
            f"{key_id}:{hmac.new(key, message, hashlib.sha256).hexdigest()}"
            for key_id, key in self.index.items()
        )


def new_key(key_id: str) -> str:
    """Make one ``id:base64`` entry for the settings."""
    return f"{key_id}:{base64.b64encode(os.urandom(_KEY_BYTES)).decode()}"


def _bound(key_id: str, purpose: str) -> bytes:
    return f"xinfu/{key_id}/{purpose}\0".encode()


def _parse_keys(text: str, *, setting: str) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        key_id, colon, body = entry.partition(":")
        if not colon or not _KEY_ID.match(key_id):
            raise BadKey(f"{setting}: every entry reads <id>:<base64 of {_KEY_BYTES} bytes>")
        if key_id in keys:
            raise BadKey(f"{setting}: key {key_id} is named twice")
        keys[key_id] = _parse_key(body, where=f"{setting}: key {key_id}")
    if not keys:
        raise BadKey(f"{setting} is empty; set it to <id>:<base64 of {_KEY_BYTES} random bytes>")
    return keys


def _parse_key(body: str, *, where: str) -> bytes:
    try:
        key = base64.b64decode(body, validate=True)
    except binascii.Error as fault:
        raise BadKey(f"{where} is not base64") from fault
    if len(key) != _KEY_BYTES:
        raise BadKey(f"{where} has {len(key)} bytes instead of {_KEY_BYTES}")
    return key
