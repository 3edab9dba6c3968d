"""Keys of this installation: from the environment, or made once by the set-up under var/keys.

Whoever holds them can read identity numbers and forge sessions: keep them apart from the backups
of the database, and never lose ``XINFU_ID_KEYS``.
"""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from config import env


def _random_key() -> str:
    return f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}"


KEYS: dict[str, tuple[str, Callable[[], str]]] = {
    "XINFU_SECRET_KEY": ("at least 50 random characters", lambda: secrets.token_urlsafe(48)),
    "XINFU_ID_KEYS": ("k1:<base64 of 32 random bytes>", _random_key),
    "XINFU_INDEX_KEY": ("k1:<base64 of 32 other random bytes>", _random_key),
}


def one(var: Path, name: str) -> str:
    """Return a key.

    :raises MissingSetting: there is neither a variable nor a file made by the set-up.
    """
    file = _file(var, name)
    if not os.environ.get(name) and file.exists():
        return file.read_text(encoding="ascii").strip()
    return env.text(name, meaning=f"{KEYS[name][0]} (bin/demo and bin/test make it by themselves)")


def ensure(var: Path) -> None:
    """Make the keys that are missing; existing ones are never touched."""
    for name, (_meaning, make) in KEYS.items():
        if not os.environ.get(name):
            _write_once(_file(var, name), make())


def _file(var: Path, name: str) -> Path:
    return var / "keys" / name.removeprefix("XINFU_").lower()


def _write_once(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(content + "\n")


if __name__ == "__main__":
    ensure(env.var())
