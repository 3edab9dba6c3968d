"""Which database, and as whom: from the environment, or the embedded server."""

import os
from pathlib import Path

from config import embedded, env

VARIABLES = {"owner": "DATABASE_OWNER_URL", "app": "DATABASE_URL", "read": "DATABASE_READ_URL"}


def role() -> str:
    """Return as whom this process enters: ``app`` unless a command needs another.

    :raises BadSetting: there is no such role.
    """
    wanted = env.text("XINFU_DATABASE_ROLE", "app")
    if wanted not in VARIABLES:
        raise env.BadSetting(f"Set XINFU_DATABASE_ROLE to one of {', '.join(VARIABLES)}.")
    return wanted


def embedded_sockets(var: Path) -> str:
    """Return the socket directory of the embedded server; empty when another server is named."""
    return "" if os.environ.get("DATABASE_URL") else str(embedded.cluster(var).sockets)


def default(var: Path) -> dict[str, object]:
    """Return Django's settings of the database for the role of this process.

    :raises MissingSetting: another server is named, but not the address for this role.
    """
    variable = VARIABLES[role()]
    named = env.database(variable)
    if named is None:
        if os.environ.get("DATABASE_URL"):
            raise env.MissingSetting(f"Set {variable} to {env.SHAPE}; this command needs it.")
        address = embedded.cluster(var).url(f"xinfu_{role()}")
        named = env.parse_database(address, name=variable)
    return {
        "ENGINE": "config.postgres",
        "CONN_MAX_AGE": env.number("XINFU_DATABASE_KEEP_SECONDS", 60),
        "CONN_HEALTH_CHECKS": True,
        **named,
    }
