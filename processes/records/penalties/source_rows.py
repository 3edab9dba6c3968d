"""One row of a file, before anything is made of it."""

import dataclasses
from typing import Literal

Encoding = Literal["utf-8", "utf-8-sig", "gb18030", "xlsx"]


@dataclasses.dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of cells; ``broken`` when the line could not be split into cells."""

    line: int
    cells: tuple[str, ...]
    broken: bool = False

    @property
    def blank(self) -> bool:
        """True when no cell holds anything."""
        return not self.broken and not any(cell.strip() for cell in self.cells)
