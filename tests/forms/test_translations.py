"""Chinese is complete: every string a person can read is in the catalogue, and nothing else is."""

import gettext
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from forms.assets.messages import compile_catalogue, entries

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "templates" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
CODE = ("config", "forms", "notifications", "processes", "templates", "workflow")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> set[str]:
    """Every key that makemessages finds in a copy of the code."""
    copy = tmp_path_factory.mktemp("extract")
    skip = shutil.ignore_patterns("node_modules", "locale", "__pycache__", "vendor")
    for part in CODE:
        shutil.copytree(ROOT / part, copy / part, ignore=skip)
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--keep-pot", "-l", "zh_Hans"]
    subprocess.run(
        command, cwd=copy, check=True, capture_output=True, env={"PATH": "/usr/bin:/bin"}
    )
    pot = (copy / "locale" / "django.pot").read_text(encoding="utf-8")
    return {entry.key for entry in entries(pot) if entry.key}


def test_nothing_a_person_reads_is_missing_in_chinese(extracted):
    known = {e.key for e in entries(CATALOGUE.read_text(encoding="utf-8")) if e.is_translated}

    assert extracted - known == set()


def test_the_catalogue_holds_nothing_that_is_no_longer_said(extracted):
    known = {e.key for e in entries(CATALOGUE.read_text(encoding="utf-8")) if e.key}

    assert known - extracted == set()


def test_nothing_in_the_catalogue_is_a_guess():
    assert not [e.key for e in entries(CATALOGUE.read_text(encoding="utf-8")) if e.fuzzy]


def test_placeholders_are_the_same_in_both_languages():
    def names(text: str) -> set[str]:
        return {part.split(")")[0] for part in text.split("%(")[1:]}

    for entry in entries(CATALOGUE.read_text(encoding="utf-8")):
        if entry.key:
            said = entry.fields.get("msgid_plural", entry.fields["msgid"])
            assert names(entry.value) == names(said), entry.key


def test_the_compiled_catalogue_is_read_by_gettext():
    source = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"

msgctxt "list"
msgid ", "
msgstr "、"

msgid "%d day"
msgid_plural "%d days"
msgstr[0] "%d 天"

#, fuzzy
msgid "guessed"
msgstr "猜的"

msgid "two "
"lines"
msgstr "两"
"行"
"""
    found = gettext.GNUTranslations(io.BytesIO(compile_catalogue(source)))

    assert found.pgettext("list", ", ") == "、"
    assert found.ngettext("%d day", "%d days", 5) == "%d 天"
    assert found.gettext("two lines") == "两行"
    assert found.gettext("guessed") == "guessed"
