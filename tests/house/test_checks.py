"""What the house says of its own machine and settings."""

import pytest
from django.core.checks import run_checks
from django.db import connections

from config import checks, fonts


def ids(messages):
    return {message.id for message in messages}


def test_this_machine_can_set_letters():
    assert checks.letters_can_be_set(None) == []


@pytest.mark.parametrize(
    ("function", "answer", "expected"),
    [
        ("missing_fonts", ("Noto Serif CJK SC",), "xinfu.W001"),
        ("missing_libraries", ("libpango-1.0-0",), "xinfu.E002"),
        ("slow_path", True, "xinfu.W003"),
    ],
)
def test_what_is_missing_is_named_with_its_package(monkeypatch, function, answer, expected):
    monkeypatch.setattr(fonts, function, lambda: answer)
    (message,) = checks.letters_can_be_set(None)
    assert message.id == expected
    assert "apt-get install" in message.hint


def test_a_movable_clock_is_refused_in_production(settings):
    settings.XINFU_CLOCK_MOVABLE = True
    assert "xinfu.E004" in ids(run_checks(include_deployment_checks=True))


def test_a_fixed_clock_is_not(settings):
    settings.XINFU_CLOCK_MOVABLE = False
    assert "xinfu.E004" not in ids(run_checks(include_deployment_checks=True))


@pytest.mark.django_db
def test_the_application_role_passes():
    assert checks.the_application_owns_nothing(None, databases=["default"]) == []


def test_an_owner_is_refused(fresh_database, database_server):
    ours = connections["default"]
    ours.settings_dict.update(USER="xinfu_owner", PASSWORD=database_server.passwords["xinfu_owner"])
    assert ids(checks.the_application_owns_nothing(None, databases=["default"])) == {"xinfu.E007"}
