"""The sample files come out exactly as expected; any bytes are read or refused."""

import contextlib
import csv
import dataclasses
import datetime as dt
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processes.records.penalties import UnreadableFile, open_penalties
from processes.records.penalties.headers import match_header
from processes.records.penalties.layout import FIELDS
from processes.records.penalties.wording import FILE_WORDING, WORDING
from tests.processes.records.penalty_rows import (
    PERSON,
    RIGHT,
    TODAY,
    codes,
    csv_bytes,
    read,
)

DATA = Path(__file__).parents[2] / "data"
EXPECTED = json.loads((DATA / "sample_penalties.expected.json").read_text(encoding="utf-8"))
CODE_OF_SAMPLE_ERROR = {
    382: ("CF_WSH", "duplicate"),
    383: ("CF_JDRQ", "date-future"),
    385: ("CF_XDR_LB", "unknown-kind"),
    386: ("CF_XDR_SHXYM", "code-length"),
    387: ("CF_XDR_ZJHM", "identity-check"),
    388: ("CF_XDR_MC", "missing"),
    389: ("CF_WSH", "missing"),
    390: ("CF_NR_WFFF", "amount-missing"),
    391: ("CF_CFLB", "type-unknown"),
    392: ("CF_JDRQ", "date-impossible"),
    393: ("CF_XDR_ZJHM", "identity-birth"),
    395: ("CF_XDR_ZJLX", "missing-for-kind"),
    398: ("CF_XDR_SHXYM", "code-letter"),
    399: ("CF_CFJG", "missing"),
    400: ("CF_XDR_SHXYM", "code-check"),
    403: ("CF_NR_FK", "amount-missing"),
    406: ("CF_GSJZQ", "order"),
    407: ("CF_NR_FK", "amount"),
    409: ("CF_NR_FK", "conflict"),
    411: ("CF_NR_FK", "amount-negative"),
}


@pytest.fixture(scope="module")
def sample():
    return {row.line: row for row in read(DATA / "sample_penalties.csv")}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "penalties"


@pytest.mark.parametrize(
    ("name", "figures"),
    [("sample_penalties.csv", EXPECTED), *EXPECTED["other_files"].items()],
)
def test_a_sample_file_has_the_expected_figures(name, figures):
    rows = read(DATA / name)

    assert len(rows) == figures["rows"]
    assert sum(row.accepted for row in rows) == figures["accepted"]
    assert sum(not row.accepted for row in rows) == figures["rejected"]


def test_only_the_notable_lines_of_the_sample_are_rejected(sample):
    expected = {int(n) for n, line in EXPECTED["notable_lines"].items() if not line["accepted"]}

    assert {line for line, row in sample.items() if not row.accepted} == expected


@pytest.mark.parametrize("line", [int(n) for n in EXPECTED["notable_lines"]])
def test_a_notable_line_is_accepted_or_rejected_for_its_reason(sample, line):
    row = sample[line]

    assert row.accepted is EXPECTED["notable_lines"][str(line)]["accepted"]
    assert codes(row)[:1] == ([CODE_OF_SAMPLE_ERROR[line]] if not row.accepted else [])


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        (384, "credit_code", "92159901MA0EN2YDKT"),
        (394, "types", ("罚款", "没收违法所得、没收非法财物")),
        (396, "decided_on", dt.date(2025, 7, 9)),
        (397, "credit_code", "92159901MA0EN2YDKT"),
        (401, "decision_number", "北市监罚[2025]88号"),
        (402, "decided_on", dt.date(2025, 7, 9)),
        (404, "credit_code", "92159901MA0EN2YDKT"),
        (405, "counterpart_name", "北岭市𠮷丰商贸有限公司"),
        (408, "decided_on", dt.date(2025, 7, 9)),
        (410, "facts", '=HYPERLINK("http://example.invalid","x")'),
    ],
)
def test_a_tolerated_cell_of_the_sample_is_normalised(sample, line, name, value):
    assert getattr(sample[line].penalty, name) == value


def test_the_original_cell_is_kept_beside_the_normalised_one(sample):
    assert sample[404].original["CF_XDR_SHXYM"] == "９２１５９９０１MA０EN２YDKT"


def test_the_three_sample_files_state_the_same_facts(sample):
    others = read(DATA / "sample_penalties.xlsx") + read(DATA / "sample_penalties_gb18030.csv")

    assert len(others) == 100
    assert all(row.digest == sample[row.line].digest for row in others)


def test_identity_numbers_are_masked_in_every_finding(sample):
    shown = json.dumps([e.as_dict() for row in sample.values() for e in row.errors])

    assert "1599**********1230" in shown
    assert "159901199001011230" not in shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_encoding_is_recognised_by_its_bytes(file, encoding):
    name = "北岭市𠮷丰商贸有限公司"
    file.write_bytes(csv_bytes(RIGHT | {"CF_XDR_MC": name}, encoding=encoding))
    with open_penalties(file, today=TODAY) as opened:
        (row,) = opened.rows()

    assert opened.encoding == encoding
    assert row.penalty.counterpart_name == name


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(csv_bytes(RIGHT, encoding="utf-16"), "utf-16", id="utf-16"),
        pytest.param(csv_bytes(RIGHT) + b"\xff\xff", "encoding", id="neither"),
        pytest.param(b"\xef\xbb\xbf" + csv_bytes(RIGHT, encoding="gb18030"), "encoding", id="lie"),
        pytest.param(b"\xd0\xcf\x11\xe0rest", "xls", id="xls"),
        pytest.param(b"PK\x03\x04rest", "xlsx", id="broken-zip"),
        pytest.param(b"", "header", id="empty"),
        pytest.param(b"a,b,c\r\n1,2,3\r\n", "header", id="other-table"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(file, content, code):
    with pytest.raises(UnreadableFile) as refusal:
        read(file, content)

    assert refusal.value.code == code


def workbook(path, *rows, epoch_1904=False):
    book = openpyxl.Workbook()
    if epoch_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    sheet.append(list(RIGHT))
    for row in rows:
        sheet.append([row[name] for name in RIGHT])
    book.save(path)


def test_typed_cells_of_a_workbook_are_read_as_typed(file):
    workbook(file, RIGHT | {"CF_NR_FK": 0.1, "CF_JDRQ": dt.date(2026, 8, 21), "CF_YXQ": 73050})
    (row,) = read(file)

    assert row.penalty.fine_yuan == Decimal(1000)
    assert row.penalty.decided_on == dt.date(2026, 8, 21)
    assert row.penalty.valid_until == dt.date(2099, 12, 31)


def test_a_workbook_that_counts_from_1904_keeps_its_days(file):
    serial = (dt.date(2026, 8, 21) - dt.date(1904, 1, 1)).days
    workbook(file, RIGHT | {"CF_JDRQ": serial}, epoch_1904=True)

    assert read(file)[0].penalty.decided_on == dt.date(2026, 8, 21)


def test_a_formula_stays_text_and_is_never_a_value(file):
    workbook(file, RIGHT | {"CF_SY": "=1+1", "CF_NR_FK": "=2+3"})
    (row,) = read(file)

    assert codes(row) == [("CF_NR_FK", "amount")]
    assert row.original["CF_SY"] == "=1+1"


_cells = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [*RIGHT.values(), *PERSON.values(), "罚款;其他-", "亿", "十", "零万", "0.0", "其他", "=A1"]
    ),
    st.from_regex(r"[0-9〔〕年月日/.,万亿元十百千-]{0,12}", fullmatch=True),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.dictionaries(st.sampled_from(list(FIELDS)), _cells), max_size=3))
def test_every_row_is_accepted_or_says_why(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("fuzz") / "file"
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=list(FIELDS))
    writer.writeheader()
    writer.writerows(RIGHT | row for row in rows)
    found = read(path, stream.getvalue().encode("utf-8", "replace"))

    for row in found:
        assert row.accepted is not bool(row.errors)
        for note in (*row.errors, *row.warnings):
            json.dumps(note.as_dict("zh")) and json.dumps(note.as_dict("en"))
        if row.penalty:
            assert dataclasses.asdict(row.penalty)
            assert len(row.digest) == 64


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=300), zipped=st.booleans())
def test_any_bytes_are_read_or_refused(tmp_path_factory, content, zipped):
    path = tmp_path_factory.mktemp("fuzz") / "file"
    head = (DATA / "sample_penalties.xlsx").read_bytes() if zipped else csv_bytes(RIGHT)
    cut = len(content) * 7 % len(head)
    with contextlib.suppress(UnreadableFile):
        read(path, head[:cut] + content + head[cut:])


def test_every_code_that_is_used_has_words_in_both_languages():
    package = Path(match_header.__globals__["__file__"]).parent
    source = "\n".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    used = set(
        re.findall(r'(?:error|warn|finding|Unreadable|Fault)\([^"()]*"([a-z][a-z0-9-]+)"', source)
    )
    used |= {"code-length", "code-letter", "code-check", "identity-birth", "identity-check"}
    used |= {"identity-length", "identity-letter", "code-division", "code-inner-check"}

    assert len(used) > 30
    assert used <= set(WORDING)
    for wording in (*WORDING.values(), *FILE_WORDING.values()):
        chinese, english = (set(re.findall(r"{(\w+)}", text)) for text in wording)
        assert chinese | english <= {*chinese, "maybe", "name"}
        assert all(wording)
