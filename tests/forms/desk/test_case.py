"""The working page of a case offers what state, right and rule allow, and nothing typed is lost."""

import datetime as dt

import pytest
from django.urls import reverse

from processes.repair import services as repair
from processes.repair.models import Proof, RepairItem
from tests.forms.desk.cases import of_another_unit, two_records
from workflow.access.models import AccessLog
from workflow.deadlines.models import Deadline
from workflow.documents.models import Letter
from workflow.engine.models import WorkItem
from workflow.offices.models import Capacity

pytestmark = pytest.mark.django_db


def address(case) -> str:
    return reverse("forms:desk-case", args=[case.number])


def send(client, case, **fields: str):
    """Send the form of the page as it was shown."""
    page = client.get(address(case))
    stage = page.context["stage"]
    data = {"seen": page.context["seen"], **fields}
    return client.post(f"{address(case)}?stage={stage.node}", data)


def state(case) -> str:
    return RepairItem.objects.get(case=case).state


def test_the_desk_accepts_and_the_unit_has_it_the_same_day(world, sign_in):
    case = world.submitted()
    answer = send(sign_in("desk"), case, act="accept")

    assert answer.status_code == 302
    assert state(case) == "verifying"
    assert Letter.objects.filter(template="repair-acceptance").exists()


def test_nothing_is_preselected(world, sign_in):
    page = sign_in("desk").get(address(world.submitted()))

    assert [choice.chosen for choice in page.context["choices"]] == [False, False, False]
    assert 'name="act" value="accept" checked' not in page.content.decode()


def test_deciding_nothing_is_told_at_the_bar(world, sign_in):
    case = world.submitted()
    answer = send(sign_in("desk"), case)

    assert answer.status_code == 422
    assert "Choose what you decide" in answer.content.decode()
    assert state(case) == "submitted"


def test_a_supplement_asks_for_everything_at_once_and_only_once(world, sign_in):
    case = world.submitted()
    desk = sign_in("desk")
    fields = {"act": "supplement", "item_1": "整改报告", "how_1": "上传", "item_2": "凭证"}
    half = send(desk, case, **fields)

    assert half.status_code == 422
    assert "Say how it can be supplied." in half.content.decode()
    assert 'value="整改报告"' in half.content.decode()
    assert send(desk, case, **fields, how_2="银行盖章").status_code == 302
    item = RepairItem.objects.get(case=case)
    assert [each["item"] for each in item.supplement_wanted] == ["整改报告", "凭证"]
    assert item.state == "supplement_requested"


def test_a_second_supplement_is_shown_disabled_with_its_reason(world, sign_in):
    case = world.submitted()
    repair.request_supplement(
        case_id=case.pk,
        missing=[{"item": "整改报告", "how": "上传"}],
        actor=world["desk"],
        at=world.after(hours=1),
    )
    repair.give_supplement(
        case_id=case.pk, note="已补齐。", actor=world["agent"], at=world.after(hours=2)
    )
    page = sign_in("desk").get(address(case))
    choice = next(c for c in page.context["choices"] if c.value == "supplement")

    assert choice.disabled
    assert "only once" in choice.hint
    assert choice.hint in page.content.decode()
    assert "已补齐。" in page.content.decode()


def test_not_accepting_needs_reasons_and_keeps_what_was_typed(world, sign_in):
    case = world.submitted()
    desk = sign_in("desk")
    bare = send(desk, case, act="not_accept", next_steps="向税务机关申请")

    assert bare.status_code == 422
    assert "向税务机关申请" in bare.content.decode()
    assert send(desk, case, act="not_accept", reasons="不属于本机关\n主体不符").status_code == 302
    letter = Letter.objects.get(template="repair-not-accepted")
    assert [each["text"] for each in letter.snapshot["reasons"]] == ["不属于本机关", "主体不符"]


def test_a_page_that_is_no_longer_true_is_answered_with_what_changed(world, sign_in):
    case = world.submitted()
    first, second = sign_in("desk"), sign_in("second-desk")
    page = first.get(address(case))
    send(second, case, act="accept")
    answer = first.post(
        f"{address(case)}?stage=accept",
        {"seen": page.context["seen"], "act": "not_accept", "reasons": "材料不属于受理范围"},
    )
    words = answer.content.decode()

    assert answer.status_code == 409
    assert "Application accepted" in words
    assert world.users["second-desk"].display_name in words
    assert "材料不属于受理范围" in words
    assert address(case) in words
    assert state(case) == "verifying"


def test_the_rule_that_forbids_approval_is_told_in_words(world, sign_in):
    case = world.accepted(duties_complete=False)
    page = sign_in("verifier").get(address(case))
    approve, refuse = page.context["choices"]

    assert approve.disabled
    assert not refuse.disabled
    assert approve.hint.count("not all duties are performed") == 1
    answer = send(sign_in("verifier"), case, act="approve", reasons="已核实")
    assert answer.status_code == 409
    assert state(case) == "verifying"


def test_every_condition_on_every_site_names_its_provision(world, sign_in):
    page = sign_in("verifier").get(address(world.accepted()))
    (row,) = page.context["items"]

    assert {trace.rule_set for trace in row["traces"]} == {"CC-2026", "SAMR-2025"}
    for trace in row["traces"]:
        assert len(trace.conditions) == 6
        assert all(condition.provision for condition in trace.conditions)
        assert not any(c.article and c.unconfirmed for c in trace.conditions)
    assert "parameter, to be confirmed" in page.content.decode()


def test_whoever_proposed_sees_why_they_may_not_decide(world, sign_in):
    case = world.proposed()
    Capacity.objects.create(
        user=world.users["verifier"],
        department=world.unit,
        role="approver",
        since=dt.date(2026, 1, 1),
    )
    verifier = sign_in("verifier")
    page = verifier.get(address(case))

    assert "someone else has to decide" in page.context["obstacle"]
    assert 'name="act"' not in page.content.decode()
    assert not page.context["four"].who.is_you
    assert send(verifier, case, act="agree").status_code == 403
    assert state(case) == "proposed"


def test_somebody_else_decides_and_the_orders_go_out(world, sign_in):
    case = world.proposed()
    answer = send(sign_in("approver"), case, act="agree")

    assert answer.status_code == 302
    assert state(case) == "removing"


def test_sending_back_needs_its_reasons(world, sign_in):
    case = world.proposed()
    approver = sign_in("approver")

    assert send(approver, case, act="send_back").status_code == 422
    assert send(approver, case, act="send_back", reasons="缺缴款凭证").status_code == 302
    assert state(case) == "verifying"


def test_a_task_somebody_took_names_them(world, sign_in):
    case = world.submitted()
    task = WorkItem.objects.get(node="accept")
    sign_in("second-desk").post(reverse("forms:work-claim", args=[task.pk]))
    page = sign_in("desk").get(address(case))

    assert world.users["second-desk"].display_name in page.context["obstacle"]


def test_history_names_the_official_the_capacity_and_the_basis(world, sign_in):
    page = sign_in("desk").get(address(world.accepted()))
    told = next(h for h in page.context["happenings"] if h.words == "Application accepted")

    assert world.users["desk"].display_name in told.who
    assert world.desk_office.name in told.who
    assert told.basis


def test_looking_is_noted_and_so_is_being_turned_away(world, sign_in):
    case = world.submitted()
    seen = sign_in("desk").get(address(case))
    refused = sign_in("sitekeeper").get(address(case))

    assert (seen.status_code, refused.status_code) == (200, 403)
    noted = AccessLog.objects.filter(object_id=case.pk).order_by("pk")
    assert [(n.user_id, n.allowed) for n in noted] == [
        (world.users["desk"].pk, True),
        (world.users["sitekeeper"].pk, False),
    ]
    assert case.subject.name not in refused.content.decode()


def test_a_draft_is_nobodys_but_its_applicants(world, sign_in):
    assert sign_in("desk").get(address(world.draft())).status_code == 404


def test_an_applicant_is_sent_to_choose_another_standing(world, sign_in, client):
    case = world.submitted()
    client.force_login(world.users["agent"], backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(address(case)).status_code == 302


def test_proof_stands_beside_the_form_as_a_picture_of_its_page(world, sign_in):
    case = world.submitted()
    desk = sign_in("desk")
    viewer = desk.get(address(case)).context["viewer"]
    picture = desk.get(viewer.picture)

    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert desk.get(viewer.original)["Content-Type"] == "application/pdf"
    assert sign_in("sitekeeper").get(viewer.original).status_code == 403
    proof = Proof.objects.get(case=case)
    beyond = reverse("forms:desk-proof-page", args=[case.number, proof.pk, 2])
    assert desk.get(beyond).status_code == 404


def test_a_limit_is_proved_day_by_day(world, sign_in):
    case = world.submitted()
    limit = Deadline.objects.get(case_id=case.pk, kind="accept")
    page = sign_in("desk").get(reverse("forms:desk-deadline", args=[limit.pk]))

    assert [(day.on.day, day.number) for day in page.context["days"]] == [(3, 1), (4, 2), (5, 3)]
    other = reverse("forms:desk-deadline", args=[limit.pk])
    assert sign_in("sitekeeper").get(other).status_code == 403


def test_the_page_of_a_finished_case_offers_nothing(world, sign_in):
    page = sign_in("desk").get(address(world.completed()))

    assert page.context["stage"] is None
    assert 'class="decide"' not in page.content.decode()


def test_what_a_decision_found_stays_to_be_read_when_nothing_is_published_any_more(world, sign_in):
    page = sign_in("desk").get(address(world.completed()))
    (row,) = page.context["items"]

    assert {trace.rule_set for trace in row["traces"]} == {"CC-2026", "SAMR-2025"}
    for trace in row["traces"]:
        assert [condition.state for condition in trace.conditions] == ["met"] * 6


def test_a_unit_sees_its_own_records_of_an_application_and_the_desk_all(world, sign_in):
    case = two_records(world, of_another_unit(world, "other-unit"))

    def numbers(name: str) -> set[str]:
        rows = sign_in(name).get(address(case)).context["items"]
        return {row["item"].record.decision_number for row in rows}

    assert numbers("desk") == {"朔市监罚〔2026〕101号", "朔交罚〔2026〕33号"}
    assert numbers("verifier") == {"朔市监罚〔2026〕101号"}
    assert numbers("other-unit") == {"朔交罚〔2026〕33号"}


def test_each_unit_proposes_for_its_own_records_only(world, sign_in):
    case = two_records(world, of_another_unit(world, "other-unit"))
    send(sign_in("desk"), case, act="accept")
    send(sign_in("other-unit"), case, act="approve", reasons="已核实")
    states = case.items.values_list("record__decision_number", "state")

    assert dict(states) == {
        "朔市监罚〔2026〕101号": "verifying",
        "朔交罚〔2026〕33号": "proposed",
    }
