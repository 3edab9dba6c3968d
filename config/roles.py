"""Who may do what in the database: an owner, an application that owns nothing, a reader.

A superuser or an owner can disable the triggers that guard the journal; a role that owns nothing
cannot. So the program that faces the world runs as such a role, and only migrations as the owner.
"""

from pathlib import Path

import psycopg
from psycopg import sql

from config import embedded
from workflow import grants

PUBLIC_ROLE = "xinfu_public"


def ensure_embedded(var: Path) -> embedded.Cluster:
    """Return the embedded server, running, with its roles and its empty database."""
    server = embedded.ensure_running(var)
    stamp = server.home / ".roles"
    if not stamp.exists():
        with psycopg.connect(
            server.url(embedded.SUPERUSER, "postgres"), autocommit=True
        ) as entered:
            entered.execute("SELECT pg_advisory_lock(1)")
            create_roles(entered, {role: server.passwords[role] for role in embedded.ROLES})
            create_database(entered, embedded.DATABASE, owner="xinfu_owner")
        stamp.touch()
    return server


def create_roles(connection: psycopg.Connection, passwords: dict[str, str]) -> None:
    """Create or refresh the login roles and the public one; needs a superuser's connection."""
    for role, password in passwords.items():
        _ensure_role(connection, role)
        connection.execute(
            sql.SQL(
                "ALTER ROLE {} LOGIN PASSWORD {} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
            ).format(sql.Identifier(role), sql.Literal(password))
        )
    _ensure_role(connection, PUBLIC_ROLE)
    connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(PUBLIC_ROLE)))
    connection.execute(
        sql.SQL("GRANT {} TO {}").format(sql.Identifier(PUBLIC_ROLE), sql.Identifier("xinfu_app"))
    )


def create_database(connection: psycopg.Connection, name: str, *, owner: str) -> None:
    """Create an empty database for the owner, if it is not there, and shut it to everyone else."""
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if found:
        return
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
            sql.Identifier(name), sql.Identifier(owner)
        )
    )
    connection.execute(
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name))
    )
    for role in ("xinfu_app", "xinfu_read"):
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(name), sql.Identifier(role)
            )
        )


def grant(cursor, *, app: str, read: str | None) -> None:
    """Give every role exactly its rights on what exists now; needs the owner's connection.

    Rights are first taken away and then given, so that a table that became append-only loses
    what it had.
    """
    roles = [
        app,
        *([read] if read else []),
        *([PUBLIC_ROLE] if _exists(cursor, PUBLIC_ROLE) else []),
    ]
    for role in roles:
        for kind in ("TABLES", "SEQUENCES"):
            _do(cursor, "REVOKE ALL ON ALL {} IN SCHEMA public FROM {}", sql.SQL(kind), role)
        _do(cursor, "GRANT USAGE ON SCHEMA public TO {}", role)
    _do(cursor, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}", app)
    for table, is_view in _relations(cursor):
        rights = "SELECT" if is_view else grants.application_rights(table)
        if rights:
            _do(cursor, "GRANT {} ON {} TO {}", sql.SQL(rights), table, app)
        if read and table not in grants.NEVER_READ:
            _grant_read(cursor, table, read)
        if PUBLIC_ROLE in roles and table in grants.PUBLIC_VIEWS:
            _do(cursor, "GRANT SELECT ON {} TO {}", table, PUBLIC_ROLE)


def _grant_read(cursor, table: str, role: str) -> None:
    """Let the reader read every column but the encrypted ones."""
    hidden = grants.SECRET_COLUMNS.get(table)
    if not hidden:
        _do(cursor, "GRANT SELECT ON {} TO {}", table, role)
        return
    cursor.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s",
        [table],
    )
    columns = [sql.Identifier(name) for (name,) in cursor.fetchall() if name not in hidden]
    _do(cursor, "GRANT SELECT ({}) ON {} TO {}", sql.SQL(", ").join(columns), table, role)


def _relations(cursor) -> list[tuple[str, bool]]:
    cursor.execute(
        "SELECT relname, relkind IN ('v', 'm') FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') ORDER BY 1"
    )
    return cursor.fetchall()


def _do(cursor, statement: str, *names: str | sql.Composable) -> None:
    parts = [sql.Identifier(name) if isinstance(name, str) else name for name in names]
    cursor.execute(sql.SQL(statement).format(*parts))


def _exists(cursor, role: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    return cursor.fetchone() is not None


def _ensure_role(connection: psycopg.Connection, role: str) -> None:
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
