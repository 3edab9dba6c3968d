"""A process killed in the middle of an act leaves the whole of it or nothing."""

import os
import re
from pathlib import Path

import pytest
from django.db import connections

from tests.faults.acts import ACTS
from tests.faults.killing import KILLED, WHOLE, fingerprint, outline, run_to
from tests.world import FILED_AT
from workflow import faults
from workflow.engine import settle
from workflow.errors import Refusal

ROOT = Path(__file__).resolve().parents[2]
LONG = os.environ.get("XINFU_LONG") == "1"
MOST_MEETINGS = 60

# Beyond its transaction nothing of an act is undone; before it, everything is.
BEYOND = {"act.after-commit"}


@pytest.fixture(scope="module")
def outlines(module_at_stage):
    """What each act leaves when nobody is killed."""
    known = {}

    def of(act):
        if act.name not in known:
            stage = module_at_stage(act.stage)
            act.do(stage)
            known[act.name] = outline()
            connections.close_all()
        return known[act.name]

    return of


def again(act, stage):
    """Repeat an act as a person would who heard nothing: it is done now, or was done already."""
    try:
        act.do(stage)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize(
    ("act", "point"),
    [pytest.param(act, point, id=f"{act.name}-{point}") for act in ACTS for point in act.points],
)
def test_an_act_killed_at_a_point_happens_once_in_the_end(at_stage, outlines, act, point):
    whole = outlines(act)
    stage = at_stage(act.stage)
    before = fingerprint()

    assert run_to(point, lambda: act.do(stage)) == KILLED

    _assert_nothing_or_all(act, point, stage, before, whole)


def _assert_nothing_or_all(act, point, stage, before, whole):
    nested = act.name.startswith("sweep")
    if point in BEYOND and not nested:
        assert outline() == whole
        if not act.repeatable:
            assert not again(act, stage)
    elif act.name != "sweep-reminders" and not nested:
        assert fingerprint() == before
        assert again(act, stage)
    else:
        assert again(act, stage)
    assert outline() == whole
    assert settle.reconcile(at=FILED_AT) == {}


@pytest.mark.skipif(not LONG, reason="the long form, by XINFU_LONG=1")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_an_act_killed_each_time_it_meets_a_point_happens_once(at_stage, outlines, act):
    whole = outlines(act)
    for point in act.points:
        for meeting in range(1, MOST_MEETINGS):
            stage = at_stage(act.stage)
            before = fingerprint()
            ended = run_to(point, lambda s=stage: act.do(s), meeting=meeting)
            if ended == WHOLE:
                assert meeting > 1, f"{act.name} never meets {point}"
                break
            assert ended == KILLED
            _assert_nothing_or_all(act, point, stage, before, whole)


def test_an_act_that_is_not_killed_ends_whole(at_stage, outlines):
    """The harness itself: without a death the fork does what the test would."""
    act = ACTS[1]
    whole = outlines(act)
    stage = at_stage(act.stage)

    assert run_to("letter.after-store", lambda: act.do(stage)) == WHOLE
    assert outline() == whole


def test_the_comparison_sees_half_an_act(at_stage):
    """A deed in two transactions is no act: killed in between, it leaves a trace."""
    stage = at_stage("draft")
    submit = next(act for act in ACTS if act.name == "submit")
    accept = next(act for act in ACTS if act.name == "accept")
    before = fingerprint()

    def both():
        submit.do(stage)
        accept.do(stage)

    # The filing meets the point twice: for itself and for the promise that reacts to it.
    assert run_to("act.before-commit", both, meeting=3) == KILLED
    assert fingerprint() != before


def test_every_point_is_named_in_the_code_and_tried_by_a_test():
    code = _texts("workflow", "processes", "notifications", "forms", "config")
    named = set(re.findall(r'point\(\s*"([a-z.-]+)"', code))
    tests = _texts("tests")

    assert named == set(faults.POINTS)
    assert {name for name in faults.POINTS if f'"{name}"' not in tests} == set()


def test_a_point_nobody_listed_is_an_error():
    with pytest.raises(KeyError):
        faults.point("act.somewhere")


def _texts(*folders):
    files = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return "\n".join(file.read_text() for file in files if "node_modules" not in file.parts)
