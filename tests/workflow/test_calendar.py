"""The calendar holds what was published, with its source, and nothing else."""

import datetime as dt

import chinese_calendar
import pytest

from workflow.calendar import CALENDAR, Calendar, Kind, Year, YearNotLoaded


def test_every_day_agrees_with_the_library_it_came_from():
    day = dt.date(2004, 1, 1)
    while day.year <= 2026:
        assert CALENDAR.is_working(day) is chinese_calendar.is_workday(day), day
        assert CALENDAR.day(day).working is CALENDAR.is_working(day)
        day += dt.timedelta(1)


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        (dt.date(2026, 10, 1), Kind.HOLIDAY, "国庆节"),
        (dt.date(2026, 10, 10), Kind.MAKE_UP, None),
        (dt.date(2026, 10, 11), Kind.REST, None),
        (dt.date(2026, 10, 12), Kind.WEEKDAY, None),
        (dt.date(2015, 9, 3), Kind.HOLIDAY, "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"),
    ],
)
def test_a_day_says_what_it_is(day, kind, name):
    assert (CALENDAR.day(day).kind, CALENDAR.day(day).name) == (kind, name)


def test_a_holiday_names_its_source():
    assert CALENDAR.day(dt.date(2024, 10, 1)).source == "library"
    assert CALENDAR.day(dt.date(2026, 10, 1)).source == (
        "国务院办公厅关于2026年部分节假日安排的通知"
    )


@pytest.mark.parametrize("day", [dt.date(2003, 12, 31), dt.date(2027, 1, 1)])
def test_an_unpublished_year_has_no_answer(day):
    with pytest.raises(YearNotLoaded):
        CALENDAR.is_working(day)
    with pytest.raises(YearNotLoaded):
        CALENDAR.day(day)


def test_no_published_year_is_outside_the_bounds_of_a_provisional_count():
    for year in range(2010, 2027):
        days = [CALENDAR.day(dt.date(year, 1, 1) + dt.timedelta(n)) for n in range(365)]
        assert sum(d.kind is Kind.MAKE_UP for d in days) <= 12
        assert sum(d.kind is Kind.HOLIDAY and d.date.weekday() < 5 for d in days) <= 23


def test_a_new_year_changes_the_version_and_answers():
    year = Year(2027, "测试通知", {dt.date(2027, 1, 1): "元旦"}, frozenset({dt.date(2027, 1, 2)}))
    loaded = CALENDAR.with_year(year)

    assert loaded.version != CALENDAR.version
    assert loaded.is_working(dt.date(2027, 1, 2))
    assert not loaded.is_working(dt.date(2027, 1, 1))
    assert loaded.without_year(2027).version == CALENDAR.version


@pytest.mark.parametrize(
    ("holidays", "make_up"),
    [
        ({dt.date(2026, 1, 1): "元旦"}, []),
        ({}, [dt.date(2027, 1, 1)]),
        ({dt.date(2027, 1, 2): "元旦"}, [dt.date(2027, 1, 2)]),
    ],
    ids=["other-year", "weekday-made-up", "both"],
)
def test_an_impossible_year_is_refused(holidays, make_up):
    with pytest.raises(ValueError, match=r"is not a day of|cannot be"):
        Year(2027, "测试", holidays, frozenset(make_up))


def test_a_calendar_is_never_empty():
    with pytest.raises(ValueError, match="at least one"):
        Calendar([])
