"""Columns are matched by the words of their headers, never by an index."""

import json
from pathlib import Path

import pytest

from processes.records.penalties import open_penalties
from processes.records.penalties.headers import match_header
from processes.records.penalties.layout import FIELDS
from tests.processes.records.penalty_rows import (
    RIGHT,
    TODAY,
    csv_bytes,
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "penalties"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("行政相对人代码_2(组织机构代码)", "CF_XDR_ZZJG"),
        ("行政相对人代码_3(组织机构代码)", "CF_XDR_ZZJG"),
        ("行政相对人代码_3(工商登记码)", "CF_XDR_GSZC"),
        ("行政相对人代码_2(工商注册号)", "CF_XDR_GSZC"),
        ("行政相对人代码_5(居民身份证号)", "CF_XDR_ZJHM"),
        ("行政相对人代码-4（居民身份证号）", "CF_XDR_ZJHM"),
        ("行政相对人代码_5(事业单位证书号)", "CF_XDR_SYDW"),
        ("行政相对人代码_9（税务登记号）", "CF_XDR_SWDJ"),
        ("行政相对人代码-3（纳税人识别号）", "CF_XDR_SWDJ"),
        ("行政相对人代码_1", "CF_XDR_SHXYM"),
        ("当 事 人", "CF_XDR_MC"),
        ("cf_wsh", "CF_WSH"),
        ("罚款金额（万元）", "CF_NR_FK"),
        ("统一社 会信用\u3000代码", "CF_XDR_SHXYM"),
    ],
)
def test_a_header_is_matched_by_its_words(header, field):
    (column,) = match_header([header], line=1).columns

    assert column.field == field


@pytest.mark.parametrize("header", ["行政相对人代码_5", "行政相对人代码-2", "行政相对人代码3"])
def test_an_index_without_words_is_never_matched(header):
    matched = match_header([header], line=1)

    assert matched.columns == ()
    assert matched.findings[0].code == "header-index"


def test_a_doubtful_header_waits_for_confirmation():
    asked = match_header(["身份证号"], line=1)
    answered = match_header(["身份证号"], line=1, confirmed={"身份证号": "CF_XDR_ZJHM"})

    assert asked.columns == ()
    assert [(c.header, c.field) for c in asked.doubtful] == [("身份证号", "CF_XDR_ZJHM")]
    assert answered.columns[0].field == "CF_XDR_ZJHM"


def test_an_unknown_header_is_reported_and_a_local_one_is_not():
    notes = match_header(["奇怪的列", "数据更新时间"], line=1).findings

    assert [n.value for n in notes if n.code == "header-unknown"] == ["奇怪的列"]


def test_of_two_columns_for_a_field_the_one_with_its_own_name_is_read():
    matched = match_header(["案件名称", "违法行为类型"], line=1)

    assert [column.header for column in matched.columns] == ["违法行为类型"]
    assert "header-double" in [note.code for note in matched.findings]


def test_every_spelling_seen_in_real_files_is_known():
    path = Path(match_header.__globals__["__file__"]).with_name("header_spellings.json")
    spellings = json.loads(path.read_text(encoding="utf-8"))
    unmatched = [
        spelling
        for code, lists in spellings.items()
        if code in FIELDS
        for spelling in lists["spellings"]
        if [c.field for c in match_header([spelling], line=1).columns] != [code]
    ]

    assert unmatched == []


def test_a_title_above_the_header_is_skipped_and_said(file):
    file.write_bytes("朔原市行政处罚公示表\r\n\r\n".encode() + csv_bytes(RIGHT))
    with open_penalties(file, today=TODAY) as opened:
        rows = list(opened.rows())

    assert opened.header_line == 3
    assert [row.line for row in rows] == [4]
    assert "preamble" in [note.code for note in opened.findings]
