"""Dates and numbers as people write them, in both languages."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from forms import words

DAY = dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("language", "plain", "said", "elsewhere"),
    [
        ("zh-hans", "11月25日", "11月25日（周三）", "2026年11月25日"),
        ("en", "25 Nov", "Wed 25 Nov", "25 Nov 2026"),
    ],
)
def test_a_day_is_said_as_people_say_it(language, plain, said, elsewhere):
    with translation.override(language):
        assert words.day(DAY, this_year=2026) == plain
        assert words.weekday(DAY, this_year=2026) == said
        assert words.day(DAY, this_year=2027) == elsewhere


def test_a_moment_is_told_on_the_wall_clock_of_shanghai():
    late = dt.datetime(2026, 11, 24, 16, 30, tzinfo=dt.UTC)

    with translation.override("zh-hans"):
        assert words.moment(late, this_year=2026) == "11月25日 00:30"


@pytest.mark.parametrize(
    ("left", "suspended", "zh", "en"),
    [
        (3, False, "剩 3 个工作日", "3 working days left"),
        (1, False, "剩 1 个工作日", "1 working day left"),
        (0, False, "今天到期", "Due today"),
        (-2, False, "超 2 个工作日", "2 working days over"),
        (5, True, "计时中止", "Clock stopped"),
        (None, False, "日期未定", "No date yet"),
    ],
)
def test_time_left_is_said_in_words_and_today_is_not_zero(left, suspended, zh, en):
    with translation.override("zh-hans"):
        assert words.days_left(left, suspended=suspended) == zh
    with translation.override("en"):
        assert words.days_left(left, suspended=suspended) == en


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        (Decimal(30000), "3 万元", "CNY 30,000"),
        (Decimal("5000.50"), "5,000.5 元", "CNY 5,000.5"),
        (Decimal(125000), "12.5 万元", "CNY 125,000"),
        (None, "", ""),
    ],
)
def test_money_is_said_in_the_unit_people_use(yuan, zh, en):
    with translation.override("zh-hans"):
        assert words.money(yuan) == zh
    with translation.override("en"):
        assert words.money(yuan) == (en if yuan is not None else "")


def test_an_identifier_shows_its_end_only():
    assert words.masked("152502199001010012") == "····0012"
    assert words.masked_name("苏砚秋") == "苏**"
