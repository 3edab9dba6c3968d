"""The one manner of our JSON Lines commands: a line in, a line out, whatever the line holds.

``contracts.md`` fixes it. A line that cannot be answered gets its error in its place; only a
stream that cannot be read at all ends the command (:class:`Unreadable`, exit 2).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, Any

Answer = Mapping[str, Any]
Answerer = Callable[[Mapping[str, Any]], Answer]

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LONGEST_NUMBER = 4000  # beyond it Python refuses to convert; no field of ours reaches so far
CHUNK = 2000


class LineError(ValueError):
    """The line cannot be answered: the field at fault, a stable code, and what to do."""

    def __init__(self, field: str | None, code: str, message: str) -> None:
        super().__init__(message)
        self.field, self.code, self.message = field, code, message

    def as_dict(self) -> dict[str, str | None]:
        return {"field": self.field, "code": self.code, "message": self.message}


class Unreadable(OSError):
    """Give the command a readable stream or file of JSON Lines."""


def run(answer: Answerer, source: Iterable[bytes], sink: IO[bytes]) -> None:
    """Answer every line of ``source`` on ``sink``, in order, one line each.

    A value that is an iterator is written as it comes, so that a proof of a million days
    needs no memory.

    :raises Unreadable: the stream fails.
    """
    for line in _lines(source):
        for piece in _written(_answered(answer, line)):
            sink.write(piece)
        sink.write(b"\n")
        sink.flush()


def parse(line: bytes) -> dict[str, Any]:
    """Read one line as a JSON object.

    :raises LineError: it is blank, not UTF-8, not JSON, or no object; the field is null.
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineError(None, "json", f"The line is not UTF-8: {error.reason}.") from None
    if not text.strip(" \t\r\n"):
        raise LineError(None, "json", "The line is blank; write one JSON object.")
    try:
        found = json.loads(text, parse_int=_integer, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise LineError(None, "json", f"The line is not JSON: {error}.") from None
    if not isinstance(found, dict):
        raise LineError(None, "json", "The line is no JSON object.")
    return found


def _answered(answer: Answerer, line: bytes) -> dict[str, Any]:
    identity: Any = None
    try:
        asked = parse(line)
        identity = asked.get("id")
        return {"id": identity, **answer(asked)}
    except LineError as error:
        return {"id": identity, "error": error.as_dict()}


def _lines(source: Iterable[bytes]) -> Iterator[bytes]:
    try:
        for number, line in enumerate(source):
            yield line.removeprefix(BYTE_ORDER_MARK) if number == 0 else line
    except OSError as error:
        raise Unreadable(str(error)) from error


def _written(answer: Mapping[str, Any]) -> Iterator[bytes]:
    for position, (key, value) in enumerate(answer.items()):
        yield ("{" if position == 0 else ", ").encode() + _dumped(key) + b": "
        if isinstance(value, Iterator):
            yield from _array(value)
        else:
            yield _dumped(value)
    yield b"}"


def _array(items: Iterator[Any]) -> Iterator[bytes]:
    yield b"["
    separator = b""
    while chunk := list(islice(items, CHUNK)):
        yield separator + _dumped(chunk)[1:-1]
        separator = b", "
    yield b"]"


def _dumped(value: Any) -> bytes:
    """Write a value as UTF-8; half a surrogate pair, which UTF-8 cannot say, stays escaped."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False).encode()
    except ValueError:  # 1e999 is JSON but no number Python can hold
        return b"null"


def _integer(digits: str) -> int:
    """Read an integer of any length; one too long to convert stays as large as any can be."""
    if len(digits) <= LONGEST_NUMBER:
        return int(digits)
    size: int = 10**LONGEST_NUMBER
    return -size if digits.startswith("-") else size


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
