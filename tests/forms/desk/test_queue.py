"""The queue shows what waits, for whom and until when, and gives one task to one person."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from processes.repair import services as repair
from tests.forms.desk.cases import two_records
from tests.world import lines_of
from workflow.engine.models import WorkItem
from workflow.offices.models import Capacity

pytestmark = pytest.mark.django_db
QUEUE = "/desk/queue"


def shown(client, **query: str) -> list[str]:
    page = client.get(QUEUE, query)
    assert page.status_code == 200
    return [row.item.case_number for group in page.context["groups"] for row in group.rows]


def rows(client, **query: str) -> list:
    page = client.get(QUEUE, query)
    return [row for group in page.context["groups"] for row in group.rows]


def second_case(world, number: int):
    """Another application, of another subject."""
    codes = {1: "91150105MA0N2XGY7C", 2: "91150100MA0MYP5T2R", 3: "91150102MA0N7Q6H5U"}
    world.record = None
    world.published_record(
        decision_number=f"朔市监罚〔2026〕{200 + number}号",
        decision_number_key=f"朔市监罚2026{200 + number}",
        counterpart_name=f"朔原盟第{number}有限公司",
        credit_code=codes[number],
    )
    return world.submitted()


def test_a_desk_sees_its_own_work_and_a_unit_that_it_waits_elsewhere(world, sign_in):
    case = world.submitted()
    desk, unit = rows(sign_in("desk")), rows(sign_in("verifier"))

    assert [(r.item.case_number, r.is_me) for r in desk] == [(case.number, True)]
    assert [(r.item.case_number, r.is_me, r.can_claim) for r in unit] == [
        (case.number, False, False)
    ]
    assert shown(sign_in("verifier"), view="free") == []


def test_the_rest_of_the_day_is_not_counted_as_a_working_day_left(world, sign_in):
    world.submitted()  # on Monday; three working days: Tuesday, Wednesday, Thursday
    row = rows(sign_in("desk"))[0]

    assert (row.due.left, row.due.on, row.tone) == (3, dt.date(2026, 11, 5), "soon")


def test_a_task_goes_to_one_person_and_can_be_handed_back(world, sign_in):
    world.submitted()
    task = WorkItem.objects.get(node="accept", standing="open")
    first, second = sign_in("desk"), sign_in("second-desk")
    claim, release = (
        reverse("forms:work-claim", args=[task.pk]),
        reverse("forms:work-release", args=[task.pk]),
    )

    assert first.post(claim).status_code == 302
    taken = second.post(claim)
    assert taken.status_code == 409
    assert world.users["desk"].display_name in taken.content.decode()
    assert second.post(release).status_code == 403
    assert first.post(release).status_code == 302
    assert second.post(claim).status_code == 302
    task.refresh_from_db()
    assert task.owner == world.users["second-desk"]


def test_a_case_of_several_records_is_one_row_and_taken_whole(world, sign_in):
    case = two_records(world)
    desk = sign_in("desk")

    assert shown(desk) == [case.number]
    desk.post(reverse("forms:queue-next"))
    owners = WorkItem.objects.filter(node="accept", case_id=case.pk)
    assert {task.owner for task in owners} == {world.users["desk"]}
    assert owners.count() == 2
    assert shown(desk, view="mine") == [case.number]


def test_take_the_next_opens_the_most_urgent_task(world, sign_in):
    case = world.submitted()
    answer = sign_in("desk").post(reverse("forms:queue-next"))

    assert answer.headers["Location"] == reverse("forms:desk-case", args=[case.number])


def test_nothing_left_to_take_is_said_and_is_no_error(world, sign_in):
    answer = sign_in("desk").post(reverse("forms:queue-next"), follow=True)

    assert "Nothing is left to take" in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    ["XF-2026-00001", "青岭食品", "91110000600037341", "〔2026〕101"],
    ids=["number", "name", "code", "decision"],
)
def test_work_is_found_by_number_name_code_and_decision(world, sign_in, asked):
    case = world.submitted()
    second_case(world, 1)

    assert shown(sign_in("desk"), q=asked) == [case.number]


def test_each_capacity_one_holds_brings_its_work_and_can_be_looked_at_alone(world, sign_in):
    world.approved()
    Capacity.objects.create(
        user=world.users["desk"],
        department=world.desk_office,
        role="sitekeeper",
        since=dt.date(2026, 1, 1),
    )
    second_case(world, 1)
    desk = sign_in("desk")

    assert {row.item.node for row in rows(desk, view="free")} == {"accept", "remove"}
    assert {row.item.node for row in rows(desk, view="free", role="sitekeeper")} == {"remove"}


def test_the_proposer_is_not_offered_the_decision(world, sign_in):
    world.proposed()
    Capacity.objects.create(
        user=world.users["verifier"],
        department=world.unit,
        role="approver",
        since=dt.date(2026, 1, 1),
    )
    row = next(r for r in rows(sign_in("verifier")) if r.item.node == "approve")

    assert (row.can_claim, row.is_me) == (False, False)
    assert "you prepared it" in row.waits


def test_while_a_supplement_is_awaited_the_clock_of_the_desk_stands(world, sign_in):
    case = world.submitted()
    repair.request_supplement(
        case_id=case.pk,
        missing=[{"item": "整改报告", "how": "上传"}],
        actor=world["desk"],
        at=world.after(hours=1),
    )
    (row,) = rows(sign_in("desk"))

    assert (row.tone, row.waits) == ("hold", "Waits for the applicant")


def test_a_screen_goes_on_where_the_last_one_ended(world, sign_in, monkeypatch):
    numbers = {world.submitted().number, second_case(world, 1).number, second_case(world, 2).number}
    monkeypatch.setattr("workflow.engine.queue.page.__kwdefaults__", {"after": None, "size": 2})
    desk = sign_in("desk")
    first = desk.get(QUEUE)
    second = desk.get(first.context["pager"].next)
    seen = [
        row.item.case_number
        for page in (first, second)
        for group in page.context["groups"]
        for row in group.rows
    ]

    assert (len(seen), set(seen)) == (3, numbers)
    assert second.context["pager"].next == ""
    assert desk.get(second.context["pager"].previous).context["groups"]


def test_more_rows_ask_no_more_of_the_database(world, sign_in):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            sign_in("desk").get(QUEUE)
        return len(found)

    world.submitted()
    few = asked()
    for number in (1, 2, 3):
        second_case(world, number)

    assert asked() == few


def test_single_letters_can_be_switched_off(world, sign_in):
    desk = sign_in("desk")
    assert "data-shortcuts" in desk.get(QUEUE).content.decode()

    desk.post(reverse("forms:shortcuts"), {"enabled": "0"})

    assert "data-shortcuts" not in desk.get(QUEUE).content.decode()


def test_a_command_is_never_done_by_looking(world, sign_in):
    world.submitted()
    task = WorkItem.objects.get(node="accept")

    for name in ("forms:work-claim", "forms:work-release"):
        assert sign_in("desk").get(reverse(name, args=[task.pk])).status_code == 405
    assert sign_in("desk").get(reverse("forms:queue-next")).status_code == 405


def test_an_order_leads_its_keeper_to_the_order_and_others_to_the_tracker(world, sign_in):
    case = world.approved()
    line = next(line for line in lines_of(case) if line.site.code == "credit-china")
    own = next(r for r in rows(sign_in("sitekeeper")) if r.item.object_id == line.pk)
    other = next(r for r in rows(sign_in("verifier")) if r.item.object_id == line.pk)

    assert own.href == reverse("forms:desk-order", args=[line.pk])
    assert other.href == reverse("forms:desk-removal", args=[case.number])


@pytest.mark.parametrize(
    "asked",
    [{"q": "a\x00b"}, {"role": "no\x00ne"}, {"view": "?"}, {"after": "x~y"}, {"came": ",,"}],
    ids=["search", "role", "view", "cursor", "trail"],
)
def test_nonsense_in_the_address_is_no_fault(world, sign_in, asked):
    world.submitted()

    assert sign_in("desk").get(QUEUE, asked).status_code == 200
