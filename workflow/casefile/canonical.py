"""Canonical JSON (RFC 8785), narrowed to what keeps one meaning everywhere.

Strings are kept as they were typed and never normalised: NFC would replace compatibility
ideographs, and with them the names of people.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785

MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1
_FIRST_SURROGATE = "\ud800"


class NotCanonical(ValueError):
    """The value has no canonical form here, or the text is not in it."""


def dumps(value: Any) -> bytes:
    """Return the one canonical form of a value.

    :raises NotCanonical: for floats, integers beyond 2^53-1, keys outside the range in which code
        point order and UTF-16 order agree, NUL, lone surrogates, and nesting beyond 32.
    """
    _require_plain(value, MAX_DEPTH)
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise NotCanonical(str(error)) from error


def loads(text: bytes) -> Any:
    """Read canonical bytes; anything that :func:`dumps` would not have written is refused.

    :raises NotCanonical: also for a key that occurs twice.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"not readable as JSON: {error}"
        raise NotCanonical(message) from error
    if dumps(value) != text:
        message = "the text is JSON, but not in its canonical form"
        raise NotCanonical(message)
    return value


def _require_plain(value: Any, depth: int) -> None:
    if depth < 0:
        message = f"nested deeper than {MAX_DEPTH}"
        raise NotCanonical(message)
    if isinstance(value, float):
        message = f"the float {value!r} has no exact form; write it as text or as an integer"
        raise NotCanonical(message)
    if isinstance(value, str):
        _require_no_nul(value)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            _require_key(key)
            _require_plain(each, depth - 1)
    elif isinstance(value, Sequence):
        for each in value:
            _require_plain(each, depth - 1)


def _require_key(key: Any) -> None:
    if not isinstance(key, str) or any(each >= _FIRST_SURROGATE for each in key):
        message = f"the key {key!r} cannot be ordered the same way everywhere"
        raise NotCanonical(message)
    _require_no_nul(key)


def _require_no_nul(text: str) -> None:
    if "\0" in text:
        message = "a text holds NUL, which the database cannot keep"
        raise NotCanonical(message)
