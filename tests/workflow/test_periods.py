"""When a term ends: by hand, against a second implementation, and at the edges."""

import datetime as dt
import os
import random

import pytest

from tests.workflow.second_deadline import second
from workflow.calc_deadline import answer
from workflow.calendar import CALENDAR
from workflow.jsonl import LineError

CASES = int(os.environ.get("XINFU_DEADLINE_CASES", "2000"))


def ask(start, value, unit, *, roll=False, suspensions=()):
    asked = {"start": start, "value": value, "unit": unit, "roll": roll}
    found = answer({**asked, "suspensions": list(suspensions)})
    found["proof"] = list(found["proof"])
    return found


def due(*args, **kwargs):
    return ask(*args, **kwargs)["due"]


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        ("2026-09-24", "09-30 10-09 10-12 10-15 10-22 10-29"),
        ("2026-04-30", "05-08 05-11 05-13 05-18 05-25 06-01"),
        ("2026-02-13", "02-25 02-27 03-02 03-05 03-12 03-19"),
        ("2026-04-01", "04-07 04-09 04-13 04-16 04-23 04-30"),
    ],
)
def test_working_days_end_as_law_md_computed_by_hand(start, ends):
    found = [due(start, value, "working_day") for value in (3, 5, 7, 10, 15, 20)]

    assert found == [f"2026-{end}" for end in ends.split()]


@pytest.mark.parametrize(
    ("start", "three", "twelve", "thirty_six"),
    [
        ("2025-11-30", "2026-02-28", "2026-11-30", "2028-11-30"),
        ("2026-03-31", "2026-06-30", "2027-03-31", "2029-03-31"),
        ("2026-07-01", "2026-10-01", "2027-07-01", "2029-07-01"),
        ("2024-02-29", "2024-05-29", "2025-02-28", "2027-02-28"),
    ],
)
def test_months_end_on_the_corresponding_day_else_the_last(start, three, twelve, thirty_six):
    assert due(start, 3, "month") == three
    assert due(start, 12, "month") == due(start, 1, "year") == twelve
    assert due(start, 3, "year") == thirty_six


def test_an_end_on_a_holiday_moves_only_where_the_term_rolls():
    assert due("2026-09-15", 20, "day") == "2026-10-05"
    assert due("2026-09-15", 20, "day", roll=True) == "2026-10-08"
    assert due("2025-11-30", 3, "month", roll=True) == "2026-02-28"  # a make-up Saturday


def test_hc_03_a_publication_period_ends_on_its_calendar_day_and_a_limit_for_an_act_rolls():
    assert due("2026-07-01", 3, "month") == "2026-10-01"
    assert due("2026-07-01", 3, "month", roll=True) == "2026-10-08"


def test_the_example_of_the_contract_is_answered_as_written():
    found = ask("2026-09-24", 10, "working_day", suspensions=[["2026-09-28", "2026-10-08"]])

    assert (found["due"], found["provisional"], found["suspended"]) == ("2026-10-20", False, False)
    assert found["proof"][0] == {
        "date": "2026-09-25",
        "counted": False,
        "ground": "holiday",
        "source": "国务院办公厅关于2026年部分节假日安排的通知",
    }


def test_a_proof_lists_every_day_and_counts_as_many_as_the_term():
    found = ask("2026-09-24", 10, "working_day", suspensions=[["2026-09-28", "2026-10-08"]])
    days = [dt.date.fromisoformat(each["date"]) for each in found["proof"]]

    assert days == [dt.date(2026, 9, 25) + dt.timedelta(n) for n in range(26)]
    assert sum(each["counted"] for each in found["proof"]) == 10
    assert {each["ground"] for each in found["proof"]} == {
        "holiday", "suspended", "weekday", "make_up", "rest",
    }  # fmt: skip
    assert found["proof"][3]["source"] == "suspensions.0"


def test_a_proof_shows_why_the_end_moved():
    found = ask("2026-09-15", 20, "day", roll=True)["proof"]

    assert sum(each["counted"] for each in found) == 20
    assert [(each["date"][-2:], each["ground"]) for each in found[-3:]] == [
        ("06", "holiday"), ("07", "holiday"), ("08", "rolled"),
    ]  # fmt: skip


def test_hc_15_a_count_into_an_unpublished_year_has_bounds_and_no_end():
    found = ask("2026-12-28", 10, "working_day")

    assert found["due"] is None
    assert found["provisional"] is True
    assert (found["earliest"], found["latest"]) == ("2027-01-07", "2027-02-11")
    assert "remaining" not in found


def test_an_end_that_only_rolls_into_an_unpublished_year_is_bounded_by_ten_days():
    found = ask("2026-12-28", 3, "month", roll=True)

    assert (found["earliest"], found["latest"]) == ("2027-03-28", "2027-04-07")
    assert ask("2026-12-28", 3, "month")["due"] == "2027-03-28"


@pytest.mark.parametrize("unit", ["working_day", "day", "month", "year"])
def test_a_term_of_nothing_ends_at_its_start_whatever_interrupts(unit):
    found = ask("2026-10-01", 0, unit, suspensions=[["2026-09-01", None]])

    assert (found["due"], found["suspended"], found["proof"]) == ("2026-10-01", False, [])
    assert due("1990-01-01", 0, unit) == "1990-01-01"
    assert due("2030-01-01", 0, unit) == "2030-01-01"


def test_only_rolling_moves_a_term_of_nothing():
    assert due("2026-10-01", 0, "day", roll=True) == "2026-10-08"
    assert due("2026-10-01", 0, "working_day", roll=True) == "2026-10-01"


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("2026-11-05", {"due": "2026-11-04", "suspended": False}),
        ("2026-11-04", {"due": None, "suspended": True, "remaining": 1}),
        ("2026-11-03", {"due": None, "suspended": True, "remaining": 2}),
        ("2026-10-01", {"due": None, "suspended": True, "remaining": 3}),
    ],
)
def test_an_open_suspension_matters_only_before_the_count_is_complete(first, expected):
    found = ask("2026-10-30", 3, "working_day", suspensions=[[first, None]])

    assert {key: found[key] for key in expected} == expected
    assert ("remaining" in found) is ("remaining" in expected)


def test_what_remains_of_months_is_said_in_calendar_days():
    found = ask("2026-10-01", 1, "month", suspensions=[["2026-10-11", None]])

    assert found["remaining"] == 22


def test_a_suspension_after_the_unknown_year_begins_leaves_the_answer_provisional():
    found = ask("2026-12-28", 10, "working_day", suspensions=[["2027-01-05", None]])

    assert (found["provisional"], found["due"], "remaining" in found) == (True, None, False)
    before = ask("2026-12-28", 10, "working_day", suspensions=[["2027-01-01", None]])
    assert (before["suspended"], before["remaining"], before["provisional"]) == (True, 7, False)


def test_suspended_days_need_no_calendar():
    spans = [["2026-12-31", "2028-01-01"]]

    assert ask("2026-12-28", 2, "working_day", suspensions=spans)["due"] == "2026-12-30"
    assert ask("2003-06-01", 1, "working_day", suspensions=[["2003-06-02", "2004-01-02"]])["due"]


def test_rolling_does_not_look_at_suspended_days():
    spans = [["2026-10-06", "2026-12-01"]]

    assert due("2026-09-15", 20, "day", roll=True, suspensions=spans) == "2026-10-08"


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"start": None}, "start", "missing"),
        ({"start": "2026-9-24"}, "start", "date"),
        ({"start": "2026-02-30"}, "start", "date"),
        ({"start": "２026-02-03"}, "start", "date"),
        ({"start": 20260203}, "start", "type"),
        ({"start": "2003-12-30"}, "start", "range"),
        ({"value": None}, "value", "missing"),
        ({"value": True}, "value", "type"),
        ({"value": 10.0}, "value", "type"),
        ({"value": -1}, "value", "range"),
        ({"value": 10**30}, "value", "range"),
        ({"value": 8000, "unit": "year"}, "value", "range"),
        ({"unit": None}, "unit", "missing"),
        ({"unit": "week"}, "unit", "unknown"),
        ({"unit": 1}, "unit", "type"),
        ({"roll": 1}, "roll", "type"),
        ({"suspensions": {}}, "suspensions", "type"),
        ({"suspensions": [["2026-10-01"]]}, "suspensions.0", "type"),
        ({"suspensions": [[None, None]]}, "suspensions.0.0", "missing"),
        ({"suspensions": [["2026-10-01", "x"]]}, "suspensions.0.1", "date"),
        ({"suspensions": [["2026-10-02", "2026-10-01"]]}, "suspensions.0.1", "order"),
        (
            {"suspensions": [["2026-10-02", "2026-10-05"], ["2026-10-04", None]]},
            "suspensions.1",
            "overlap",
        ),
        (
            {"suspensions": [["2026-10-02", None], ["2026-12-04", "2026-12-05"]]},
            "suspensions.1",
            "overlap",
        ),
    ],
)
def test_what_is_wrong_is_named_by_field_and_code(change, field, code):
    asked = {"start": "2026-09-24", "value": 10, "unit": "working_day", **change}

    with pytest.raises(LineError) as refused:
        answer(asked)

    assert (refused.value.field, refused.value.code) == (field, code)


def test_touching_and_empty_suspensions_are_accepted():
    spans = [
        ["2026-10-12", "2026-10-14"], ["2026-10-14", "2026-10-15"],
        ["2026-10-13", "2026-10-13"], ["2026-10-09", "2026-10-09"],
    ]  # fmt: skip

    assert due("2026-10-08", 3, "working_day", suspensions=spans) == "2026-10-15"


def test_the_last_day_of_all_can_be_reached_and_not_passed():
    assert due("9999-12-01", 30, "day") == "9999-12-31"
    with pytest.raises(LineError, match="9999"):
        answer({"start": "9999-12-01", "value": 31, "unit": "day"})
    with pytest.raises(LineError, match="9999"):
        answer({"start": "9999-12-20", "value": 5, "unit": "day", "roll": True})


def test_a_very_long_term_is_bounded_in_no_time():
    found = answer({"start": "2026-01-01", "value": 1_500_000, "unit": "working_day"})

    assert found["earliest"] < found["latest"]


def random_case(rng):
    start = dt.date(2002, 6, 1) + dt.timedelta(rng.randrange(365 * 25))
    unit = rng.choice(["working_day", "working_day", "day", "month", "year"])
    most = {"working_day": 60, "day": 90, "month": 14, "year": 3}[unit]
    spans, day = [], start - dt.timedelta(rng.randrange(40))
    for _ in range(rng.randrange(4)):
        day += dt.timedelta(rng.randrange(1, 40))
        length = rng.choice([0, 1, 5, 20, 200])
        spans.append([day.isoformat(), (day + dt.timedelta(length)).isoformat()])
        day += dt.timedelta(length)
    if rng.random() < 0.25:
        spans.append([(day + dt.timedelta(rng.randrange(60))).isoformat(), None])
    rng.shuffle(spans)
    return {
        "start": start.isoformat(),
        "value": rng.choice([0, 1, 2, rng.randrange(most), rng.randrange(most)]),
        "unit": unit,
        "roll": rng.random() < 0.5,
        "suspensions": spans,
    }


def ours(case):
    try:
        found = answer(case)
    except LineError as error:
        return {"error": (error.field, error.code)}
    proof = list(found.pop("proof"))
    if found["due"] and proof:
        assert proof[-1]["date"] == found["due"]
    assert found.pop("calendar") == CALENDAR.version
    return found


def test_a_second_implementation_agrees_on_random_cases():
    rng = random.Random(20261120)
    for _ in range(CASES):
        case = random_case(rng)
        assert ours(case) == second(case), case
