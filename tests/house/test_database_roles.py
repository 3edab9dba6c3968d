"""The application owns nothing, so that it cannot take the guards of the journal away."""

import psycopg
import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from workflow import grants
from workflow.public import public_reads

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_tests_run_as_the_application_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("xinfu_app", False)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET kind = 'other'",
        "DELETE FROM journal_event",
        "TRUNCATE journal_event",
        "ALTER TABLE journal_event DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_append ON journal_event",
        "UPDATE journal_chain SET length = 0",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id int)",
    ],
)
def test_the_application_is_refused(statement):
    refusal = r"permission denied|must be owner"
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match=refusal):
        cursor.execute(statement)


def test_the_reader_reads_and_does_not_write(reader_connection):
    reader_connection.execute("SELECT count(*) FROM journal_event")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader_connection.execute("DELETE FROM journal_event")


def test_the_application_owns_no_table():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchall() == []


def test_every_table_has_exactly_the_rights_the_list_gives_it():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, string_agg(a.privilege_type, ',') FROM pg_class c "
            "CROSS JOIN LATERAL aclexplode(c.relacl) a "
            "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') "
            "AND a.grantee = 'xinfu_app'::regrole GROUP BY 1"
        )
        rights = {table: set(given.split(",")) for table, given in cursor.fetchall()}
    expected = {table: set(grants.application_rights(table).split(", ")) for table in rights}
    assert rights == expected


def test_what_a_trigger_refuses_is_not_granted_either():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, bool_or(t.tgtype & 8 > 0), bool_or(t.tgtype & 16 > 0) "
            "FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c "
            "ON c.oid = t.tgrelid WHERE p.proname LIKE '%%refuse' GROUP BY 1"
        )
        refused = {
            table: ({"DELETE"} if no_delete else set()) | ({"UPDATE"} if no_update else set())
            for table, no_delete, no_update in cursor.fetchall()
        }
    granted = {table: set(grants.application_rights(table).split(", ")) for table in refused}
    too_much = {table: refused[table] & granted[table] for table in refused}
    assert {table: rights for table, rights in too_much.items() if rights} == {}


def test_every_name_in_the_lists_is_a_table_or_a_view():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        known = {name for (name,) in cursor.fetchall()}
    named = (
        grants.APPEND_ONLY | grants.KEPT | grants.SELECT_ONLY | grants.NEVER_READ
        | grants.PUBLIC_VIEWS | set(grants.SECRET_COLUMNS)
    )  # fmt: skip
    assert named <= known, named - known


@pytest.mark.parametrize("table", sorted(grants.NEVER_READ | set(grants.SECRET_COLUMNS)))
def test_the_reader_sees_no_secret(reader_connection, table):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader_connection.execute(f"SELECT * FROM {table}")


def test_the_public_may_read_no_table():
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        public_reads(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM offices_user")


def test_the_rights_of_the_public_end_with_the_block():
    with public_reads():
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("xinfu_app",)
