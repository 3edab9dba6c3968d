"""What the reader has to say about a cell: a stable code, and words for it in two languages."""

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from processes.records.penalties.wording import WORDING
from workflow.identifiers import mask_identities

Language = Literal["zh", "en"]
_LONGEST_VALUE = 80


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """An error or a warning about one cell, or about a whole row when ``field`` is None.

    ``value`` is safe to show and to store: identity numbers in it are masked.
    """

    line: int
    field: str | None
    code: str
    value: str = ""
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def message(self, language: Language = "zh") -> str:
        """Say it to the uploader.

        :raises KeyError: the code has no words; a test keeps that from happening.
        """
        chinese, english = WORDING[self.code]
        return (chinese if language == "zh" else english).format_map(dict(self.params))

    def as_dict(self, language: Language = "zh") -> dict[str, object]:
        """Return the shape of the import report (contracts.md)."""
        return {
            "line": self.line,
            "field": self.field,
            "code": self.code,
            "value": self.value,
            "message": self.message(language),
        }

    def stored(self) -> dict[str, object]:
        """Return what is kept of it, so that it can be said again in either language."""
        return {
            "line": self.line,
            "field": self.field,
            "code": self.code,
            "value": self.value,
            "params": dict(self.params),
        }


def finding(line: int, field: str | None, code: str, value: str = "", **params: str) -> Finding:
    """Make a finding whose value and parameters are masked and short enough to show."""
    return Finding(
        line=line,
        field=field,
        code=code,
        value=_presentable(value),
        params=MappingProxyType({name: _presentable(text) for name, text in params.items()}),
    )


def _presentable(text: str) -> str:
    text = "".join(character if character.isprintable() else "\ufffd" for character in text)
    text = mask_identities(text)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
