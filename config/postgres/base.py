"""The database connection: refuses an old server and wakes the embedded one."""

from django.conf import settings
from django.db.backends.postgresql import base
from django.db.backends.postgresql.features import DatabaseFeatures as PostgresFeatures

from config import roles

_woken: set[str] = set()


class DatabaseFeatures(PostgresFeatures):
    """What we need of the server: views with security_invoker, MERGE and the rest of 15."""

    minimum_database_version = (15,)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL; the embedded server is started at the first one."""

    features_class = DatabaseFeatures

    def get_new_connection(self, conn_params):
        home = settings.EMBEDDED_DATABASE
        if home and conn_params.get("host") == home and home not in _woken:
            roles.ensure_embedded(settings.VAR)
            _woken.add(home)
        return super().get_new_connection(conn_params)
