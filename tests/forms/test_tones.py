"""Every state of the house has words, an icon that exists, and a tone."""

import pytest
from django.db.models import TextChoices

from forms import tones
from forms.templatetags.xinfu import icons
from processes.promise.states import PromiseState
from processes.records.states import PublicationState, RecordState, Severity
from processes.repair import states
from processes.repair.rules import Verdict

TONES = {"ok", "wait", "bad", "hold", "info", "mute"}
OPEN_AND_ENDED = {states.case_state(each) for each in ([], ["refused", "completed"])}


@pytest.mark.parametrize(
    ("kind", "vocabulary"),
    [
        ("item", states.ItemState),
        ("case", states.ItemState),
        ("line", states.LineState),
        ("record", RecordState),
        ("severity", Severity),
        ("promise", PromiseState),
        ("publication", PublicationState),
        ("verdict", Verdict),
    ],
)
def test_every_state_is_shown_in_its_own_words(kind: str, vocabulary: type[TextChoices]):
    missing = {str(state) for state in vocabulary} - tones.TABLES[kind].keys()

    assert missing == set()


def test_a_case_with_mixed_ends_is_shown_in_its_own_words():
    assert tones.TABLES["case"].keys() >= OPEN_AND_ENDED


@pytest.mark.parametrize("kind", tones.TABLES)
def test_every_look_can_be_drawn(kind: str):
    for look in tones.TABLES[kind].values():
        assert look.tone in TONES
        assert look.icon in icons()


@pytest.mark.parametrize(
    ("left", "suspended", "tone", "icon"),
    [
        (4, False, "info", "cal"),
        (3, False, "wait", "clock"),
        (1, False, "wait", "clock"),
        (0, False, "bad", "hour"),
        (-1, False, "bad", "alert"),
        (-1, True, "hold", "pause"),
        (None, False, "mute", "cal"),
    ],
)
def test_a_deadline_speaks_louder_as_it_nears(left, suspended, tone, icon):
    found = tones.due_tone(left, suspended=suspended)

    assert (found, tones.due_icon(left, found)) == (tone, icon)
