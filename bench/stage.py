"""Databases for the benchmarks: one prepared state, copied for every contender."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections

from tests import databases
from tests.conftest import point_django_at


class Stage:
    """A prepared database and its copies."""

    def __init__(self) -> None:
        self.server = databases.server()
        self.base = databases.copy(self.server, databases.template(self.server))

    @contextmanager
    def prepared(self) -> Iterator[None]:
        """Point Django at the database that all copies are made of, to fill it."""
        point_django_at(self.server, self.base)
        yield
        connections["default"].close()

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Point Django at a fresh copy."""
        name = databases.copy(self.server, self.base)
        point_django_at(self.server, name)
        try:
            yield name
        finally:
            connections["default"].close()
            databases.drop(self.server, name)

    def bare(self, name: str) -> psycopg.Connection:
        """Return a bare connection as the application role."""
        return psycopg.connect(self.server.url("xinfu_app", name))

    def close(self) -> None:
        """Remove the prepared database."""
        connections["default"].close()
        databases.drop(self.server, self.base)
