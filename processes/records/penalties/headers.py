"""Match the columns of a file to the national fields by the words of their headers.

Never by an index: ``行政相对人代码_2`` … ``_5`` mean different things in the old template and in
the present one, and reading them by number would put identity numbers into a public column.
"""

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from importlib import resources

from processes.records.penalties.amounts import ColumnUnit
from processes.records.penalties.findings import Finding, finding
from processes.records.penalties.layout import FIELDS, PACKAGE, REQUIRED
from workflow.identifiers import compact

_EXTRA = "_extra_columns_without_a_national_field"
_INDEXED = re.compile(r"行政相对人代码[_\-/—]?[0-9]+\((?P<words>.+)\)\Z")
_INDEX_ONLY = re.compile(r"行政相对人代码[_\-/—]?[2-9]\Z")
_FIRST_INDEX = "行政相对人代码_1"
_ESCAPES = re.compile(r"_X000D_|_X000A_")
_JOINED = frozenset({"CF_CFLB"})  # 处罚类别1, 处罚类别2: parts of one list
_ENOUGH = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column of the file that is read."""

    index: int
    header: str
    field: str


@dataclasses.dataclass(frozen=True, slots=True)
class Header:
    """The columns that are read, those that wait for confirmation, and what to say about them."""

    columns: tuple[Column, ...]
    doubtful: tuple[Column, ...]
    findings: tuple[Finding, ...]
    width: int

    @property
    def recognised(self) -> bool:
        """True when enough headers are national fields for this to be a header row."""
        return len({column.field for column in self.columns}) >= _ENOUGH

    def amount_unit(self, field: str) -> ColumnUnit | None:
        """Return the unit that the header of an amount column names."""
        for column in self.columns:
            if column.field == field:
                return _unit(column.header)
        return None


def match_header(
    cells: Sequence[str], *, line: int, confirmed: Mapping[str, str] | None = None
) -> Header:
    """Match a header row.

    :param confirmed: header as written → field code, for doubtful headers that a person confirmed.
    """
    given = {_words(header): code for header, code in (confirmed or {}).items()}
    columns: list[Column] = []
    doubtful: list[Column] = []
    notes: list[Finding] = []
    for index, cell in enumerate(cells):
        words = _words(cell)
        if not words:
            continue
        code = given.get(words) or _SURE.get(words) or _by_words_in_brackets(words)
        if code is not None and code in FIELDS:
            columns.append(Column(index, cell.strip(), code))
        elif words in _DOUBTFUL:
            doubtful.append(Column(index, cell.strip(), _DOUBTFUL[words]))
            notes.append(_doubt(line, cell, _DOUBTFUL[words]))
        elif code != _EXTRA:
            kind = "header-index" if _INDEX_ONLY.match(words) else "header-unknown"
            notes.append(finding(line, None, kind, cell.strip()))
    kept, doubles = _without_doubles(columns, line=line)
    missing = (_missing(line, code) for code in REQUIRED if code not in {c.field for c in kept})
    return Header(
        columns=tuple(kept),
        doubtful=tuple(doubtful),
        findings=(*notes, *doubles, *missing),
        width=max((i + 1 for i, cell in enumerate(cells) if cell.strip()), default=0),
    )


def _doubt(line: int, cell: str, code: str) -> Finding:
    return finding(
        line, code, "header-doubtful", cell.strip(), name=FIELDS[code].name_zh, maybe=code
    )


def _missing(line: int, code: str) -> Finding:
    return finding(line, code, "header-missing", FIELDS[code].name_zh)


def _without_doubles(columns: list[Column], *, line: int) -> tuple[list[Column], list[Finding]]:
    """Keep one column per field: the one that bears the field's own name or code, else the first."""
    kept: list[Column] = []
    notes: list[Finding] = []
    for field in dict.fromkeys(column.field for column in columns):
        same = [column for column in columns if column.field == field]
        if field in _JOINED or len(same) == 1:
            kept.extend(same)
            continue
        own = [c for c in same if _words(c.header) in (field, _words(FIELDS[field].name_zh))]
        chosen = (own or same)[0]
        kept.append(chosen)
        notes.extend(
            finding(line, field, "header-double", column.header, first=chosen.header)
            for column in same
            if column is not chosen
        )
    return kept, notes


def _words(header: str) -> str:
    return _ESCAPES.sub("", compact(header))


def _by_words_in_brackets(words: str) -> str | None:
    found = _INDEXED.match(words)
    if found:
        return _BRACKETED.get(found["words"]) or _SURE.get(found["words"])
    return "CF_XDR_SHXYM" if words == _FIRST_INDEX else None


def _unit(header: str) -> ColumnUnit | None:
    words = _words(header)
    if "万元" in words or words in FIELDS:
        return "wan"
    if "CENTS" in words or "(分)" in words:
        return "fen"
    return "yuan" if "(元)" in words or "单位:元" in words else None


def _load() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Read the spellings: sure words, words inside the brackets of an indexed header, doubtful ones."""
    text = resources.files(PACKAGE).joinpath("header_spellings.json").read_text(encoding="utf-8")
    spellings: dict[str, dict[str, list[str]]] = json.loads(text)
    sure: dict[str, str] = {}
    bracketed: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    for code, lists in spellings.items():
        names = lists["spellings"] + ([code, FIELDS[code].name_zh] if code in FIELDS else [])
        for words in map(_words, names):
            found = _INDEXED.match(words)
            if found:
                bracketed[found["words"]] = code
            else:
                sure[words] = code
        doubtful.update((_words(spelling), code) for spelling in lists["only_with_care"])
    for field in FIELDS.values():
        sure.setdefault(field.code, field.code)
        sure.setdefault(_words(field.name_zh), field.code)
    return sure, bracketed, doubtful


_SURE, _BRACKETED, _DOUBTFUL = _load()
