"""What one process does to another, composed in ``config`` and run in the same transaction."""

from collections.abc import Callable, Mapping
from typing import Any

Reaction = Callable[..., None]
_reactions: dict[str, list[Reaction]] = {}


def when(happening: str, reaction: Reaction) -> None:
    """Register a reaction to a happening; the same one twice counts once."""
    known = _reactions.setdefault(happening, [])
    if reaction not in known:
        known.append(reaction)


def happened(happening: str, **facts: Any) -> None:
    """Run every reaction now, in order of registration; an error undoes the whole act.

    Callers keep the global lock order: subject → record → case → item → measure.
    """
    for reaction in _reactions.get(happening, ()):
        reaction(**facts)


def composed() -> Mapping[str, list[Reaction]]:
    """Return what was composed, for the test that checks every happening has its reactions."""
    return _reactions
