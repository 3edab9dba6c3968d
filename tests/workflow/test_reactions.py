"""What one process does to another happens in the same transaction, or not at all."""

import re

import pytest

from config.env import ROOT
from processes.promise.models import Promise
from processes.repair import services as repair
from tests.world import FILED_AT, league
from workflow import reactions
from workflow.journal.models import Event

HAPPENED = re.compile(r'happened\(\s*"([a-z.-]+)"')


@pytest.fixture
def registry(monkeypatch):
    """A copy of what is composed, to which a test may add."""
    copied = {what: list(those) for what, those in reactions.composed().items()}
    monkeypatch.setattr(reactions, "_reactions", copied)
    return copied


def test_reactions_run_in_order_and_each_once(registry):
    seen = []

    def first(**facts):
        seen.append(("first", facts))

    def second(**facts):
        seen.append(("second", facts))

    for reaction in (first, second, first):
        reactions.when("test.happened", reaction)
    reactions.happened("test.happened", number=7)

    assert seen == [("first", {"number": 7}), ("second", {"number": 7})]


def test_what_happens_without_a_reaction_is_no_fault(registry):
    reactions.happened("test.nobody-cares")


def test_everything_that_happens_is_composed_and_nothing_else_is():
    sources = [*ROOT.glob("processes/**/*.py"), *ROOT.glob("workflow/**/*.py")]
    told = {name for file in sources for name in HAPPENED.findall(file.read_text("utf-8"))}

    assert told == set(reactions.composed())


@pytest.mark.django_db
def test_a_promise_takes_effect_with_its_application():
    case = league().submitted()

    promise = Promise.objects.get(case_id=case.pk)
    assert (promise.state, str(promise.published_on)) == ("effective", "2026-11-02")
    assert Event.objects.get(kind="promise.taken-effect").chain_id == case.chain_id


@pytest.mark.django_db
def test_a_promise_falls_with_a_draft_that_is_taken_back():
    world = league()
    case = world.draft()
    repair.withdraw(case_id=case.pk, actor=world["agent"], at=FILED_AT)

    assert Promise.objects.get(case_id=case.pk).state == "withdrawn"


@pytest.mark.django_db
def test_a_promise_in_effect_outlives_the_application():
    world = league()
    case = world.submitted()
    repair.withdraw(case_id=case.pk, actor=world["agent"], at=FILED_AT)

    assert Promise.objects.get(case_id=case.pk).state == "effective"


@pytest.mark.django_db
def test_a_reaction_that_fails_undoes_the_whole_act(registry):
    def refuse(**_facts):
        raise ZeroDivisionError

    world = league()
    case = world.draft()
    events = Event.objects.count()
    reactions.when("repair.submitted", refuse)
    with pytest.raises(ZeroDivisionError):
        repair.submit(case_id=case.pk, actor=world["agent"], at=FILED_AT)

    case.refresh_from_db()
    assert (case.state, case.submitted_on) == ("draft", None)
    assert Promise.objects.get(case_id=case.pk).state == "signed"
    assert Event.objects.count() == events
