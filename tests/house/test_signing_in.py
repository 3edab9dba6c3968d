"""Guessing passwords is slow, and what is tried does not reach the log."""

import logging

import pytest
from django.urls import reverse
from django.utils.module_loading import import_string

from config.settings import _ARGON
from workflow.offices.models import User

PASSWORD = "right-horse-battery"
LIMIT = 5


@pytest.fixture
def try_to_sign_in(db, client):
    User.objects.create_user("somebody", PASSWORD, display_name="某人")

    def attempt(password, username="somebody"):
        form = {"username": username, "password": password}
        return client.post(reverse("forms:sign-in"), form).status_code

    return attempt


def test_the_right_password_opens(try_to_sign_in):
    assert try_to_sign_in(PASSWORD) == 302


def test_after_too_many_wrong_ones_even_the_right_one_waits(try_to_sign_in):
    answers = [try_to_sign_in("wrong") for _try in range(LIMIT)]
    assert answers[:-1] == [422] * (LIMIT - 1)
    assert try_to_sign_in(PASSWORD) == 429


def test_others_are_not_locked_out_with_them(try_to_sign_in):
    User.objects.create_user("another", PASSWORD, display_name="别人")
    for _try in range(LIMIT):
        try_to_sign_in("wrong")
    assert try_to_sign_in(PASSWORD, username="another") == 302


def test_neither_name_nor_password_is_logged(try_to_sign_in, caplog):
    caplog.set_level(logging.DEBUG)
    for _try in range(LIMIT + 1):
        try_to_sign_in("wrong-secret")
    ours = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert [line for line in ours if "wrong-secret" in line or "somebody" in line] == []


def test_passwords_are_kept_by_argon2():
    assert import_string(_ARGON)().encode(PASSWORD, "some-salt-of-ours").startswith("argon2$")
