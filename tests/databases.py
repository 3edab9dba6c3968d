"""Databases for tests: one migrated template per state of the migrations, copied in a blink.

Nothing is ever truncated or flushed, because the guards of the journal refuse that: a test that
commits gets a copy of its own.
"""

import hashlib
import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from config import embedded, roles

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "test"
BUILD_LOCK = 20_261_120
OLD = 24 * 3600
SHAPES = (
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    "workflow/grants.py",
    "workflow/journal/guards.py",
    "config/roles.py",
)


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server on which tests may create databases, and its four ways in."""

    superuser: str
    passwords: dict[str, str]

    def url(self, role: str, database: str) -> str:
        """Return the address of a database for one of the roles."""
        parts = urlsplit(self.superuser)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(
            (parts.scheme, f"{role}:{self.passwords[role]}@{host}", f"/{database}", parts.query, "")
        )

    def maintenance(self) -> psycopg.Connection:
        """Return a superuser's connection outside every test database."""
        return psycopg.connect(self.superuser, autocommit=True)

    def environment(self, database: str) -> dict[str, str]:
        """Return the variables that point the house at one database."""
        names = {
            "DATABASE_URL": "xinfu_app",
            "DATABASE_OWNER_URL": "xinfu_owner",
            "DATABASE_READ_URL": "xinfu_read",
        }
        return {name: self.url(role, database) for name, role in names.items()}


def server() -> Server:
    """Return the server to test on: the one that is named, else the embedded one, started."""
    named = os.environ.get("XINFU_TEST_SERVER")
    if named:
        known = Server(named, dict.fromkeys(embedded.ROLES, "test-only"))
    else:
        cluster = embedded.ensure_running(VAR, fast=True)
        known = Server(cluster.url(embedded.SUPERUSER, "postgres"), cluster.passwords)
    with known.maintenance() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [BUILD_LOCK])
        roles.create_roles(connection, {role: known.passwords[role] for role in embedded.ROLES})
    return known


def template(on: Server) -> str:
    """Return the name of the migrated template for the present migrations, built if need be."""
    name = f"xinfu_template_{_shape()}"
    with on.maintenance() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [BUILD_LOCK])
        if _comment(connection, name).startswith("ready"):
            return name
        _drop_old(connection)
        drop(on, name)
        roles.create_database(connection, name, owner="xinfu_owner")
        for command in (["migrate", "--no-input", "-v0"], ["grant_roles", "-v0"]):
            _manage(on, name, *command)
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(name), sql.Literal(f"ready {int(time.time())}")
            )
        )
    return name


def copy(on: Server, source: str) -> str:
    """Return the name of a new database with everything the source holds."""
    name = f"xinfu_test_{os.getpid()}_{secrets.token_hex(3)}"
    with on.maintenance() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER xinfu_owner STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )
        for role in ("xinfu_app", "xinfu_read"):
            connection.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                    sql.Identifier(name), sql.Identifier(role)
                )
            )
    return name


def drop(on: Server, name: str) -> None:
    """Remove a test database, whoever is still connected to it."""
    with on.maintenance() as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def _shape() -> str:
    digest = hashlib.sha256()
    for pattern in SHAPES:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _comment(connection: psycopg.Connection, name: str) -> str:
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return (row and row[0]) or ""


def _drop_old(connection: psycopg.Connection) -> None:
    rows = connection.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database "
        "WHERE datname LIKE 'xinfu_template_%'"
    ).fetchall()
    for name, comment in rows:
        made = (comment or "").partition(" ")[2]
        if made.isdigit() and time.time() - int(made) > OLD:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def _manage(on: Server, database: str, *arguments: str) -> None:
    environment = {**os.environ, **on.environment(database), "XINFU_DATABASE_ROLE": "owner"}
    command = [sys.executable, "-W", "ignore", str(ROOT / "manage.py"), *arguments, "--skip-checks"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
