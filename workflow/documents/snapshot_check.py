"""Hold a snapshot against its ``TypedDict``: what is missing is named before a number is spent.

Pure. Covers exactly the shapes that ``snapshots`` uses: ``str`` (not blank), ``int``, ``bool``,
``Day``, lists, nested typed dicts, literals and unions with ``None``.
"""

import datetime as dt
import types
import typing
from collections.abc import Iterator
from typing import Any, Literal, NewType

Day = NewType("Day", str)
"""A calendar day, written ``YYYY-MM-DD``."""


class SnapshotIncomplete(ValueError):
    """The snapshot cannot fill its letter; the message names every key that is wrong."""


def require(snapshot: object, shape: type) -> None:
    """Refuse a snapshot that does not have the shape.

    :raises SnapshotIncomplete: naming all faults by their dotted path.
    """
    faults = list(_faults(snapshot, shape, ""))
    if faults:
        raise SnapshotIncomplete(f"{shape.__name__}: " + "; ".join(faults))


def _faults(value: Any, shape: Any, path: str) -> Iterator[str]:
    origin = typing.get_origin(shape)
    if typing.is_typeddict(shape):
        yield from _dict_faults(value, shape, path)
    elif origin in (typing.Union, types.UnionType):
        yield from _union_faults(value, shape, path)
    elif origin is list:
        yield from _list_faults(value, typing.get_args(shape)[0], path)
    elif not _fits(value, shape):
        yield f"{path} must be {_called(shape)}"


def _fits(value: Any, shape: Any) -> bool:
    if typing.get_origin(shape) is Literal:
        return value in typing.get_args(shape)
    if shape is Day:
        return _is_day(value)
    if shape is str:
        return isinstance(value, str) and bool(value.strip())
    return type(value) is shape


def _called(shape: Any) -> str:
    if typing.get_origin(shape) is Literal:
        return f"one of {', '.join(map(str, typing.get_args(shape)))}"
    return {Day: "a day, YYYY-MM-DD", str: "words"}.get(shape) or shape.__name__


def _dict_faults(value: Any, shape: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path or 'the snapshot'} must be {shape.__name__}"
        return
    hints = typing.get_type_hints(shape)
    prefix = f"{path}." if path else ""
    for key in sorted(shape.__required_keys__ - value.keys()):
        yield f"{prefix}{key} is missing"
    for key in sorted(value.keys() - hints.keys()):
        yield f"{prefix}{key} is unknown"
    for key in sorted(value.keys() & hints.keys()):
        yield from _faults(value[key], hints[key], f"{prefix}{key}")


def _union_faults(value: Any, shape: Any, path: str) -> Iterator[str]:
    if value is None and type(None) in typing.get_args(shape):
        return
    for member in typing.get_args(shape):
        if member is not type(None):
            yield from _faults(value, member, path)
            return


def _list_faults(value: Any, member: Any, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path} must be a list"
        return
    for index, each in enumerate(value):
        yield from _faults(each, member, f"{path}.{index}")


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
