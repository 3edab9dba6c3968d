"""The report of an import: exactly the shape of contracts.md."""

import dataclasses

from processes.records.penalties import Finding

# Said of nearly every row of some files: one line for the file instead of one for each row.
_GROUPED = frozenset({"code-inner-check"})


@dataclasses.dataclass
class ImportReport:
    """Counts rows and keeps what was said about them. ``unchanged`` rows are accepted rows."""

    rows: int = 0
    accepted: int = 0
    unchanged: int = 0
    errors: list[Finding] = dataclasses.field(default_factory=list)
    warnings: list[Finding] = dataclasses.field(default_factory=list)
    _groups: dict[tuple[str | None, str], tuple[Finding, int]] = dataclasses.field(
        default_factory=dict
    )

    def count(
        self, *, errors: tuple[Finding, ...], warnings: tuple[Finding, ...], unchanged: bool
    ) -> None:
        """Add one row."""
        self.rows += 1
        self.accepted += not errors
        self.unchanged += unchanged and not errors
        self.errors.extend(errors)
        for warning in warnings:
            self.warn(warning)

    def warn(self, warning: Finding) -> None:
        """Add one warning, or count it with its like."""
        if warning.code not in _GROUPED:
            self.warnings.append(warning)
            return
        key = (warning.field, warning.code)
        first, times = self._groups.get(key, (warning, 0))
        self._groups[key] = (first, times + 1)

    def as_dict(self) -> dict[str, object]:
        """Return the report as it is printed and stored."""
        warnings = [warning.as_dict() for warning in self.warnings]
        for first, times in self._groups.values():
            grouped = first.as_dict()
            if times > 1:
                grouped["message"] = f"{grouped['message']}（另有 {times - 1} 行相同情形）"
            warnings.append(grouped)
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "rejected": self.rows - self.accepted,
            "unchanged": self.unchanged,
            "errors": [error.as_dict() for error in self.errors],
            "warnings": sorted(warnings, key=_line),
        }


def _line(entry: dict[str, object]) -> int:
    line = entry["line"]
    return line if isinstance(line, int) else 0
