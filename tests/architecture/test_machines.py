"""State machines: the tables of ``states.py`` are what the models do, and someone owns each move."""

import pytest
from django.apps import apps

from processes.promise import permissions as promise_permissions
from processes.promise.models import Promise
from processes.promise.states import PROMISE_TRANSITIONS
from processes.records import permissions as records_permissions
from processes.records.models import CreditRecord, Measure, Publication
from processes.records.states import (
    MEASURE_TRANSITIONS,
    PUBLICATION_TRANSITIONS,
    RECORD_TRANSITIONS,
)
from processes.repair import permissions as repair_permissions
from processes.repair.models import RemovalLine, RepairItem
from processes.repair.states import (
    ENDED,
    ITEM_TRANSITIONS,
    LINE_TRANSITIONS,
    LINE_WORK,
    OPEN_ORDER,
    SETTLED_LINES,
    WORK,
    ItemState,
    LineState,
    case_state,
)
from tests.architecture import source
from workflow.offices.actors import CapacityKind

RECORDS = records_permissions.PERMISSION_FOR
MACHINES = {
    RepairItem: (ITEM_TRANSITIONS, repair_permissions.PERMISSION_FOR, ""),
    RemovalLine: (LINE_TRANSITIONS, repair_permissions.LINE_PERMISSION_FOR, ""),
    CreditRecord: (RECORD_TRANSITIONS, RECORDS, "record."),
    Publication: (PUBLICATION_TRANSITIONS, RECORDS, "publication."),
    Measure: (MEASURE_TRANSITIONS, RECORDS, "measure."),
    Promise: (PROMISE_TRANSITIONS, promise_permissions.PERMISSION_FOR, ""),
}
# States that an act passes within its own transaction: nobody ever waits in them.
PASSED_AT_ONCE = {ItemState.ACCEPTED, ItemState.APPROVED}
# States that wait for something else than a person's work on the item itself.
WAITS_ELSEWHERE = {ItemState.DRAFT, ItemState.REMOVING}


def transitions_of(model):
    """Return transition → (sources, target), as django_fsm knows them."""
    found = {}
    for each in model().get_all_state_transitions():
        sources, target = found.setdefault(each.name, (set(), each.target))
        assert target == each.target
        sources.add(each.source)
    return found


def test_every_machine_is_looked_at_here():
    machines = {m for m in apps.get_models() if hasattr(m, "get_all_state_transitions")}
    assert machines == set(MACHINES)


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
def test_the_model_does_what_its_table_says(model):
    table, _owners, _prefix = MACHINES[model]

    assert transitions_of(model) == {
        name: (set(sources), target) for name, (sources, target) in table.items()
    }


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
def test_every_transition_says_who_may_fire_it(model):
    table, owners, prefix = MACHINES[model]
    named = {
        name.removeprefix(prefix): who for name, who in owners.items() if name.startswith(prefix)
    }

    assert set(named) == set(table)
    assert all(who for who in named.values())
    for who in named.values():
        assert ({who} if isinstance(who, str) else set(who)) <= set(CapacityKind)


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model.__name__)
def test_every_state_can_be_reached_and_none_is_invented(model):
    table, _owners, _prefix = MACHINES[model]
    field = model._meta.get_field("state")
    reached = {field.default} | {target for _sources, target in table.values()}

    assert reached == {value for value, _label in field.choices}


@pytest.mark.parametrize("state", list(ItemState))
def test_every_state_of_an_item_has_work_or_an_end_or_is_passed_at_once(state):
    kinds = [state in WORK, state in ENDED, state in PASSED_AT_ONCE, state in WAITS_ELSEWHERE]

    assert kinds.count(True) == 1


@pytest.mark.parametrize("state", list(LineState))
def test_every_state_of_an_order_has_work_or_is_settled(state):
    assert (state in LINE_WORK) != (state in SETTLED_LINES)


def test_what_has_ended_is_left_only_by_a_revocation():
    leaving = {
        name for name, (sources, _target) in ITEM_TRANSITIONS.items() if set(sources) & ENDED
    }
    assert leaving == {"revoke"}


def test_every_open_state_has_its_place_in_the_state_of_the_case():
    assert set(OPEN_ORDER) == set(ItemState) - ENDED
    for position, state in enumerate(OPEN_ORDER):
        assert case_state([*OPEN_ORDER[position:], *ENDED]) == state
    for ended in ENDED:
        assert case_state([ended, ended]) == ended
    assert case_state([ItemState.COMPLETED, ItemState.REFUSED]) == "completed_partly"
    assert case_state([ItemState.LAPSED, ItemState.REFUSED]) == "ended"


def test_only_the_interpreter_fires_a_transition():
    """Commands share the names of transitions, but are called through a module, with arguments."""
    names = {name for table, _owners, _prefix in MACHINES.values() for name in table}
    found = []
    for path, tree in source.modules().items():
        known = {name.rpartition(".")[2] for name in source.imported(tree)} | source.renamed(tree)
        for call in source.calls(tree):
            root = source.root_of(call)
            bare = not (call.args or call.keywords)
            if root and bare and root not in known and source.name_called(call) in names:
                found.append(f"{path}:{call.lineno}")
    assert [each for each in found if not each.startswith("workflow/interpreter.py")] == []


def test_nobody_writes_a_state_past_its_machine():
    """Neither by ``update(state=…)`` nor by ``bulk_update`` nor with ``update_or_create``."""
    # Ledgers with a state of their own, which is no legal state.
    ledgers = {"workflow/deadlines/services.py", "workflow/deadlines/sweep.py"}
    found = [
        f"{path}:{call.lineno}"
        for path, tree in source.modules().items()
        if path not in ledgers
        for call in source.calls(tree)
        if source.name_called(call) in {"update", "bulk_update", "update_or_create", "setattr"}
        and (
            any(keyword.arg in {"state", "version"} for keyword in call.keywords)
            or any(getattr(argument, "value", None) == "state" for argument in call.args)
        )
    ]
    assert found == []
