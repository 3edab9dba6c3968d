"""What the application role may do to each table; ``config.roles`` turns it into GRANTs.

A table that is not named here is an ordinary one: its rows may be read, added, changed and removed
by the application. Nobody but the owner may truncate, or touch triggers.
"""

ALL_RIGHTS = "SELECT, INSERT, UPDATE, DELETE"

APPEND_ONLY = frozenset(
    {
        "access_accesslog",
        "deadlines_extension",
        "deadlines_rung",
        "documents_document",
        "journal_chain",
        "journal_event",
        "journal_leaf",
        "promise_promisetext",
    }
)
"""Rows are added and never changed: history, evidence, and what was shown to whom."""

KEPT = frozenset(
    {
        "deadlines_deadline",
        "documents_letter",
        "documents_letterserial",
        "documents_message",
        "offices_capacity",
        "offices_department",
        "offices_jurisdiction",
        "offices_user",
        "outbox_outboxmessage",
        "promise_promise",
        "promise_promiseserial",
        "records_creditrecord",
        "records_creditsubject",
        "records_measure",
        "records_publication",
        "records_recordversion",
        "repair_caseserial",
        "repair_removalline",
        "repair_repaircase",
        "repair_repairitem",
    }
)
"""Rows may change and are never removed."""

SELECT_ONLY = frozenset({"django_migrations"})
"""Written by migrations only."""

SECRET_COLUMNS: dict[str, frozenset[str]] = {
    "offices_user": frozenset({"email", "password", "phone"}),
    "records_creditsubject": frozenset({"identity_cipher", "identity_index"}),
    "records_importrow": frozenset({"original"}),
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
