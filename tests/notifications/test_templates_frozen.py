"""A template from which letters were issued is never edited: a change is a new version."""

import hashlib
import json

import pytest

from notifications.letters.rendering import FOLDER
from workflow.documents.snapshots import LETTERS

FROZEN = json.loads((FOLDER / "frozen.json").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(FROZEN))
def test_a_frozen_file_is_as_it_was(name):
    content = (FOLDER / name).read_bytes()

    assert hashlib.sha256(content).hexdigest() == FROZEN[name]


def test_every_file_letters_are_made_of_is_frozen():
    present = {
        str(p.relative_to(FOLDER)) for p in FOLDER.rglob("*.*") if p.suffix in {".html", ".css"}
    }

    assert present == set(FROZEN)
    assert {f"{name}/{known.version}.html" for name, known in LETTERS.items()} <= present
