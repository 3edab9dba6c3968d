"""Parts say in words what they show in shapes."""

import datetime as dt

import pytest

from forms.parts import Due, Step, Term, steps_now

TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("due", "marks"),
    [
        (Due(TODAY, 3, total=5, used=2), ["u", "u", "", "", ""]),
        (Due(TODAY, 3, total=5, used=2, held=1), ["u", "u", "h", "", "", ""]),
        (Due(TODAY, -2, total=3, used=9), ["u", "u", "u", "o", "o"]),
        (Due(TODAY, 3, total=21, used=2), []),
        (Due(TODAY, 3), []),
    ],
)
def test_one_mark_stands_for_one_working_day(due: Due, marks: list[str]):
    assert due.pips() == marks


def test_a_date_without_a_calendar_is_an_interval():
    due = Due(None, None, earliest=dt.date(2027, 1, 4), latest=dt.date(2027, 1, 20))

    assert due.provisional
    assert due.tone == "mute"


def test_a_term_puts_days_where_they_belong():
    start, end = dt.date(2026, 1, 1), dt.date(2026, 4, 11)
    term = Term(start, opens=dt.date(2026, 1, 26), end=end, today=dt.date(2026, 2, 20))

    assert (term.x_open, term.open_width, term.x_now) == (25.0, 75.0, 50.0)


@pytest.mark.parametrize(("today", "place"), [(dt.date(2025, 1, 1), 0), (dt.date(2030, 1, 1), 100)])
def test_a_day_outside_a_term_stays_on_the_bar(today, place):
    term = Term(dt.date(2026, 1, 1), None, dt.date(2026, 4, 11), today)

    assert term.x_now == place


def test_the_step_a_case_is_at_is_named(settings):
    settings.LANGUAGE_CODE = "en"
    steps = [Step("甲", state="done"), Step("乙", state="now"), Step("丙")]

    assert "乙" in steps_now(steps)
    assert "2" in steps_now(steps)
