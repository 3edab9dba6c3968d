"""What is wrong with this machine or its settings, said before a citizen meets it."""

from django.conf import settings
from django.core import checks
from django.db import connection

from config import embedded, fonts


@checks.register
def letters_can_be_set(app_configs, **_more):
    """Name missing fonts and libraries, and the slow path."""
    found: list[checks.CheckMessage] = [
        checks.Warning(
            f"The font {font!r} is missing: letters would lack characters.",
            hint=f"apt-get install {fonts.FONTS[font]}",
            id="xinfu.W001",
        )
        for font in fonts.missing_fonts()
    ]
    found += [
        checks.Error(
            f"The library of {package} is missing: no letter can be made.",
            hint=f"apt-get install {package}",
            id="xinfu.E002",
        )
        for package in fonts.missing_libraries()
    ]
    if fonts.slow_path():
        found.append(
            checks.Warning(
                "libharfbuzz-subset is missing: a one-page letter takes seconds.",
                hint="apt-get install libharfbuzz-subset0",
                id="xinfu.W003",
            )
        )
    return found


@checks.register(checks.Tags.security, deploy=True)
def nothing_of_the_demonstration(app_configs, **_more):
    """Refuse in production what only a demonstration may have."""
    found: list[checks.CheckMessage] = []
    if settings.XINFU_CLOCK_MOVABLE:
        found.append(
            checks.Error(
                "The clock can be moved.", hint="Unset XINFU_CLOCK_MOVABLE.", id="xinfu.E004"
            )
        )
    if settings.EMBEDDED_DATABASE:
        found.append(
            checks.Warning(
                "The embedded PostgreSQL is in use; it is meant for demonstrations and tests.",
                hint="Set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL 15 or later.",
                id="xinfu.W005",
            )
        )
    if not settings.CELERY_BROKER_URL:
        found.append(
            checks.Warning(
                "The file broker is in use; it serves one machine.",
                hint="Set CELERY_BROKER_URL to amqp://… or redis://….",
                id="xinfu.W006",
            )
        )
    return found


@checks.register(checks.Tags.database)
def the_application_owns_nothing(app_configs, databases=None, **_more):
    """Refuse to run as a role that could take the guards away."""
    if not databases or settings.DATABASE_ROLE != "app":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.rolname, r.rolsuper, EXISTS (SELECT 1 FROM pg_tables t "
            "WHERE t.schemaname = 'public' AND t.tableowner = r.rolname) "
            "FROM pg_roles r WHERE r.rolname = current_user"
        )
        role, is_superuser, owns = cursor.fetchone()
    if role != embedded.SUPERUSER and not is_superuser and not owns:
        return []
    return [
        checks.Error(
            f"The application runs as {role}, which can disable the guards of the journal.",
            hint="Set DATABASE_URL to a role that owns nothing; see docs/operations.md.",
            id="xinfu.E007",
        )
    ]
