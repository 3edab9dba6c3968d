"""On a machine where it may not install, the set-up says exactly what is missing, and how."""

import importlib.util

import pytest

from config.env import ROOT


@pytest.fixture
def setup(monkeypatch):
    place = importlib.util.spec_from_file_location("_setup", ROOT / "bin" / "_setup.py")
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    monkeypatch.setattr(module.os, "geteuid", lambda: 1000)
    return module


def test_nothing_is_missing_here(setup):
    setup.system_packages(tests=True)


def test_every_missing_package_is_named(setup, monkeypatch, capsys):
    monkeypatch.setattr(setup, "has_library", lambda name: name != "harfbuzz-subset")
    monkeypatch.setattr(setup, "has_font", lambda _family: False)
    with pytest.raises(SystemExit) as ended:
        setup.system_packages(tests=False)

    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert "fonts-noto-cjk, libharfbuzz-subset0" in said
    assert "apt-get install" in said


def test_an_old_python_is_refused(setup, monkeypatch, capsys):
    monkeypatch.setattr(setup.sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit):
        setup.prepare()
    assert "3.10.4 is too old" in capsys.readouterr().err


def test_a_python_that_makes_no_environment_is_explained(setup, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(setup, "PYTHON", tmp_path / "bin" / "python")
    monkeypatch.setattr(setup, "VENV", tmp_path)
    monkeypatch.setattr(setup.sys, "executable", "false")
    with pytest.raises(SystemExit):
        setup.virtual_environment()
    assert "apt-get install python3-venv" in capsys.readouterr().err


def test_the_locks_hold_hashes_and_no_address(setup):
    for name in ("run", "test", "node"):
        lock = (setup.LOCKS / f"{name}.lock").read_text(encoding="utf-8")
        assert "--hash=sha256:" in lock
        assert "://" not in lock
