"""The source of the house, read as syntax trees."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STOREYS = ("config", "forms", "notifications", "processes", "workflow")


@functools.cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the house by its path below the root, migrations left out."""
    found = {}
    for storey in STOREYS:
        for file in sorted((ROOT / storey).rglob("*.py")):
            parts = file.relative_to(ROOT).parts
            if "migrations" not in parts and "node_modules" not in parts:
                found["/".join(parts)] = ast.parse(file.read_text())
    return found


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield every call."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_called(call: ast.Call) -> str:
    """Return the last name of what is called: ``update`` for ``a.b.update()``."""
    target = call.func
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield every dotted name that is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def renamed(tree: ast.AST) -> set[str]:
    """Return the names that imports give in this module (``import a as b`` gives ``b``)."""
    return {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }


def root_of(call: ast.Call) -> str:
    """Return ``a`` for a call of ``a.b.c()``, and nothing for a plain ``c()``."""
    target = call.func
    if not isinstance(target, ast.Attribute):
        return ""
    while isinstance(target, ast.Attribute | ast.Call | ast.Subscript):
        target = target.func if isinstance(target, ast.Call) else target.value
    return getattr(target, "id", "?")


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Yield every function and method."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def length(node: ast.FunctionDef) -> int:
    """Return how many lines a function has, without its decorators and its docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno - node.body[0].lineno + 1) if body else 1
