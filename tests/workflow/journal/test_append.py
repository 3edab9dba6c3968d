"""An event enters the journal only at the end of its chain, linked, and as its text says."""

import hashlib
import json
import uuid

import pytest
from django.db import DatabaseError, transaction

from tests.workflow.journal import raw

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def chain():
    key = raw.new_chain()
    raw.tell(key)
    return key


def refusal_of(row):
    """Return the code with which the database refuses a row, or None."""
    try:
        with transaction.atomic():
            raw.insert(row)
    except DatabaseError as refused:
        return refused.__cause__.sqlstate
    return None


def good(on, **changes):
    return raw.row_of(on, raw.body_of(on, 2, **changes))


def test_a_true_event_is_taken_and_moves_the_head(chain):
    row = good(chain)

    assert refusal_of(row) is None
    assert raw.rows("SELECT length, sha256, sm3 FROM journal_chain WHERE id = %s", chain) == [
        (2, row["sha256"], row["sm3"])
    ]


@pytest.mark.parametrize("seq", [0, 1, 3, 99])
def test_a_wrong_place_is_refused(chain, seq):
    row = raw.row_of(chain, raw.body_of(chain, seq)) | {"seq": seq}

    assert refusal_of(row) == "XF002"


def test_a_wrong_link_is_refused(chain):
    row = good(chain)
    loose = hashlib.sha256(row["canonical"].encode()).hexdigest()

    assert refusal_of(row | {"sha256": loose}) == "XF002"


@pytest.mark.parametrize(
    "column",
    [
        {"kind": "another.kind"},
        {"at": "2026-11-20T02:03:05Z"},
        {"actor_id": str(uuid.UUID(int=5))},
        {"capacity": "desk"},
        {"object_table": "repair_repairitem"},
        {"object_id": str(uuid.UUID(int=5))},
        {"object_version": 2},
        {"from_state": "draft"},
        {"to_state": "submitted"},
    ],
    ids=lambda column: next(iter(column)),
)
def test_a_column_that_differs_from_the_text_is_refused(chain, column):
    assert refusal_of(good(chain) | column) == "XF002"


@pytest.mark.parametrize("name", sorted(raw.body_of(uuid.UUID(int=1), 1)))
def test_a_text_that_leaves_something_out_is_refused(chain, name):
    body = raw.body_of(chain, 2)
    del body[name]

    assert refusal_of(raw.row_of(chain, body)) is not None


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "not json", "{}", '{"seq":2}'],
    ids=["empty", "list", "null", "no-json", "empty-object", "almost-nothing"],
)
def test_a_text_that_is_no_event_is_refused(chain, text):
    row = good(chain)
    ((head,),) = raw.rows("SELECT sha256 FROM journal_chain WHERE id = %s", chain)
    linked = hashlib.sha256(bytes.fromhex(head) + text.encode()).hexdigest()

    assert refusal_of(row | {"canonical": text, "sha256": linked}) is not None


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"day": "2026-11-19"}, "the legal day of another day"),
        ({"chain": str(uuid.UUID(int=7))}, "another chain"),
        ({"seq": 3}, "another place"),
        ({"schema": 2}, "a schema nobody can read yet"),
    ],
)
def test_a_text_that_names_something_else_is_refused(chain, changes, what):
    assert refusal_of(good(chain, **changes)) == "XF002", what


def test_the_legal_day_is_the_day_in_shanghai(chain):
    late = "2026-11-20T16:30:00.000000Z"
    body = raw.body_of(chain, 2, at=late, day="2026-11-21")

    assert refusal_of(raw.row_of(chain, body) | {"at": late}) is None


def test_a_text_with_a_name_twice_is_refused(chain):
    """Of two equal names readers choose differently; the database keeps only the last."""
    row = good(chain)
    double = row["canonical"].replace('"law":""', '"law":"","law":""')
    ((head,),) = raw.rows("SELECT sha256 FROM journal_chain WHERE id = %s", chain)
    linked = hashlib.sha256(bytes.fromhex(head) + double.encode()).hexdigest()

    assert json.loads(double) == json.loads(row["canonical"])
    assert refusal_of(row | {"canonical": double, "sha256": linked}) is not None


@pytest.mark.parametrize(
    "changes",
    [{"length": 5}, {"sha256": "11" * 32}, {"sm3": "11" * 32}],
    ids=lambda c: next(iter(c)),
)
def test_a_chain_begins_empty(changes):
    row = {"id": uuid.uuid4(), "name": "x", "length": 0, "sha256": "00" * 32, "sm3": "00" * 32}
    row |= changes
    statement = (
        "INSERT INTO journal_chain (id, name, length, sha256, sm3) VALUES (%s, %s, %s, %s, %s)"
    )

    with pytest.raises(DatabaseError, match="begins empty"), transaction.atomic():
        raw.rows(statement, *row.values())
