"""The cells of one row while it is being checked, and what was found in them."""

import datetime as dt
from collections.abc import Mapping

from processes.records.penalties import cells
from processes.records.penalties.findings import Finding, finding
from processes.records.penalties.layout import longest
from workflow.identifiers import Fault, identity_numbers_in, mask_number


class RowCheck:
    """Collects findings; every condition is examined, so that one upload tells all that is wrong."""

    def __init__(self, line: int, original: Mapping[str, str], *, today: dt.date) -> None:
        self.line = line
        self.today = today
        self.errors: list[Finding] = []
        self.warnings: list[Finding] = []
        self._original = original

    def error(self, field: str | None, code: str, **params: str) -> None:
        """Reject the row for one reason."""
        self.errors.append(self._finding(field, code, params))

    def warn(self, field: str | None, code: str, **params: str) -> None:
        """Say something without rejecting the row."""
        self.warnings.append(self._finding(field, code, params))

    def fault(self, field: str, fault: Fault, *, warn: bool = False) -> None:
        """Report what is wrong with an identifier."""
        params = {"length": fault.detail, "letter": fault.detail}
        (self.warn if warn else self.error)(field, fault.code, **params)

    def cell(self, field: str) -> str:
        """Return a cell as it stands in the file."""
        return self._original.get(field, "")

    def text(self, field: str, *, required: bool = False) -> str:
        """Return a cleaned text in which identity numbers are masked."""
        text = self._checked(field, cells.plain(self.cell(field)), required=required)
        numbers = identity_numbers_in(text, on=self.today)
        for number in numbers:
            text = text.replace(number, mask_number(number))
        if numbers:
            self.warn(field, "identity-in-text")
        return text

    def name(self, field: str, *, required: bool = False) -> str:
        """Return a cleaned name."""
        return self._checked(field, cells.name(self.cell(field)), required=required)

    def _checked(self, field: str, text: str, *, required: bool) -> str:
        if not cells.storable(self.cell(field)):
            self.error(field, "character")
        elif required and not text:
            self.error(field, "missing")
        elif len(text) > (limit := longest(field)):
            self.error(field, "length", limit=str(limit))
        return text

    def _finding(self, field: str | None, code: str, params: dict[str, str]) -> Finding:
        value = self.cell(field).strip() if field else ""
        if field in ("CF_XDR_ZJHM", "CF_FR_ZJHM") or code == "code-is-identity":
            value = mask_number(value)
        return finding(self.line, field, code, value, **params)
