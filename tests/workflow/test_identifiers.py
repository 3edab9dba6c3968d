"""Identifiers hold by the standards' own examples, and fail for their own reason."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from workflow import identifiers
from workflow.identifiers import (
    compact,
    credit_code_doubts,
    credit_code_fault,
    identity_fault,
    mask_identities,
    mask_name,
    mask_number,
)

TODAY = dt.date(2026, 11, 20)
PUBLISHED = ["91110000600037341L", "91320100748204660Q", "11320100MB1886843H", "11152105011615449P"]
_code_letters = st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY")


@pytest.mark.parametrize("code", PUBLISHED)
def test_a_published_code_holds_in_both_checks(code):
    assert credit_code_fault(code) is None
    assert credit_code_doubts(code) == ()


@pytest.mark.parametrize("code", PUBLISHED)
def test_any_single_wrong_character_is_found(code):
    for position, right in enumerate(code):
        for wrong in "09AHY":
            if wrong != right:
                assert credit_code_fault(code[:position] + wrong + code[position + 1 :])


@pytest.mark.parametrize(
    ("code", "fault", "detail"),
    [
        ("91110000600037341", "code-length", "17"),
        ("9111000060003734IL", "code-letter", "I"),
        ("91110000600037341K", "code-check", ""),
    ],
)
def test_a_wrong_code_says_what_is_wrong(code, fault, detail):
    found = credit_code_fault(code)

    assert (found.code, found.detail) == (fault, detail)


def test_a_code_that_fails_only_the_inner_check_is_doubtful_and_not_wrong():
    code = "92159901MAYD4U496B"

    assert credit_code_fault(code) is None
    assert [doubt.code for doubt in credit_code_doubts(code)] == ["code-inner-check"]


@given(st.text(_code_letters, min_size=9, max_size=9), st.integers(100000, 999999))
def test_the_check_agrees_with_an_independent_one(body, division):
    first = f"91{division}{body}"
    code = first + identifiers.credit_code_check(first)

    assert uscc.is_valid(code) is (credit_code_fault(code) is None)


@pytest.mark.parametrize("number", ["11010519491231002X", "360426199101010071"])
def test_the_standards_own_identity_numbers_hold(number):
    assert identity_fault(number, on=TODAY) is None
    assert ric.is_valid(number)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("110105491231002", "identity-length"),
        ("1101051949123100X2", "identity-letter"),
        ("110105194912310021", "identity-check"),
        ("110105194913310025", "identity-birth"),
        ("110105190002290025", "identity-birth"),
        ("110105202611210025", "identity-birth"),
        ("110105180001010025", "identity-birth"),
    ],
)
def test_a_wrong_identity_number_says_what_is_wrong(number, code):
    assert identity_fault(number, on=TODAY).code == code


def test_a_code_is_compared_half_width_without_blanks_and_in_capitals():
    assert compact(" ９１\u00a0ａ\u3000b\u200b\ufeff\n(x）") == "91AB(X)"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010519491231002X", "1101**********002X"),
        ("E12345678", "E*******8"),
        ("12", "**"),
        ("", ""),
    ],
)
def test_a_number_is_masked_but_for_its_ends(number, masked):
    assert mask_number(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张三", "张*"), ("张三丰", "张*"), ("欧阳修", "欧阳*"), ("Ann", "A*"), ("", "")],
)
def test_a_persons_name_shows_the_surname_only(name, masked):
    assert mask_name(name) == masked


def test_identity_numbers_in_a_text_are_masked_whether_they_hold_or_not():
    text = (
        "甲110105194912310021，乙１１０１０５１９４９１２３１００２Ｘ，编号1234567890123456789012"
    )

    assert mask_identities(text) == (
        "甲1101**********0021，乙1101**********002X，编号1234567890123456789012"
    )
