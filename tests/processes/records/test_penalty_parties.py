"""Names, codes, documents and decision numbers of real files; rows that repeat or are shifted."""

import csv
import io
import json

import pytest

from processes.records.penalties import decision_number_key
from tests.processes.records.penalty_rows import (
    PERSON,
    RIGHT,
    codes,
    credit_code,
    csv_bytes,
    identity,
    one,
    read,
    warned,
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "penalties"


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
