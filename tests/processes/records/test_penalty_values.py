"""Dates, amounts and types are read in every spelling seen, and never guessed."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.processes.records.penalty_rows import (
    RIGHT,
    TODAY,
    codes,
    csv_bytes,
    one,
    read,
    warned,
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "penalties"


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
