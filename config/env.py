"""Reading the environment: every failure says which variable to set, and to what.

Below the process's own environment lies the file ``var/environment``, in which a demonstration
keeps what it chose, so that commands run beside it see the same clock and address.
"""

import functools
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
KEPT = "environment"
SHAPE = "postgresql://user:password@host:5432/database"


class MissingSetting(ImproperlyConfigured):
    """A variable that has no safe default is not set."""


class BadSetting(ImproperlyConfigured):
    """A variable is set to something that cannot be understood."""


def text(name: str, default: str | None = None, *, meaning: str = "") -> str:
    """Return a variable; one without a default must be set.

    :raises MissingSetting: when it is absent or empty and has no default.
    """
    value = (os.environ.get(name) or _kept().get(name, "")).strip()
    if value:
        return value
    if default is None:
        raise MissingSetting(f"Set {name} to {meaning or 'a value'}.")
    return default


def flag(name: str, default: bool) -> bool:
    """Return a switch: 1/0, true/false, yes/no, on/off."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"Set {name} to 1 or 0; it is {value!r}.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return a whole number that is not below its least sensible value."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise BadSetting(f"Set {name} to a whole number of at least {least}; it is {value!r}.")
    return int(value)


def listing(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def var() -> Path:
    """Return the directory of everything that is made at run time."""
    return Path(os.environ.get("XINFU_VAR") or ROOT / "var").resolve()


def keep(values: Mapping[str, str]) -> None:
    """Note settings of this installation, so that later commands see what the first one set."""
    file = var() / KEPT
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{name}={value}\n" for name, value in sorted({**_kept(), **values}.items())]
    file.write_text("".join(lines), encoding="utf-8")
    _kept.cache_clear()


@functools.cache
def _kept() -> dict[str, str]:
    file = var() / KEPT
    if not file.exists():
        return {}
    pairs = (line.partition("=") for line in file.read_text(encoding="utf-8").splitlines())
    return {name.strip(): value.strip() for name, found, value in pairs if found}


def database(name: str) -> dict[str, object] | None:
    """Return a database from a URL such as postgresql://user:password@host/name, if it is set.

    A socket directory is given as ``?host=/run/postgresql``; other options are handed to libpq.
    """
    url = text(name, "")
    return parse_database(url, name=name) if url else None


def parse_database(url: str, *, name: str) -> dict[str, object]:
    """Turn a PostgreSQL URL into Django's words for it."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise BadSetting(f"Set {name} to {SHAPE}; only PostgreSQL 15 or later is supported.")
    options: Mapping[str, str] = dict(parse_qsl(parts.query))
    database_name = unquote(parts.path.lstrip("/"))
    if not database_name or not parts.username:
        raise BadSetting(f"Set {name} to {SHAPE}; it lacks the user or the database.")
    return {
        "NAME": database_name,
        "USER": unquote(parts.username),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.get("host") or parts.hostname or "",
        "PORT": str(parts.port or options.get("port", "")),
        "OPTIONS": {key: value for key, value in options.items() if key not in {"host", "port"}},
    }
