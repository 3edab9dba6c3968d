"""The application role cannot change history, nor a state without telling it."""

import uuid

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from processes.records.models import CatalogueItem, Measure
from processes.repair.models import RepairItem
from tests.workflow.journal import raw

pytestmark = pytest.mark.database
TABLES = (
    "promise_promise",
    "records_creditrecord",
    "records_measure",
    "records_publication",
    "repair_removalline",
    "repair_repairitem",
)
FORBIDDEN = "42501"
NO_EVENT, FALSE_EVENT, BAD_LINK, BAD_VERSION, KEPT, BAD_CHAIN = (
    "XF006", "XF004", "XF002", "XF005", "XF003", "XF001",
)  # fmt: skip


def refused_with(act, *, keep=False):
    """Bring what ``act`` does to its commit; return the code of the refusal, or None.

    Nothing of it stays, unless it is to be kept.
    """
    try:
        with transaction.atomic():
            act()
            raw.rows("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(not keep)
    except DatabaseError as refusal:
        return refusal.__cause__.sqlstate
    return None


@pytest.fixture(scope="module")
def approved(module_at_stage):
    """An approved repair with one object in every guarded table, shared by the module."""
    return with_measure(module_at_stage("approved"))


@pytest.fixture
def own_approved(at_stage):
    """The same for one test, which may commit and call the owner."""
    return with_measure(at_stage("approved"))


def with_measure(stage):
    """Add a measure, which no command makes yet."""
    fine = CatalogueItem.objects.create(
        code="limit", name="限制参加评优", force="mandatory", basis="x"
    )
    with transaction.atomic():
        chain, key = raw.new_chain(), uuid.uuid4()
        raw.tell(
            chain,
            table="records_measure",
            id=str(key),
            version=1,
            **{"from": None, "to": "suspended"},
        )
        Measure.objects.create(
            id=key, item=fine, record=stage.world.record, department=stage.world.unit,
            since="2026-06-01", state="suspended",
        )  # fmt: skip
    return stage


def a_row(table):
    """Return key, version and state of one row of a table."""
    return raw.rows(f"SELECT id, version, state FROM {table} ORDER BY id LIMIT 1")[0]


# A state that the checks of the table's own columns would allow, and what it needs for that.
ELSEWHERE = {
    "promise_promise": ("withdrawn", ""),
    "records_creditrecord": ("withdrawn", ""),
    "records_measure": ("lifted", ""),
    "records_publication": ("shown", ", ended_at = NULL"),
    "repair_removalline": ("refused", ""),
    "repair_repairitem": ("object_ceased", ""),
}


def move(table, key, state=None, *, step=1):
    allowed, more = ELSEWHERE[table]
    statement = f"UPDATE {table} SET state = %s, version = version + %s{more} WHERE id = %s"
    raw.rows(statement, state or allowed, step, key)


def told(table, key, version, before, after):
    return {"table": table, "id": str(key), "version": version, "from": before, "to": after}


def test_every_table_with_states_is_guarded_and_known_here(db):
    assert tuple(raw.tables_with_states()) == TABLES
    assert tuple(raw.guarded_tables()) == TABLES


def test_every_model_with_a_state_machine_has_a_guarded_table(db):
    machines = {
        model._meta.db_table
        for model in apps.get_models()
        if any(type(field).__name__ == "FSMField" for field in model._meta.get_fields())
    }
    assert machines == set(TABLES)


def test_every_guarded_table_has_all_its_guards_and_none_is_disabled(db):
    found = raw.rows(
        "SELECT tgrelid::regclass::text, array_agg(tgname::text ORDER BY tgname), "
        "bool_and(tgenabled = 'O') FROM pg_trigger WHERE tgname LIKE 'guard_%%' AND tgname <> 'guard_stated' "
        "AND tgrelid::regclass::text = ANY(%s) GROUP BY 1 ORDER BY 1",
        list(TABLES),
    )
    wanted = ["guard_facts", "guard_kept", "guard_not_truncated", "guard_state", "guard_version"]
    assert found == [(table, wanted, True) for table in TABLES]


@pytest.mark.parametrize("table", TABLES)
def test_a_state_does_not_change_without_an_event(approved, table):
    key, _version, _state = a_row(table)

    assert refused_with(lambda: move(table, key)) == NO_EVENT


@pytest.mark.parametrize("table", TABLES)
def test_a_state_changes_with_its_own_event(approved, table):
    key, version, state = a_row(table)
    after, _more = ELSEWHERE[table]

    def act():
        raw.tell(raw.new_chain(), **told(table, key, version + 1, state, after))
        move(table, key)

    assert refused_with(act) is None


@pytest.mark.parametrize("table", TABLES)
def test_a_state_does_not_change_without_its_version(approved, table):
    key, _version, _state = a_row(table)

    assert refused_with(lambda: move(table, key, step=0)) in {BAD_VERSION, "XF009"}
    assert refused_with(lambda: move(table, key, step=2)) == BAD_VERSION


@pytest.mark.parametrize("table", TABLES)
def test_rows_with_states_are_not_deleted(approved, table):
    key, _version, _state = a_row(table)

    assert refused_with(lambda: raw.rows(f"DELETE FROM {table} WHERE id = %s", key)) == FORBIDDEN


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "verb", ["TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER ALL", "DROP TABLE {}"]
)
def test_the_guards_of_a_table_cannot_be_gone_around(approved, table, verb):
    assert refused_with(lambda: raw.rows(verb.format(table))) == FORBIDDEN


def test_the_guard_refuses_what_it_would_let_pass_if_it_were_gone(own_approved, owner_connection):
    """The tests above mean something: without the trigger the same statement stands."""
    key, _version, _state = a_row("repair_repairitem")
    owner_connection.execute("DROP TRIGGER guard_state ON repair_repairitem")
    owner_connection.commit()

    assert refused_with(lambda: move("repair_repairitem", key, "object_ceased")) is None


class TestAnEventCoversOneChange:
    """Object, version, old and new state and the transaction have to agree."""

    table, after = "repair_repairitem", "object_ceased"

    @pytest.fixture(autouse=True)
    def _somewhere(self, approved):
        self.key, self.version, self.before = a_row(self.table)
        self.chain = approved.case.chain_id

    def told(self, **changes):
        return told(self.table, self.key, self.version + 1, self.before, self.after) | changes

    def change(self, **changes):
        raw.tell(self.chain, **self.told(**changes))
        move(self.table, self.key, self.after)

    def test_its_own_event_lets_it_pass(self):
        assert refused_with(self.change) is None

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"from": "approved"}, id="other-old-state"),
            pytest.param({"from": None}, id="no-old-state"),
            pytest.param({"to": "revoked"}, id="other-new-state"),
            pytest.param({"version": 90}, id="other-version"),
            pytest.param({"id": "00000000-0000-4000-8000-000000000000"}, id="other-object"),
            pytest.param({"table": "repair_removalline"}, id="other-table"),
        ],
    )
    def test_an_event_of_something_else_does_not(self, changes):
        assert refused_with(lambda: self.change(**changes)) in {NO_EVENT, FALSE_EVENT}

    def test_the_writer_cannot_claim_another_transaction(self):
        def act():
            body = raw.body_of(self.chain, self.length() + 1, object=self.told())
            raw.insert(raw.row_of(self.chain, body) | {"transaction_id": 7})
            move(self.table, self.key, self.after)
            assert not raw.rows("SELECT 1 FROM journal_event WHERE transaction_id = 7")

        assert refused_with(act) is None

    def length(self):
        return raw.rows("SELECT length FROM journal_chain WHERE id = %s", self.chain)[0][0]

    def test_one_event_does_not_cover_two_changes(self):
        def act():
            raw.tell(self.chain, **self.told(version=self.version + 2))
            move(self.table, self.key, "completed")
            move(self.table, self.key, self.after)

        assert refused_with(act) == NO_EVENT

    def test_one_change_has_not_two_events(self):
        def act():
            raw.tell(self.chain, **self.told())
            self.change()

        assert refused_with(act) == "23505"

    def test_an_event_of_a_change_that_did_not_happen_is_refused(self):
        assert refused_with(lambda: raw.tell(self.chain, **self.told())) == FALSE_EVENT

    def test_an_event_of_an_object_that_is_not_there_is_refused(self):
        nobody = str(uuid.uuid4())
        assert refused_with(lambda: raw.tell(self.chain, **self.told(id=nobody))) == FALSE_EVENT

    @pytest.mark.parametrize("missing", ["version", "to", "id"])
    def test_an_event_of_half_a_change_is_refused(self, missing):
        assert refused_with(lambda: raw.tell(self.chain, **self.told(**{missing: None})))

    def test_a_queryset_cannot_write_a_state(self):
        def act():
            RepairItem.objects.filter(pk=self.key).update(
                state="object_ceased", version=self.version + 1
            )

        assert refused_with(act) == NO_EVENT

    def test_a_new_object_needs_the_event_of_its_beginning(self):
        def act():
            item = RepairItem.objects.get(pk=self.key)
            item.pk, item.version = uuid.uuid4(), 1
            item.save(force_insert=True)

        assert refused_with(act) in {NO_EVENT, "23505"}

    def test_the_key_of_an_object_never_changes(self):
        assert (
            refused_with(
                lambda: raw.rows(
                    f"UPDATE {self.table} SET id = %s WHERE id = %s", uuid.uuid4(), self.key
                )
            )
            == BAD_VERSION
        )


def test_an_event_of_another_transaction_covers_nothing(own_approved, owner_connection):
    """An event before its change is refused by itself, so that guard is taken away first."""
    owner_connection.execute("DROP TRIGGER journal_event_is_true ON journal_event")
    owner_connection.commit()
    table, chain = "repair_repairitem", own_approved.case.chain_id
    key, version, state = a_row(table)
    event = told(table, key, version + 1, state, "object_ceased")

    assert refused_with(lambda: raw.tell(chain, **event), keep=True) is None
    assert refused_with(lambda: move(table, key, "object_ceased")) == NO_EVENT


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET canonical = canonical",
        "DELETE FROM journal_event",
        "TRUNCATE journal_event CASCADE",
        "UPDATE journal_chain SET sha256 = repeat('0', 64)",
        "DELETE FROM journal_chain",
        "TRUNCATE journal_chain CASCADE",
        "UPDATE journal_leaf SET value = '1'",
        "DELETE FROM journal_leaf",
        "TRUNCATE journal_leaf",
        "ALTER TABLE journal_event DISABLE TRIGGER ALL",
        "ALTER TABLE journal_event DISABLE TRIGGER journal_append",
        "ALTER TABLE journal_event DROP CONSTRAINT journal_event_seq_once",
        "DROP TRIGGER journal_append ON journal_event",
        "DROP FUNCTION journal_append() CASCADE",
        "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "SET session_replication_role = replica",
        "SET ROLE xinfu_owner",
    ],
)
def test_history_is_out_of_reach(approved, statement):
    assert refused_with(lambda: raw.rows(statement)) == FORBIDDEN


STATEMENTS = [
    ("UPDATE journal_event SET kind = 'other'", KEPT),
    ("DELETE FROM journal_event", KEPT),
    ("TRUNCATE journal_event CASCADE", KEPT),
    ("DELETE FROM journal_chain", KEPT),
    ("TRUNCATE journal_chain CASCADE", KEPT),
    ("TRUNCATE journal_leaf", KEPT),
    *((f"DELETE FROM {table}", KEPT) for table in TABLES),
    *((f"TRUNCATE {table} CASCADE", KEPT) for table in TABLES),
]


def test_the_triggers_hold_even_where_a_right_was_given_by_mistake(own_approved, owner_connection):
    owner_connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO xinfu_app")
    owner_connection.commit()

    for statement, code in STATEMENTS:
        assert refused_with(lambda: raw.rows(statement)) == code, statement  # noqa: B023


def test_a_temporary_function_or_table_cannot_stand_in_the_way(approved):
    """The guards that run with the owner's rights look only where the owner may write."""
    found = raw.rows(
        "SELECT proname::text FROM pg_proc WHERE prosecdef "
        "AND pronamespace = 'public'::regnamespace "
        "AND NOT coalesce(proconfig::text LIKE '%%search_path%%', false)"
    )
    assert found == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_schema_privilege('xinfu_app', 'public', 'CREATE')")
        assert cursor.fetchone() == (False,)
