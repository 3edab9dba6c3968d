"""Turn a file into numbered rows of text cells, in bounded memory.

Line numbers are those a spreadsheet shows: the header of a plain file is line 1, and a record
whose cell holds a line feed is still one line.
"""

import codecs
import contextlib
import csv
import dataclasses
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

from processes.records.penalties.refusals import UnreadableFile
from processes.records.penalties.source_rows import Encoding, SourceRow
from processes.records.penalties.workbook import open_workbook

_CHUNK = 1 << 20
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Source(Protocol):
    """An open file of rows."""

    encoding: Encoding
    epoch_1904: bool
    other_sheets: tuple[str, ...]

    def rows(self) -> Iterator[SourceRow]:
        """Yield every row once."""
        ...


@dataclasses.dataclass
class CsvSource:
    """A CSV file whose encoding is known."""

    path: Path
    encoding: Encoding
    epoch_1904: bool = False
    other_sheets: tuple[str, ...] = ()

    def rows(self) -> Iterator[SourceRow]:
        """Yield every record; one with mismatched quotes is ``broken`` and the rest goes on."""
        with self.path.open(encoding=self.encoding, newline="") as stream:
            reader = csv.reader(stream, strict=True)
            line = 0
            while True:
                line += 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    yield SourceRow(line, (), broken=True)
                else:
                    yield SourceRow(line, tuple(cells))


@contextlib.contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a file by its content; its name does not matter.

    :raises UnreadableFile: it is neither XLSX nor text in UTF-8 or GB18030.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
        if start.startswith(_ZIP):
            with open_workbook(path) as workbook:
                yield workbook
            return
        if start.startswith(_OLE):
            raise UnreadableFile("xls")
        if start[:2] in _UTF16:
            raise UnreadableFile("utf-16")
        stream.seek(0)
        encoding = _encoding_of(stream)
    yield CsvSource(path, encoding)


def sha256_of(path: Path) -> str:
    """Return the digest by which a file is known."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _encoding_of(stream: IO[bytes]) -> Encoding:
    """Try the whole file, strictly: UTF-8 first, since GB18030 text is never valid UTF-8 by chance
    for long, while UTF-8 text often is valid GB18030.
    """
    marked = stream.read(3) == codecs.BOM_UTF8
    if _decodes(stream, "utf-8"):
        return "utf-8-sig" if marked else "utf-8"
    if not marked and _decodes(stream, "gb18030"):
        return "gb18030"
    raise UnreadableFile("encoding")


def _decodes(stream: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    stream.seek(0)
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
