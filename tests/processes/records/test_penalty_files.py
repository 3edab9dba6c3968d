"""The sample files come out exactly as expected, and every habit of real files is met by its rule."""

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

from processes.records.penalties import UnreadableFile, decision_number_key, open_penalties
from processes.records.penalties.headers import match_header
from processes.records.penalties.layout import FIELDS
from processes.records.penalties.wording import FILE_WORDING, WORDING
from tests.processes.records.penalty_rows import (
    PERSON,
    RIGHT,
    TODAY,
    credit_code,
    csv_bytes,
    identity,
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


def one(file, changes, base=RIGHT):
    (row,) = read(file, csv_bytes(base | changes))
    return row


def codes(row):
    return [(error.field, error.code) for error in row.errors]


def warned(row):
    return [(w.field, w.code) for w in row.warnings]


# --- the samples


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


# --- one rule each


def test_the_right_row_is_accepted_without_a_word(file):
    row = one(file, {})

    assert (row.accepted, row.errors, row.warnings) == (True, (), ())
    assert row.penalty.fine_yuan == Decimal("50000.00")


@pytest.mark.parametrize("field", ["CF_SY", "CF_YJ", "CF_NR", "CF_WFXW", "CF_SJLY", "CF_CFJGDM"])
@pytest.mark.parametrize("cell", ["", " ", "无", "——", "/", "\u3000", "\u00a0"])
def test_a_placeholder_does_not_fill_a_required_cell(file, field, cell):
    assert codes(one(file, {field: cell})) == [(field, "missing")]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2025年7月9日", dt.date(2025, 7, 9)),
        ("2025 年 07 月 09 日", dt.date(2025, 7, 9)),
        ("２０２５年７月９日", dt.date(2025, 7, 9)),
        ("20250709", dt.date(2025, 7, 9)),
        ("2025-07-09", dt.date(2025, 7, 9)),
        ("2025/7/9", dt.date(2025, 7, 9)),
        ("2025/7/9 0:00:00", dt.date(2025, 7, 9)),
        ("2025.7.9", dt.date(2025, 7, 9)),
        ("45847", dt.date(2025, 7, 9)),
        ("45847.5", dt.date(2025, 7, 9)),
        ("二〇二五年七月二十九日", dt.date(2025, 7, 29)),
        ("二〇二五年十月十日", dt.date(2025, 10, 10)),
        ("2026/11/20", TODAY),
    ],
)
def test_a_date_is_read_in_every_spelling(file, cell, day):
    assert one(file, {"CF_JDRQ": cell}).penalty.decided_on == day


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2025年7月", "date-month"),
        ("202507", "date-month"),
        ("2025-07", "date-month"),
        ("2025/02/29", "date-impossible"),
        ("20251301", "date-impossible"),
        ("7/9/2025", "date"),
        ("25-07-09", "date"),
        ("2025-07/09", "date"),
        ("去年", "date"),
        ("12345", "date"),
        ("2026/11/21", "date-future"),
    ],
)
def test_a_date_is_never_completed_or_guessed(file, cell, code):
    assert codes(one(file, {"CF_JDRQ": cell})) == [("CF_JDRQ", code)]


def test_an_empty_end_of_validity_only_warns(file):
    row = one(file, {"CF_YXQ": ""})

    assert row.accepted
    assert warned(row) == [("CF_YXQ", "valid-until-empty")]


@pytest.mark.parametrize(("cell", "accepted"), [("2026/08/21", True), ("2026/08/20", False)])
def test_publication_may_not_end_before_the_decision(file, cell, accepted):
    assert one(file, {"CF_GSJZQ": cell}).accepted is accepted


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("5", "50000.00"),
        ("0.02", "200.00"),
        ("0.000001", "0.01"),
        ("5万元", "50000.00"),
        ("1.2亿元", "120000000.00"),
        ("50000元", "50000.00"),
        ("1,234.5", "12345000.00"),
        ("￥50,000.00元", "50000.00"),
        ("叁万元整", "30000.00"),
        ("人民币贰拾万零伍仟圆整", "205000.00"),
        ("壹亿零叁佰元", "100000300.00"),
        ("５", "50000.00"),
        (" 5 ", "50000.00"),
    ],
)
def test_an_amount_is_read_with_its_unit(file, cell, yuan):
    assert one(file, {"CF_NR_FK": cell, "CF_NR": "罚款"}).penalty.fine_yuan == Decimal(yuan)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "amount-missing"),
        ("0", "amount-missing"),
        ("0.00", "amount-missing"),
        ("无", "amount-missing"),
        ("-3", "amount-negative"),
        ("－3万元", "amount-negative"),
        ("若干万元", "amount"),
        ("1e5", "amount"),
        ("NaN", "amount"),
        ("三十", "amount-unit"),
        ("一二三元", "amount"),
        ("5万元，其中个人2万元", "amount-several"),
        ("5;2", "amount-several"),
        ("0.0000001", "amount-places"),
        ("99999999999999", "amount-large"),
        ("1,23", "amount-several"),
        ("50000", "amount-unit"),
    ],
)
def test_an_amount_is_never_guessed(file, cell, code):
    row = one(file, {"CF_NR_FK": cell, "CF_NR": "罚款50000元"})
    assert codes(row) == [("CF_NR_FK", code)]


def test_a_column_without_a_unit_needs_one_in_the_cell(file):
    named = csv_bytes(RIGHT).replace(b"CF_NR_FK", "处罚金额".encode())
    assert codes(read(file, named)[0]) == [("CF_NR_FK", "amount-unit")]

    named = csv_bytes(RIGHT | {"CF_NR_FK": "5万元"}).replace(b"CF_NR_FK", "处罚金额".encode())
    assert read(file, named)[0].penalty.fine_yuan == Decimal(50_000)


@pytest.mark.parametrize(
    ("cell", "types"),
    [
        ("警告", ("警告",)),
        ("警告;通报批评", ("警告", "通报批评")),
        ("警告；通报批评、责令关闭，限制从业", ("警告", "通报批评", "责令关闭", "限制从业")),
        ("警告,通报批评/责令关闭\n行政拘留", ("警告", "通报批评", "责令关闭", "行政拘留")),
        ("警告；警告", ("警告",)),
        ("其他-收缴渔具、船舶", ("其他-收缴渔具、船舶",)),
        ("警告；其他（公开道歉）", ("警告", "其他-公开道歉")),
    ],
)
def test_types_are_split_at_every_separator(file, cell, types):
    row = one(file, {"CF_CFLB": cell, "CF_NR_FK": "", "CF_NR": cell})

    assert row.penalty.types == types


@pytest.mark.parametrize(
    "cell",
    [
        "没收违法所得",
        "没收非法财物",
        "没收非法所得",
        "没收违法所得、没收非法财物",
        "没收违法所得，没收非法财物",
        "没收违法所得；没收非法财物",
    ],
)
def test_every_label_of_confiscation_is_one_type(file, cell):
    row = one(file, {"CF_CFLB": cell, "CF_NR_FK": "", "CF_NR_WFFF": "1.5"})

    assert row.penalty.types == ("没收违法所得、没收非法财物",)
    assert row.penalty.confiscated_yuan == Decimal(15_000)


def test_an_unknown_type_is_rejected_even_beside_a_known_one(file):
    assert codes(one(file, {"CF_CFLB": "罚款；口头表扬"})) == [("CF_CFLB", "type-unknown")]


def test_an_order_to_correct_is_no_penalty(file):
    beside = one(file, {"CF_CFLB": "罚款；责令改正"})
    alone = one(file, {"CF_CFLB": "责令限期改正", "CF_NR_FK": ""})

    assert beside.penalty.types == ("罚款",)
    assert beside.penalty.is_penalty
    assert not alone.penalty.is_penalty
    for row in (beside, alone):
        assert warned(row) == [("CF_CFLB", "not-a-penalty")]


def test_a_suspended_licence_must_be_named(file):
    changes = {"CF_CFLB": "暂扣许可证件", "CF_NR_FK": ""}

    assert codes(one(file, changes)) == [("CF_NR_ZKDX", "missing")]
    assert one(file, changes | {"CF_NR_ZKDX": "食品经营许可证 JY1"}).accepted


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "missing-for-kind"),
        ("无", "missing-for-kind"),
        ("159901111111111", "code-length"),
        (RIGHT["CF_XDR_SHXYM"].replace("0", "O"), "code-letter"),
        (RIGHT["CF_XDR_SHXYM"][:-1] + "0", "code-check"),
        (identity(), "code-is-identity"),
    ],
)
def test_an_organisation_needs_a_code_that_holds(file, cell, code):
    assert codes(one(file, {"CF_XDR_SHXYM": cell})) == [("CF_XDR_SHXYM", code)]


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u3000", "\u2003", "\u200b", "\ufeff", "\t"])
def test_blanks_of_every_kind_inside_a_code_are_removed(file, blank):
    code = RIGHT["CF_XDR_SHXYM"]

    assert one(file, {"CF_XDR_SHXYM": blank.join(code)}).penalty.credit_code == code


def test_the_inner_check_of_a_code_only_warns(file):
    row = one(file, {"CF_XDR_SHXYM": "92159901MAYD4U496B", "CF_XDR_LB": "个体工商户"})

    assert row.accepted
    assert warned(row) == [("CF_XDR_SHXYM", "code-inner-check")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"CF_XDR_ZJHM": identity().lower()}, []),
        ({"CF_XDR_ZJLX": "居民身份证"}, []),
        ({"CF_XDR_ZJLX": "护照号", "CF_XDR_ZJHM": "E12345678"}, []),
        ({"CF_XDR_ZJLX": "护照号", "CF_XDR_ZJHM": "二三"}, [("CF_XDR_ZJHM", "document-number")]),
        ({"CF_XDR_ZJLX": "学生证"}, [("CF_XDR_ZJLX", "document-type")]),
        ({"CF_XDR_ZJLX": ""}, [("CF_XDR_ZJLX", "missing-for-kind")]),
        ({"CF_XDR_ZJHM": "159901900101123"}, [("CF_XDR_ZJHM", "identity-length")]),
        ({"CF_XDR_ZJHM": identity("15990120270101123")}, [("CF_XDR_ZJHM", "identity-birth")]),
    ],
)
def test_a_natural_person_needs_a_document_that_holds(file, changes, expected):
    assert codes(one(file, changes, base=PERSON)) == expected


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("***", "name-masked"),
        ("朔原市**有限公司", "name-masked"),
        ("朔原市天骄商贸有限公司行政处罚决定书", "name-polluted"),
        ("天骄公司（法定代表人：包娜仁）", "name-polluted"),
        ("天骄公司 地址：朔原市", "name-polluted"),
        ("天骄公司" + RIGHT["CF_XDR_SHXYM"], "name-polluted"),
        ("罚款", "shifted"),
        ("《食品安全法》第三条", "shifted"),
    ],
)
def test_a_name_that_is_not_only_a_name_is_rejected(file, cell, code):
    assert codes(one(file, {"CF_XDR_MC": cell})) == [("CF_XDR_MC", code)]


def test_blanks_inside_a_chinese_name_go_and_between_latin_words_stay(file):
    assert one(file, {"CF_XDR_MC": "朔 原\u3000市天骄"}).penalty.counterpart_name == "朔原市天骄"
    assert one(file, {"CF_XDR_MC": "ACME\u00a0 Ltd"}).penalty.counterpart_name == "ACME Ltd"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("《中华人民共和国食品安全法》第三条", "shifted"),
        ("罚款", "shifted"),
        ("某某号", "decision-number"),
    ],
)
def test_a_number_column_with_other_content_is_rejected(file, cell, code):
    assert codes(one(file, {"CF_WSH": cell})) == [("CF_WSH", code)]


def test_numbers_that_differ_only_in_brackets_or_blanks_are_the_same():
    spellings = [
        "朔罚〔2025〕8号",
        "朔罚[2025]8号",
        "朔罚【2025】8 号",
        "朔罚(2025)8号",
        "朔罚２０２５ 8号",
    ]

    assert len({decision_number_key(spelling) for spelling in spellings}) == 1


def test_numbers_that_differ_in_anything_else_are_not_the_same():
    spellings = [
        "朔罚〔2025〕8号",
        "朔罚〔2025〕第8号",
        "朔罚〔2025〕8",
        "朔罚〔2025〕08号",
        "罚〔2025〕8号",
    ]

    assert len({decision_number_key(spelling) for spelling in spellings}) == len(spellings)


def test_a_repetition_with_other_brackets_is_a_duplicate(file):
    again = RIGHT | {"CF_WSH": "朔市监罚[2026] 12号"}
    rows = read(file, csv_bytes(RIGHT, again))

    assert [row.accepted for row in rows] == [True, False]
    assert codes(rows[1]) == [("CF_WSH", "duplicate")]
    assert "第 2 行" in rows[1].errors[0].message("zh")


def test_one_number_with_two_contents_conflicts_and_names_what_differs(file):
    rows = read(file, csv_bytes(RIGHT, RIGHT | {"CF_SY": "另一事实", "BZ": "食品"}))

    assert codes(rows[1]) == [("CF_SY", "conflict")]
    assert "违法事实、备注" in rows[1].errors[0].message("zh")


def test_a_rejected_row_does_not_make_its_correction_a_duplicate(file):
    rows = read(file, csv_bytes(RIGHT | {"CF_NR_FK": "x"}, RIGHT))

    assert [row.accepted for row in rows] == [False, True]


def test_the_same_number_of_another_authority_or_counterpart_is_another_record(file):
    other_office = RIGHT | {"CF_CFJGDM": credit_code("MB0A1B3D", prefix="11159901")}
    other_party = RIGHT | {"CF_XDR_SHXYM": credit_code("MA0EN2YE")}

    assert all(row.accepted for row in read(file, csv_bytes(RIGHT, other_office, other_party)))


def test_a_field_of_law_is_kept_only_where_the_remark_says_so(file):
    assert one(file, {"BZ": "特种设备"}).penalty.field == "special_equipment"
    assert one(file, {"BZ": "非食品类"}).penalty.field is None
    both = one(file, {"BZ": "食品、消防"})
    assert both.penalty.field is None
    assert warned(both) == [("BZ", "field-several")]


def test_an_identity_number_in_a_text_is_masked_before_it_can_be_published(file):
    row = one(file, {"CF_SY": f"当事人（身份证{identity()}）经营"})

    assert identity() not in json.dumps(row.penalty.as_json())
    assert "1599**********" in row.penalty.facts
    assert warned(row) == [("CF_SY", "identity-in-text")]


def test_content_beyond_the_header_means_shifted_columns(file):
    content = csv_bytes(RIGHT).rstrip(b"\r\n") + b",,more\r\n"

    assert codes(read(file, content)[0]) == [(None, "columns")]


@pytest.mark.parametrize("cell", ["a\x00b", "a\ufffdb", "a\x1bb"])
def test_a_character_that_cannot_be_kept_rejects_the_row(file, cell):
    assert ("CF_SY", "character") in codes(one(file, {"CF_SY": cell}))


def test_mismatched_quotes_reject_their_row_and_no_other(file):
    lines = csv_bytes(RIGHT, RIGHT | {"CF_WSH": "朔〔2026〕13号"}).split(b"\r\n")
    lines.insert(2, b'"a"b,c')
    rows = read(file, b"\r\n".join(lines))

    assert [(row.line, row.accepted) for row in rows] == [(2, True), (3, False), (4, True)]
    assert codes(rows[1]) == [(None, "csv")]


def test_a_line_feed_inside_a_cell_does_not_shift_the_line_numbers(file):
    rows = read(file, csv_bytes(RIGHT | {"CF_SY": "一\n二"}, {}, RIGHT | {"CF_WSH": "朔1号"}))

    assert [row.line for row in rows] == [2, 4]
    assert rows[0].penalty.facts == "一\n二"


def test_all_that_is_wrong_with_a_row_is_said_at_once(file):
    row = one(file, {"CF_XDR_MC": "", "CF_JDRQ": "?", "CF_NR_FK": "x"})

    assert {field for field, _ in codes(row)} == {"CF_XDR_MC", "CF_JDRQ", "CF_NR_FK"}


def test_two_columns_of_types_are_one_list(file):
    stream = io.StringIO(newline="")
    names = [*(n for n in RIGHT if n != "CF_CFLB"), "处罚类别1", "处罚类别2"]
    writer = csv.writer(stream)
    writer.writerows([names, [*(RIGHT[n] for n in RIGHT if n != "CF_CFLB"), "罚款", "警告"]])

    assert read(file, stream.getvalue().encode())[0].penalty.types == ("罚款", "警告")


# --- headers


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


# --- encodings and workbooks


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


# --- nothing crashes, nothing is silent

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

    assert len(used) > 40
    assert used <= set(WORDING)
    for wording in (*WORDING.values(), *FILE_WORDING.values()):
        chinese, english = (set(re.findall(r"{(\w+)}", text)) for text in wording)
        assert chinese | english <= {*chinese, "maybe", "name"}
        assert all(wording)
