"""Read the rows of an XLSX file as text, without holding the file in memory.

openpyxl streams the rows but keeps every shared string in a list; here they live in a temporary
file, so a million rows cost no more memory than a hundred.
"""

import array
import contextlib
import dataclasses
import datetime as dt
import functools
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from processes.records.penalties.refusals import UnreadableFile
from processes.records.penalties.source_rows import Encoding, SourceRow

_LAST_ROW = 1_048_576
_WIDEST = 2_000
_LARGEST_PART = 32 << 20  # styles, manifest: parts that are read whole
_LARGEST_STREAM = 4 << 30  # sheets and strings, unpacked
_MOST_PARTS = 1_000
_STRING = f"{{{SHEET_MAIN_NS}}}si"


class StringTable:
    """Shared strings on disk, read by number."""

    def __init__(self, spill: IO[bytes]) -> None:
        self._spill = spill
        self._ends = array.array("Q", [0])
        self._cached = functools.lru_cache(maxsize=4096)(self._read)

    def append(self, text: str) -> None:
        """Write one more string; all are written before the first is read."""
        size = self._spill.write(text.encode("utf-8", "surrogatepass"))
        self._ends.append(self._ends[-1] + size)

    def __getitem__(self, number: int) -> str:
        return self._cached(number)

    def _read(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise IndexError(number)
        self._spill.seek(self._ends[number])
        size = self._ends[number + 1] - self._ends[number]
        return self._spill.read(size).decode("utf-8", "surrogatepass")


class _Reader(ExcelReader):  # type: ignore[misc]
    """openpyxl's reader with the strings spilled to disk."""

    def __init__(self, stream: IO[bytes], spill: IO[bytes]) -> None:
        super().__init__(stream, read_only=True, data_only=False, keep_links=False)
        self._spill = spill

    def read_strings(self) -> None:
        """Fill the table while parsing, and forget each node at once."""
        self.shared_strings = StringTable(self._spill)
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as stream:
            events = iterparse(stream, events=("start", "end"))
            _, root = next(events)
            for event, node in events:
                if event == "end" and node.tag == _STRING:
                    self.shared_strings.append(_string(node))
                    root.clear()


@dataclasses.dataclass
class WorkbookSource:
    """The first visible worksheet of an XLSX file."""

    sheet: Any
    epoch_1904: bool
    other_sheets: tuple[str, ...]
    encoding: Encoding = "xlsx"

    def rows(self) -> Iterator[SourceRow]:
        """Yield every row as text; a formula stays the text of its formula.

        :raises UnreadableFile: the sheet is broken, or larger than a sheet can be.
        """
        self.sheet.reset_dimensions()  # the stated size may be too small and would hide rows
        try:
            for line, values in enumerate(self.sheet.iter_rows(values_only=True), start=1):
                if line > _LAST_ROW or len(values) > _WIDEST:
                    raise UnreadableFile("sheet-size")
                yield SourceRow(line, tuple(map(_as_text, values)))
        except _BROKEN as fault:
            raise UnreadableFile("xlsx", type(fault).__name__) from fault


_BROKEN = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError,
    OverflowError, ParseError, zipfile.BadZipFile, zlib.error, NotImplementedError,
)  # fmt: skip


@contextlib.contextmanager
def open_workbook(path: Path) -> Iterator[WorkbookSource]:
    """Open an XLSX file.

    :raises UnreadableFile: it is no workbook, has no sheet, or unpacks to more than is sane.
    """
    with contextlib.ExitStack() as stack:
        spill = stack.enter_context(tempfile.TemporaryFile())
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions we do not use
        try:
            _refuse_bombs(path)
            reader = _Reader(stack.enter_context(path.open("rb")), spill)
            stack.callback(reader.archive.close)
            reader.read()
        except _BROKEN as fault:
            raise UnreadableFile("xlsx", type(fault).__name__) from fault
        yield _first_sheet(reader.wb)


def _first_sheet(workbook: Any) -> WorkbookSource:
    visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise UnreadableFile("no-sheet")
    others = [sheet.title for sheet in workbook.worksheets if sheet is not visible[0]]
    return WorkbookSource(
        sheet=visible[0],
        epoch_1904=workbook.epoch == CALENDAR_MAC_1904,
        other_sheets=tuple(others),
    )


def _refuse_bombs(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    streamed = [p for p in parts if p.filename.startswith(("xl/worksheets/", "xl/sharedStrings"))]
    whole = [part for part in parts if part not in streamed and part.filename.endswith(".xml")]
    if (
        len(parts) > _MOST_PARTS
        or sum(part.file_size for part in streamed) > _LARGEST_STREAM
        or any(part.file_size > _LARGEST_PART for part in whole)
    ):
        raise UnreadableFile("xlsx-size")


def _string(node: Element) -> str:
    return str(Text.from_tree(node).content or "").replace("x005F_", "")


def _as_text(value: object) -> str:
    """Say a cell's value as a person would have typed it into a CSV file."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return format(value, ".15g") if abs(value) < 1e15 else format(value, ".0f")
        case dt.datetime():
            at_midnight = value.time() == dt.time()
            return value.date().isoformat() if at_midnight else value.isoformat(" ", "seconds")
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)
