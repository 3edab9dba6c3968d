"""The ledger: what interrupts, prolongs and ends a limit, and what the database refuses."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from workflow.calendar import CALENDAR, Year
from workflow.deadlines import ledger, registry, services
from workflow.deadlines.models import Deadline, Suspension
from workflow.errors import NotPossible
from workflow.law import NoFigure

AT = dt.datetime(2026, 9, 24, 2, 0, tzinfo=dt.UTC)
OBJECT = uuid.UUID(int=7)
WHOSE = {"object_table": "t_item", "object_id": OBJECT}
NAMED = {**WHOSE, "kind": "result"}


def opened(provision="G22.result.applicant", start_on=dt.date(2026, 9, 24), **more):
    return services.open_deadline(
        **{**NAMED, **more},
        case_table="t_case",
        case_id=uuid.UUID(int=8),
        case_number="朔修2026-1",
        provision=provision,
        start_on=start_on,
        at=AT,
    )


def day(month, number, year=2026):
    return dt.date(year, month, number)


def test_a_limit_takes_its_length_from_the_provision_in_force(db):
    found = opened()

    assert (found.budget, found.unit, found.due_on) == (10, "working_day", day(10, 15))
    assert (found.state, found.provision_version) == ("running", "2025-06-22")
    assert found.calendar_version == CALENDAR.version


def test_a_provision_without_a_figure_opens_nothing(db):
    with pytest.raises(NoFigure):
        opened("G22.extend")


def test_a_limit_in_calendar_days_rolls_and_one_in_working_days_cannot(db):
    assert opened("FINE.pay", day(9, 16)).due_on == day(10, 8)
    assert opened("OFFICE.removal", kind="remove").roll is False


def test_a_suspension_stops_the_count_until_it_resumes(db):
    opened()
    stopped = services.suspend(**NAMED, first_day=day(9, 28), ground="补正", at=AT)

    assert (stopped.state, stopped.due_on, stopped.remaining) == ("suspended", None, 10)
    assert stopped.next_rung_on is None
    services.suspend(**NAMED, first_day=day(9, 29), ground="补正", at=AT)
    resumed = services.resume(**NAMED, first_day=day(10, 8), at=AT)
    assert (resumed.state, resumed.due_on, resumed.remaining) == ("running", day(10, 20), None)
    assert Suspension.objects.count() == 1


def test_a_limit_that_stood_still_twice_is_counted_with_both(db):
    opened()
    for first, again in ((day(9, 28), day(9, 29)), (day(9, 28), day(9, 30))):
        services.suspend(**NAMED, first_day=first, ground="补正", at=AT)
        services.resume(**NAMED, first_day=again, at=AT)

    assert Deadline.objects.get().due_on == day(10, 17) + dt.timedelta(2)


def test_what_is_not_there_is_not_interrupted_and_not_ended(db):
    assert services.suspend(**NAMED, first_day=day(9, 28), ground="x", at=AT) is None
    assert services.resume(**NAMED, first_day=day(9, 28), at=AT) is None
    assert services.meet(**NAMED, at=AT) is None
    assert services.cancel_all(**WHOSE, at=AT) == 0


@pytest.mark.parametrize(("end", "state"), [("meet", "met"), ("cancel", "cancelled"),
                                            ("miss", "missed")])  # fmt: skip
def test_an_ended_limit_is_silent(db, end, state):
    opened()
    getattr(services, end)(**NAMED, at=AT)

    over = Deadline.objects.get()
    assert (over.state, over.ended_at, over.next_rung_on) == (state, AT, None)
    assert opened().pk != over.pk


def test_a_limit_is_extended_once_within_its_bound(db):
    opened()
    asked = {**NAMED, "ground": "案情复杂", "at": AT}
    with pytest.raises(NotPossible, match="between"):
        services.extend(**asked, added=6, most=5)
    assert services.extend(**asked, added=5, most=5).due_on == day(10, 22)
    with pytest.raises(NotPossible, match="once"):
        services.extend(**asked, added=1, most=5)


def test_a_limit_into_an_unpublished_year_is_provisional_until_the_notice_comes(db, monkeypatch):
    found = opened(start_on=day(12, 28))
    assert (found.state, found.due_on) == ("provisional", None)
    assert (found.earliest, found.latest) == (day(1, 7, 2027), day(2, 11, 2027))

    notice = Year(2027, "测试通知", {day(1, 1, 2027): "元旦"}, frozenset())
    monkeypatch.setattr(registry, "calendar", lambda: CALENDAR.with_year(notice))
    (moved,) = services.recount_all()
    assert (moved.state, moved.due_on) == ("running", day(1, 12, 2027))
    assert services.recount_all() == []


@pytest.mark.parametrize(
    ("on", "left"),
    [(day(10, 15), 0), (day(10, 14), 1), (day(10, 9), 5), (day(9, 30), 7), (day(10, 16), -1)],
)
def test_working_days_left_leave_out_today(db, on, left):
    assert ledger.working_days_left(opened(), on) == left


def test_on_a_friday_next_wednesday_is_three_days_away(db):
    found = opened("OFFICE.removal", day(11, 13))

    assert found.due_on == day(11, 18)
    assert ledger.working_days_left(found, day(11, 13)) == 3


def test_the_proof_follows_from_the_stored_facts(db):
    opened()
    services.suspend(**NAMED, first_day=day(9, 28), ground="补正", at=AT)
    services.resume(**NAMED, first_day=day(10, 8), at=AT)
    days = list(ledger.proof(Deadline.objects.get()))

    assert days[-1].date == day(10, 20)
    assert sum(each.counted for each in days) == 10
    assert {each.ground for each in days} >= {"suspended", "holiday", "make_up"}


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "running", "due_on": None},
        {"state": "met"},
        {"state": "odd"},
        {"state": "suspended"},
        {"state": "provisional"},
        {"due_on": day(9, 23)},
        {"ended_at": AT},
        {"effect": "odd"},
        {"unit": "week"},
    ],
    ids=str,
)
def test_the_database_refuses_a_limit_that_cannot_be(db, changes):
    opened()

    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.update(**changes)


def test_an_object_has_one_open_limit_of_a_kind(db):
    opened()

    with pytest.raises(IntegrityError), transaction.atomic():
        opened()
