"""Migrations only add while two releases overlap; whatever takes away says which release it ends."""

import pytest
from django.db import migrations
from django.db.migrations.loader import MigrationLoader

OURS = {
    "offices",
    "clock",
    "journal",
    "access",
    "documents",
    "outbox",
    "deadlines",
    "engine",
    "records",
    "promise",
    "repair",
    "notifications",
    "forms",
}
TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def contracting(migration: migrations.Migration) -> list[str]:
    """Return the operations after which the release before could not run any more."""
    return [
        operation.describe()
        for operation in migration.operations
        if isinstance(operation, TAKES_AWAY)
    ]


def ours() -> list[migrations.Migration]:
    loader = MigrationLoader(None)
    return [found for (app, _), found in loader.disk_migrations.items() if app in OURS]


@pytest.mark.parametrize("migration", ours(), ids=str)
def test_what_takes_away_names_the_release_that_no_longer_runs(migration):
    assert not contracting(migration) or getattr(migration, "contracts", ""), (
        "set `contracts = '<release>'` on the migration: expand first, contract a release later"
    )


def test_a_migration_that_takes_away_is_found():
    class Careless(migrations.Migration):
        operations = [migrations.RemoveField("user", "phone")]

    assert contracting(Careless("careless", "offices")) == ["Remove field phone from user"]
