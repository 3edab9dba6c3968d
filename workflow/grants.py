"""What the application role may do to each table; ``config.roles`` turns it into GRANTs.

A table that is not named here is an ordinary one: its rows may be read, added, changed and removed
by the application. Nobody but the owner may truncate, or touch triggers.
"""

ALL_RIGHTS = "SELECT, INSERT, UPDATE, DELETE"

APPEND_ONLY = frozenset(
    {
        "access_accesslog",
        "journal_chain",
        "journal_event",
        "journal_leaf",
    }
)
"""Rows are added and never changed: history, and what was shown to whom."""

KEPT = frozenset[str]()
"""Rows may change and are never removed."""

SELECT_ONLY = frozenset({"django_migrations"})
"""Written by migrations only."""

SECRET_COLUMNS: dict[str, frozenset[str]] = {
    "offices_user": frozenset({"password"}),
}
"""Columns that the read-only role does not see, by table."""

NEVER_READ = frozenset({"django_session", "journal_leaf"})
"""Tables that the read-only role does not see at all."""

PUBLIC_VIEWS = frozenset({"public_publication"})
"""All that public pages may read, through ``workflow.public``."""


def application_rights(table: str) -> str:
    """Return what the application role may do to a table, as SQL; empty for nothing."""
    if table in SELECT_ONLY:
        return "SELECT"
    if table in APPEND_ONLY:
        return "SELECT, INSERT"
    if table in KEPT:
        return "SELECT, INSERT, UPDATE"
    return ALL_RIGHTS
