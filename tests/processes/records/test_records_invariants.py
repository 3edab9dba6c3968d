"""What raw SQL of the application role cannot bring about in the register (domain.md 8)."""

import datetime as dt
import threading
import uuid
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction

from processes.records.models import CatalogueItem, CreditRecord, Publication
from tests.workflow.journal import raw

pytestmark = pytest.mark.database
UNCHECKED, NO_PARENT = "23514", "23503"
CONTEST = "UPDATE records_creditrecord SET contested = true WHERE id = %s"


@pytest.fixture(scope="module")
def shared(module_at_stage):
    """A published record with a catalogue, shared: every test rolls back."""
    return with_catalogue(module_at_stage("published"))


@pytest.fixture
def own(at_stage):
    """The same for one test that commits."""
    return with_catalogue(at_stage("published"))


def with_catalogue(stage):
    CatalogueItem.objects.create(code="limit", name="限制参加评优", force="mandatory", basis="x")
    return stage


def refused_with(*acts):
    """Run to the commit and roll back; return the code of the refusal, or None."""
    try:
        with transaction.atomic():
            for act in acts:
                act()
            raw.rows("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except DatabaseError as refusal:
        return refusal.__cause__.sqlstate
    return None


def begin_measure(stage, *, state="in_force", contested=False, item="limit", key=None):
    """Bring a measure into being, with its own event."""
    key = key or uuid.uuid4()
    event = {"id": str(key), "version": 1, "from": None, "to": state}
    raw.tell(raw.new_chain(), table="records_measure", **event)
    raw.rows(
        "INSERT INTO records_measure (id, item_id, record_id, contested, department_id, since, "
        "state, version) VALUES (%s, %s, %s, %s, %s, '2026-06-01', %s, 1)",
        key, item, stage.world.record.pk, contested, stage.world.unit.pk, state,
    )  # fmt: skip
    return key


def resume(key):
    """Put a suspended measure back in force, with its own event."""
    event = {"id": str(key), "version": 2, "from": "suspended", "to": "in_force"}
    raw.tell(raw.new_chain(), table="records_measure", **event)
    raw.rows("UPDATE records_measure SET state = 'in_force', version = 2 WHERE id = %s", key)


def contest(stage):
    raw.rows(CONTEST, stage.world.record.pk)


# --- Invariant 1: no measure in force while its record is contested ------------------------


def test_a_measure_may_be_in_force_on_an_uncontested_record(shared):
    assert refused_with(lambda: begin_measure(shared)) is None


def test_a_record_with_a_measure_in_force_cannot_become_contested(shared):
    assert refused_with(lambda: begin_measure(shared), lambda: contest(shared)) == UNCHECKED


def test_a_suspended_measure_follows_its_record(shared):
    with transaction.atomic():
        key = begin_measure(shared, state="suspended")
        contest(shared)
        assert raw.rows("SELECT contested FROM records_measure WHERE id = %s", key) == [(True,)]
        assert refused_with(lambda: resume(key)) == UNCHECKED
        transaction.set_rollback(True)


def test_a_measure_cannot_pretend_that_its_record_is_uncontested(shared):
    with transaction.atomic():
        contest(shared)
        assert refused_with(lambda: begin_measure(shared)) == NO_PARENT
        assert refused_with(lambda: begin_measure(shared, contested=True)) == UNCHECKED
        key = begin_measure(shared, state="suspended", contested=True)
        lie = "UPDATE records_measure SET contested = false WHERE id = %s"
        assert refused_with(lambda: raw.rows(lie, key)) == NO_PARENT
        transaction.set_rollback(True)


def in_force_on_contested():
    return raw.rows(
        "SELECT m.id FROM records_measure m JOIN records_creditrecord r ON r.id = m.record_id "
        "WHERE r.contested AND m.state = 'in_force'"
    )


@pytest.mark.parametrize("what", ["begin", "resume"])
@pytest.mark.parametrize("first", ["contest", "measure"])
@pytest.mark.parametrize("commits_first", ["contest", "measure"])
def test_two_transactions_do_not_slip_past_one_another(own, what, first, commits_first):
    """READ COMMITTED, each blind to the other, in every order of statement and commit."""
    key = uuid.uuid4()
    if what == "resume":
        with transaction.atomic():
            begin_measure(own, state="suspended", key=key)
    doings = {
        "contest": lambda: contest(own),
        "measure": (lambda: resume(key))
        if what == "resume"
        else lambda: begin_measure(own, key=key),
    }
    second = "measure" if first == "contest" else "contest"
    with own_transaction() as one, own_transaction() as two:
        outcomes = interleave(
            (first, one, doings[first]), (second, two, doings[second]), commits_first
        )

    assert in_force_on_contested() == []
    assert sorted(outcomes.values(), key=str) != ["committed", "committed"]
    assert "committed" in outcomes.values()


@contextmanager
def own_transaction():
    """A connection of the application role with one transaction of its own."""
    settings = connections["default"].get_connection_params()
    names = {"dbname", "user", "password", "host", "port"}
    with psycopg.connect(**{name: settings[name] for name in names & set(settings)}) as opened:
        opened.execute("SET lock_timeout = '4s'")
        yield opened


def interleave(one, two, commits_first):
    """Let both act, then commit in the order asked for; return what became of each.

    One that has to wait for the other acts when that one has committed.
    """
    outcomes = {}

    def attempt(name, doing):
        try:
            doing()
        except psycopg.Error as refusal:
            outcomes[name] = type(refusal).__name__

    def act(name, opened, doing):
        token = raw.SPEAKER.set(opened)
        attempt(name, doing)
        raw.SPEAKER.reset(token)

    def commit(name, opened, _doing):
        if name not in outcomes:
            attempt(name, opened.commit)
            outcomes.setdefault(name, "committed")
        opened.rollback()

    act(*one)
    follower = threading.Thread(target=act, args=two)
    follower.start()
    follower.join(0.6)
    waits = follower.is_alive()
    order = [one, two] if waits or commits_first == one[0] else [two, one]
    commit(*order[0])
    follower.join(5)
    commit(*order[1])
    return outcomes


# --- Invariant 2, 11 and the rest of the register --------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("latest_end = published_from - 1", UNCHECKED),
        ("ended_at = now()", UNCHECKED),
        ("latest_end = NULL", "23502"),
    ],
)
def test_the_dates_of_a_publication_fit(shared, change, code):
    assert refused_with(lambda: rewrite("records_publication", change)) == code


def rewrite(table, change):
    """Change a fact openly: with a version of its own and the event that tells it."""
    key, version, state = raw.rows(f"SELECT id, version, state FROM {table} LIMIT 1")[0]
    event = {"id": str(key), "version": version + 1, "from": state, "to": state}
    raw.tell(raw.new_chain(), table=table, **event)
    raw.rows(f"UPDATE {table} SET version = version + 1, {change} WHERE id = %s", key)


def test_a_term_is_prolonged_openly_or_not_at_all(shared):
    assert (
        refused_with(lambda: rewrite("records_publication", "latest_end = latest_end + 365"))
        is None
    )


@pytest.mark.parametrize(
    "change",
    [
        "latest_end = latest_end + 365",
        "earliest_end = earliest_end - 30",
        "published_from = published_from - 30",
        "site_id = (SELECT id FROM records_site ORDER BY id DESC LIMIT 1)",
        "term_basis = '[]'",
    ],
)
def test_the_terms_of_a_publication_do_not_change_silently(shared, change):
    assert refused_with(lambda: raw.rows(f"UPDATE records_publication SET {change}")) == "XF009"


def test_a_record_is_shown_once_per_site(shared):
    shown = Publication.objects.first()

    def again():
        key = uuid.uuid4()
        event = {"id": str(key), "version": 1, "from": None, "to": "shown"}
        raw.tell(raw.new_chain(), table="records_publication", **event)
        Publication.objects.filter(pk=shown.pk).update()
        shown.pk = key
        shown.save(force_insert=True)

    assert refused_with(again) == "23505"


def test_what_is_past_its_term_is_not_visible_although_nobody_wrote_anything(at_stage):
    from workflow.clock.services import move_to
    from workflow.public import public_reads

    def visible():
        with public_reads():
            return {site for (site,) in raw.rows("SELECT site_code FROM public_publication")}

    at_stage("published")
    last = Publication.objects.order_by("-latest_end").first().latest_end
    noon = dt.time(4, tzinfo=dt.UTC)
    move_to(instant=dt.datetime.combine(last, noon))
    assert visible()
    move_to(instant=dt.datetime.combine(last + dt.timedelta(days=1), noon))
    assert visible() == set()
    assert set(Publication.objects.values_list("state", flat=True)) == {"shown"}


def test_a_measure_outside_the_catalogue_cannot_exist(shared):
    assert refused_with(lambda: begin_measure(shared, item="invented")) == NO_PARENT


@pytest.mark.parametrize(
    "column", ["severity", "severity_determined_by_id", "severity_determined_at"]
)
def test_a_current_record_has_a_severity_that_someone_determined(shared, column):
    assert CreditRecord.objects.filter(state="current").exists()
    assert refused_with(lambda: rewrite("records_creditrecord", f"{column} = NULL")) == UNCHECKED


@pytest.mark.parametrize(
    "change", ["severity = 'minor'", "decided_on = decided_on - 400", "decision_number = 'x'"]
)
def test_what_a_current_record_rests_on_does_not_change_silently(shared, change):
    assert refused_with(lambda: raw.rows(f"UPDATE records_creditrecord SET {change}")) == "XF009"


def test_a_version_of_a_record_is_never_overwritten(shared):
    assert (
        refused_with(lambda: raw.rows("UPDATE records_recordversion SET fields = '{}'")) == "XF007"
    )
    assert refused_with(lambda: raw.rows("DELETE FROM records_recordversion")) in {"XF003", "42501"}
