"""``grant_roles``: give the database roles exactly the rights they need; run after ``migrate``."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from config import env, roles


class Command(BaseCommand):
    """Grant the application and the reader their rights, as the owner of the tables."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Grant, in one transaction, so that no moment has half the rights."""
        embedded = "DATABASE_URL" not in os.environ
        app = _user("DATABASE_URL") or "xinfu_app"
        read = _user("DATABASE_READ_URL") or ("xinfu_read" if embedded else None)
        if app == connection.settings_dict["USER"]:
            raise CommandError(
                "DATABASE_URL and DATABASE_OWNER_URL name the same role; the application must not "
                "own its tables. See docs/operations.md."
            )
        with transaction.atomic(), connection.cursor() as cursor:
            roles.grant(cursor, app=app, read=read)
        if options["verbosity"]:
            self.stdout.write(f"{app} and {read or 'no reader'} have their rights.")


def _user(variable: str) -> str | None:
    database = env.database(variable)
    return str(database["USER"]) if database else None
