"""Make the house ready to run: keys, database, roles, migrations, rights, static files.

Run as ``python -m config.prepare`` in the virtual environment. Every step can be repeated; what is
already done is skipped by a stamp.
"""

import hashlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from config import env, keys, roles
from config.pgprograms import EmbeddedServerFailed

SCHEMA = ("*/migrations/*.py", "*/*/migrations/*.py", "workflow/grants.py", "config/roles.py")
STATIC = ("forms/static/**/*", "bin/locks/run.lock")


def digest(*patterns: str) -> str:
    """Return one digest of all files that match, names and contents."""
    found = hashlib.sha256()
    for pattern in patterns:
        for file in sorted(path for path in env.ROOT.glob(pattern) if path.is_file()):
            found.update(file.relative_to(env.ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def prepare(var: Path) -> None:
    """Bring this installation to the state the program expects.

    :raises EmbeddedServerFailed: there is no database to be had.
    """
    keys.ensure(var)
    os.environ["XINFU_DATABASE_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    identity = os.environ.get("DATABASE_OWNER_URL", "")
    if not os.environ.get("DATABASE_URL"):
        identity = roles.ensure_embedded(var).passwords["socket"]
    django.setup()
    _once(var / ".schema", identity + digest(*SCHEMA), _schema)
    _once(var / ".static", digest(*STATIC), _static)


def _schema() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("grant_roles", verbosity=0)


def _static() -> None:
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def _once(stamp: Path, wanted: str, step) -> None:
    """Run a step unless its stamp already says it was done for the same input."""
    wanted = hashlib.sha256(wanted.encode()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    step()
    stamp.write_text(wanted, encoding="ascii")


def main() -> int:
    """Prepare, or say in one line what stands in the way."""
    try:
        prepare(env.var())
    except (EmbeddedServerFailed, ImproperlyConfigured) as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
