"""Signing in, choosing whom one acts for, and staying on the page when the language changes."""

import datetime as dt

import pytest
from django.test import Client

from processes.records.models import Representation
from tests.forms.conftest import PASSWORD
from workflow.clock.services import move_by

SIGN_IN = "/account/sign-in"


def attempt(client: Client, name: str = "agent", password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"username": name, "password": password, **more})


def test_a_wrong_password_is_said_beside_its_field_and_keeps_the_name(client, league):
    answer = attempt(client, password="falsch")

    assert answer.status_code == 422
    assert 'value="agent"' in answer.text
    assert "用户名和密码对不上" in answer.text


def test_five_wrong_tries_lock_even_for_the_right_password(client, league):
    answers = [attempt(client, password="falsch").status_code for _each in range(5)]

    assert answers[:4] == [422] * 4
    assert attempt(client).status_code == 429


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/my/cases/", "/my/cases/"),
        ("https://elsewhere.example/", "/my/records"),
        ("//elsewhere.example/", "/my/records"),
        ("javascript:alert(1)", "/my/records"),
        ("", "/my/records"),
    ],
)
def test_after_signing_in_one_goes_on_only_within_this_house(client, league, wanted, reached):
    league.published_record()

    answer = attempt(client, next=wanted)

    assert answer.status_code == 302
    assert answer["Location"] == reached


def test_who_may_act_in_several_ways_is_asked(client, league):
    league.published_record()
    league.published_record(
        decision_number="朔市监罚〔2026〕102号",
        decision_number_key="朔市监罚2026102",
        credit_code="91152105MA0NK8H23B",
        counterpart_name="另一公司",
    )

    answer = attempt(client)

    assert answer["Location"] == "/account/act-for"
    page = client.get("/account/act-for").text
    assert "另一公司" in page
    assert "朔原盟青岭食品有限公司" in page


def test_an_authorisation_that_has_ended_is_shown_and_cannot_be_chosen(client, league):
    league.published_record()
    given = Representation.objects.get()
    given.until = dt.date(2026, 11, 1)
    given.save()
    attempt(client)

    page = client.get("/account/act-for")
    chosen = client.post("/account/act-for", {"standing": f"representation:{given.pk}"})

    assert "现在不能选" in page.text
    assert chosen.status_code == 422


def test_an_authorisation_that_ends_while_signed_in_opens_nothing_more(client, league):
    league.published_record()
    Representation.objects.update(until=dt.date(2026, 11, 4))
    attempt(client)
    before = client.get("/my/records").status_code
    move_by(step=dt.timedelta(hours=24))

    after = client.get("/my/records")

    assert (before, after.status_code) == (200, 302)
    assert after["Location"].startswith("/account/act-for")


def test_somebody_elses_authorisation_cannot_be_taken(client, league):
    league.published_record()
    given = Representation.objects.get()
    attempt(client, "desk")

    answer = client.post("/account/act-for", {"standing": f"representation:{given.pk}"})

    assert answer.status_code == 422
    assert client.get("/my/records").status_code == 403


def test_an_applicant_is_kept_from_pages_without_signing_in(client, league):
    answer = client.get("/my/cases/XF-2026-00001/")

    assert answer["Location"] == "/account/sign-in?next=/my/cases/XF-2026-00001/"


def test_the_language_changes_on_the_same_page_and_stays(client, league):
    before = client.get("/search?q=%E9%9D%92%E5%B2%AD")
    switch = "/account/language/en?next=%2Fsearch%3Fq%3D%25E9%259D%2592%25E5%25B2%25AD"

    assert switch in before.text
    assert client.get(switch)["Location"] == "/search?q=%E9%9D%92%E5%B2%AD"
    assert 'lang="en"' in client.get("/").text
    assert "You have three rights" in client.get("/").text


def test_chinese_is_spoken_until_somebody_chooses_whatever_the_browser_wishes(client, league):
    answer = client.get("/", headers={"Accept-Language": "en-US,en;q=0.9"})

    assert "您有三项权利" in answer.text
    assert client.get("/account/language/fr").status_code == 404


def test_signing_out_needs_a_form_and_ends_the_session(signed_in, league):
    league.published_record()
    client = signed_in("agent")

    assert client.get("/account/sign-out").status_code == 405
    client.post("/account/sign-out")
    assert client.get("/my/records").status_code == 302
