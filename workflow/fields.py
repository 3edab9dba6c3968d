"""Reading the fields of one line: each is right, absent, or an error with its dotted path."""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Any

from workflow.jsonl import LineError

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Fields:
    """An object of the input. Null means absent; keys nobody asks for are ignored."""

    def __init__(self, raw: Mapping[str, Any], path: str = "") -> None:
        self._raw, self._path = raw, path

    def path(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def raw(self, name: str) -> Any:
        return self._raw.get(name)

    def required(self, name: str) -> Any:
        value = self._raw.get(name)
        if value is None:
            raise LineError(self.path(name), "missing", f"{self.path(name)} is missing.")
        return value

    def inner(self, name: str) -> "Fields":
        value = self.required(name)
        if not isinstance(value, dict):
            raise LineError(self.path(name), "type", f"{self.path(name)} must be an object.")
        return Fields(value, self.path(name))

    def date(self, name: str) -> dt.date | None:
        value = self._raw.get(name)
        return None if value is None else read_date(value, self.path(name))

    def required_date(self, name: str) -> dt.date:
        return read_date(self.required(name), self.path(name))

    def text(self, name: str) -> str | None:
        value = self._raw.get(name)
        if value is not None and not isinstance(value, str):
            raise LineError(self.path(name), "type", f"{self.path(name)} must be text.")
        return value

    def choice(self, name: str, among: Collection[str]) -> str | None:
        value = self.text(name)
        if value is not None and value not in among:
            known = ", ".join(sorted(among))
            raise LineError(self.path(name), "unknown", f"{self.path(name)} is one of: {known}.")
        return value

    def required_choice(self, name: str, among: Collection[str]) -> str:
        self.required(name)
        return self.choice(name, among) or ""

    def flag(self, name: str) -> bool:
        value = self._raw.get(name)
        if value is not None and not isinstance(value, bool):
            raise LineError(self.path(name), "type", f"{self.path(name)} must be true or false.")
        return bool(value)

    def items(self, name: str) -> list[Any]:
        value = self._raw.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise LineError(self.path(name), "type", f"{self.path(name)} must be a list.")
        return value


def read_date(value: Any, path: str) -> dt.date:
    """Read exactly ``YYYY-MM-DD`` in ASCII digits.

    :raises LineError: of ``type`` when it is no text, of ``date`` when it names no day.
    """
    if not isinstance(value, str):
        raise LineError(path, "type", f"{path} must be text of the form YYYY-MM-DD.")
    if DATE.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise LineError(path, "date", f"{path} must be a day that exists, written YYYY-MM-DD.")
