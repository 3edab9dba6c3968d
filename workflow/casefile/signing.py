"""The platform's Ed25519 signing key: made once, kept in a file only its owner can read."""

import dataclasses
import hashlib
import os
import secrets
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

_PRIVATE_MODE = 0o600
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyNotUsable(RuntimeError):
    """The signing key's file is missing, damaged, or readable by others."""


@dataclasses.dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and what the world may know of it."""

    private: Ed25519PrivateKey = dataclasses.field(repr=False)

    @property
    def public(self) -> bytes:
        """Return the 32 raw bytes of the public key."""
        return self.private.public_key().public_bytes_raw()

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the raw public key, as people compare it."""
        return fingerprint(self.public)

    def sign(self, domain: bytes, message: bytes) -> bytes:
        """Sign a message for one use; a signature for another ``domain`` never fits."""
        return self.private.sign(domain + message)


def fingerprint(public: bytes) -> str:
    """Return the SHA-256 of a raw public key."""
    return hashlib.sha256(public).hexdigest()


def create(path: Path) -> SigningKey:
    """Make a new key at ``path`` (mode 0600) with its public half beside it as ``.pub``.

    :raises FileExistsError: a key is there already; it is never overwritten.
    """
    key = SigningKey(Ed25519PrivateKey.generate())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
        os.link(part, path)  # whole or not at all, and never over another key
    finally:
        part.unlink(missing_ok=True)
    path.with_suffix(".pub").write_text(public_line(key), encoding="ascii")
    return key


def load(path: Path) -> SigningKey:
    """Read a key that :func:`create` made.

    :raises KeyNotUsable: with what to do about it.
    """
    try:
        mode = path.stat().st_mode
        pem = path.read_bytes()
    except OSError as error:
        message = f"The signing key {path} cannot be read: {error.strerror}."
        raise KeyNotUsable(message) from error
    if mode & _OTHERS:
        message = f"The signing key {path} is open to others. Run: chmod 600 {path}"
        raise KeyNotUsable(message)
    try:
        private = load_pem_private_key(pem, password=None)
    except ValueError as error:
        message = f"The signing key {path} is damaged; restore it from the key backup."
        raise KeyNotUsable(message) from error
    if not isinstance(private, Ed25519PrivateKey):
        message = f"The key {path} is not an Ed25519 key."
        raise KeyNotUsable(message)
    return SigningKey(private)


def load_or_create(path: Path) -> SigningKey:
    """Return the key at ``path``, made now when nothing is there; two callers get the same one."""
    if not path.exists():
        try:
            return create(path)
        except FileExistsError:
            return load(path)
    return load(path)


def public_line(key: SigningKey) -> str:
    """Return the line by which ``xinfu_keys.txt`` and ``--key`` name this key."""
    return f"{key.public.hex()}  # sha256 fingerprint {key.fingerprint}\n"
