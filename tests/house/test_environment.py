"""A missing or malformed variable is named, with what it should hold."""

import pytest

from config import env


def test_a_missing_variable_is_named_with_its_meaning(monkeypatch):
    monkeypatch.delenv("XINFU_EXAMPLE", raising=False)
    with pytest.raises(env.MissingSetting, match="Set XINFU_EXAMPLE to a colour"):
        env.text("XINFU_EXAMPLE", meaning="a colour")


@pytest.mark.parametrize(
    ("value", "means"), [("1", True), ("on", True), ("0", False), ("No", False)]
)
def test_a_switch_is_read(monkeypatch, value, means):
    monkeypatch.setenv("XINFU_EXAMPLE", value)
    assert env.flag("XINFU_EXAMPLE", default=not means) is means


@pytest.mark.parametrize(
    ("read", "value"),
    [
        pytest.param(lambda: env.flag("XINFU_EXAMPLE", default=True), "perhaps", id="switch"),
        pytest.param(lambda: env.number("XINFU_EXAMPLE", 1), "-3", id="negative"),
        pytest.param(lambda: env.number("XINFU_EXAMPLE", 1), "１", id="full-width"),
        pytest.param(lambda: env.number("XINFU_EXAMPLE", 5, least=2), "1", id="too-small"),
        pytest.param(lambda: env.database("XINFU_EXAMPLE"), "sqlite:///x", id="no-postgresql"),
        pytest.param(lambda: env.database("XINFU_EXAMPLE"), "postgresql://host/", id="no-database"),
        pytest.param(lambda: env.database("XINFU_EXAMPLE"), "postgresql://host/x", id="no-user"),
    ],
)
def test_a_malformed_variable_is_named(monkeypatch, read, value):
    monkeypatch.setenv("XINFU_EXAMPLE", value)
    with pytest.raises(env.BadSetting, match="Set XINFU_EXAMPLE to"):
        read()


def test_a_database_url_is_taken_apart():
    url = "postgresql://us%40er:pa%2Fss@/name?host=/run/x&sslmode=require"
    assert env.parse_database(url, name="X") == {
        "NAME": "name",
        "USER": "us@er",
        "PASSWORD": "pa/ss",
        "HOST": "/run/x",
        "PORT": "",
        "OPTIONS": {"sslmode": "require"},
    }


def test_what_the_demonstration_chose_is_seen_by_later_commands(monkeypatch, tmp_path):
    monkeypatch.setenv("XINFU_VAR", str(tmp_path))
    env._kept.cache_clear()
    try:
        env.keep({"XINFU_EXAMPLE": "blue"})
        env.keep({"XINFU_OTHER": "1"})
        assert env.text("XINFU_EXAMPLE", "red") == "blue"
        monkeypatch.setenv("XINFU_EXAMPLE", "green")
        assert env.text("XINFU_EXAMPLE", "red") == "green"
    finally:
        env._kept.cache_clear()


def test_the_settings_stay_short_enough_to_read():
    assert len((env.ROOT / "config" / "settings.py").read_text("utf-8").splitlines()) <= 200
