"""What every test can ask for. Tests run as the application role, never as the owner."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections

from tests import databases


def point_django_at(server: databases.Server, name: str) -> None:
    """Let every thread's next connection go to this database, as the application role."""
    parts = psycopg.conninfo.conninfo_to_dict(server.url("xinfu_app", name))
    settings = connections.settings["default"]
    settings.update(
        NAME=name,
        USER="xinfu_app",
        PASSWORD=parts["password"],
        HOST=parts.get("host", ""),
        PORT=str(parts.get("port", "")),
    )
    connections["default"].close()
    connections["default"].settings_dict.update(settings)


@pytest.fixture(scope="session")
def database_server() -> databases.Server:
    """The server tests run on: embedded, or the one XINFU_TEST_SERVER names."""
    return databases.server()


@pytest.fixture(scope="session")
def database_template(database_server: databases.Server) -> str:
    """The name of the migrated, granted, empty database that all others are copies of."""
    return databases.template(database_server)


@pytest.fixture(scope="session")
def django_db_setup(database_server, database_template, django_db_blocker) -> Iterator[None]:
    """Give this run one database for all tests that roll back."""
    name = databases.copy(database_server, database_template)
    with django_db_blocker.unblock():
        point_django_at(database_server, name)
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
    databases.drop(database_server, name)


@pytest.fixture
def fresh_database(
    database_server, database_template, django_db_setup, django_db_blocker
) -> Iterator[str]:
    """Give one test a database of its own in which it may commit, also from several threads."""
    before = connections.settings["default"]["NAME"]
    name = databases.copy(database_server, database_template)
    with django_db_blocker.unblock():
        point_django_at(database_server, name)
        yield name
        connections["default"].close()
        point_django_at(database_server, before)
    databases.drop(database_server, name)


@pytest.fixture
def owner_connection(database_server) -> Iterator[psycopg.Connection]:
    """A connection as the owner to the database of this test; it sees only what is committed."""
    name = connections.settings["default"]["NAME"]
    with psycopg.connect(database_server.url("xinfu_owner", name)) as connection:
        yield connection


@pytest.fixture
def reader_connection(database_server) -> Iterator[psycopg.Connection]:
    """The same as the read-only role."""
    name = connections.settings["default"]["NAME"]
    with psycopg.connect(database_server.url("xinfu_read", name)) as connection:
        yield connection
