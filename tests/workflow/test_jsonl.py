"""A line in, a line out: whatever the line holds."""

import io
import json

import pytest

from workflow.jsonl import LineError, Unreadable, run


def echo(asked):
    if "fail" in asked:
        raise LineError("fail", "range", "as asked")
    return {"value": asked.get("value"), "days": iter([1, 2])}


def answers(raw):
    sink = io.BytesIO()
    run(echo, io.BytesIO(raw), sink)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def test_every_line_gets_one_answer_in_order():
    found = answers(b'{"id": "a", "value": 1}\n\n{"id": {"x": 2}, "fail": 1}\r\n{}')

    assert found == [
        {"id": "a", "value": 1, "days": [1, 2]},
        {"id": None, "error": {"field": None, "code": "json", "message": found[1]["error"]["message"]}},
        {"id": {"x": 2}, "error": {"field": "fail", "code": "range", "message": "as asked"}},
        {"id": None, "value": None, "days": [1, 2]},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        b"", b"  \t", b"[]", b"3", b"null", b'"x"', b"{", b"\xff\xfe", b'{"a": NaN}', b"{} {}",
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_object_is_an_error_without_field(line):
    (found,) = answers(line + b"\n")

    assert found["id"] is None
    assert (found["error"]["field"], found["error"]["code"]) == (None, "json")


def test_odd_identities_come_back():
    found = answers('{"id": "\\ud800"}\n{"id": "信"}\n{"id": 1.5}\n{"id": 1e999}\n'.encode())

    assert [each["id"] for each in found] == ["\ud800", "信", 1.5, None]


def test_a_number_too_long_for_python_is_still_only_a_number():
    (found,) = answers(b'{"id": 1, "value": ' + b"9" * 5000 + b', "fail": 1}\n')

    assert found["error"]["code"] == "range"


def test_a_byte_order_mark_and_a_line_separator_do_not_matter():
    assert len(answers('\ufeff{"id": "a\u2028b"}\n'.encode())) == 1


def test_a_stream_that_fails_is_unreadable():
    class Broken(io.RawIOBase):
        def __iter__(self):
            raise IsADirectoryError("a folder")

    with pytest.raises(Unreadable, match="a folder"):
        run(echo, Broken(), io.BytesIO())
