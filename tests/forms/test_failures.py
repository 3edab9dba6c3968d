"""Refusals are answered once, in words, with what was typed, and noted where they must be."""

import pytest
from django.test import RequestFactory
from django_fsm import TransitionNotAllowed

from forms import failures
from forms.middleware import REFUSALS, RefusalMiddleware
from workflow.access.models import AccessLog
from workflow.errors import BadInput, NotAllowed, NotPossible, Stale


def refused(error: Exception, **posted: str):
    request = RequestFactory().post("/my/cases/XF-1/withdraw", posted)
    request.user = type("Nobody", (), {"is_authenticated": False})()
    request.resolver_match = None
    return RefusalMiddleware(lambda _request: None).process_exception(request, error)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotAllowed("不是您的案件"), 403),
        (BadInput("缺日期", field="day"), 400),
        (NotPossible("已经办结"), 409),
        (Stale("程一鸣刚改过"), 409),
        (TransitionNotAllowed("x"), 409),
    ],
)
def test_each_refusal_has_its_page_and_its_reason(error, status):
    answer = refused(error)

    assert answer.status_code == status
    if not isinstance(error, TransitionNotAllowed):
        assert str(error) in answer.content.decode()


def test_a_fault_is_no_refusal():
    assert refused(ValueError("ours")) is None


def test_a_more_special_refusal_is_not_hidden_behind_a_general_one():
    kinds = list(REFUSALS)

    for place, kind in enumerate(kinds):
        assert not any(issubclass(kind, earlier) for earlier in kinds[:place])


@pytest.mark.django_db
def test_what_was_typed_is_given_back_but_never_a_password():
    page = refused(NotPossible("晚了"), note="罚款已缴清，请补看照片", password="geheim-geheim")

    assert "罚款已缴清，请补看照片" in page.content.decode()
    assert "geheim" not in page.content.decode()


@pytest.mark.django_db
def test_a_refused_visit_is_noted_in_the_access_log(league, signed_in):
    signed_in("desk").get("/my/records")

    noted = AccessLog.objects.get()
    assert (noted.user_id, noted.action, noted.allowed) == (
        league.users["desk"].pk,
        "records",
        False,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/no-such-page", "/published/not-a-key"])
def test_what_is_not_there_is_answered_in_words(client, address):
    answer = client.get(address)

    assert answer.status_code == 404
    assert "没有找到这一页" in answer.text


@pytest.mark.django_db
def test_a_form_address_that_is_just_opened_is_no_dead_end(client):
    answer = client.get("/account/sign-out")

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "<h1>" in answer.text


def test_the_page_of_a_fault_asks_nothing_of_database_or_session():
    answer = failures.page_500(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "系统出错了" in answer.content.decode()


@pytest.mark.django_db
def test_the_browser_is_given_the_page_for_when_the_network_is_down(client):
    script = client.get("/sw.js")

    assert script["Content-Type"].startswith("text/javascript")
    assert '"/offline"' in script.text
    assert "网络断了" in client.get("/offline").text


@pytest.mark.django_db
def test_who_was_signed_out_meanwhile_gets_back_what_was_typed(client):
    answer = client.post(
        "/my/cases/XF-2026-00001/supplement",
        {"note": "已补交缴款凭证，请查收", "password": "geheim-geheim"},
        headers={"Referer": "http://testserver/my/cases/XF-2026-00001/supplement"},
    )

    assert answer.status_code == 401
    assert "已补交缴款凭证，请查收" in answer.text
    assert "geheim" not in answer.text
    assert "/account/sign-in?next=%2Fmy%2Fcases%2FXF-2026-00001%2Fsupplement" in answer.text


@pytest.mark.django_db
def test_a_form_that_is_too_old_gives_back_what_was_typed(client):
    client.handler.enforce_csrf_checks = True

    answer = client.post("/my/cases/XF-2026-00001/supplement", {"note": "写了很久的说明"})

    assert answer.status_code == 403
    assert "写了很久的说明" in answer.text
