"""Read a penalty file row by row: the one door of this package."""

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from processes.records.penalties.checks import check_row
from processes.records.penalties.duplicates import Earlier, SeenRecords, seen_records
from processes.records.penalties.findings import Finding, finding
from processes.records.penalties.headers import Header, match_header
from processes.records.penalties.layout import FIELDS
from processes.records.penalties.money import CONFISCATION_FIELD, FINE_FIELD, Units
from processes.records.penalties.penalty import Penalty, PenaltyRow
from processes.records.penalties.refusals import UnreadableFile
from processes.records.penalties.source_rows import SourceRow
from processes.records.penalties.sources import Source, open_source

_HEADER_WITHIN = 10
_FIELD_OF = {
    "violation": "CF_WFXW", "facts": "CF_SY", "basis": "CF_YJ", "types": "CF_CFLB",
    "content": "CF_NR", "fine_yuan": "CF_NR_FK", "confiscated_yuan": "CF_NR_WFFF",
    "licence": "CF_NR_ZKDX", "decided_on": "CF_JDRQ", "valid_until": "CF_YXQ",
    "published_until": "CF_GSJZQ", "authority_name": "CF_CFJG", "source_name": "CF_SJLY",
    "source_code": "CF_SJLYDM", "remark": "BZ", "counterpart_name": "CF_XDR_MC",
    "counterpart_kind": "CF_XDR_LB", "registration_number": "CF_XDR_GSZC",
    "organisation_code": "CF_XDR_ZZJG", "tax_number": "CF_XDR_SWDJ",
    "institution_certificate": "CF_XDR_SYDW", "social_certificate": "CF_XDR_SHZZ",
    "representative_name": "CF_FRDB", "representative_document_type": "CF_FR_ZJLX",
    "document_type": "CF_XDR_ZJLX",
}  # fmt: skip


@dataclasses.dataclass
class PenaltyFile:
    """An open penalty file whose header was understood."""

    header: Header
    header_line: int
    encoding: str
    findings: tuple[Finding, ...]
    today: dt.date
    _source: Source
    _rest: Iterator[SourceRow]
    _seen: SeenRecords

    def rows(self) -> Iterator[PenaltyRow]:
        """Yield every row that is not blank, once, in the order of the file."""
        units = Units(
            fine=self.header.amount_unit(FINE_FIELD),
            confiscated=self.header.amount_unit(CONFISCATION_FIELD),
        )
        for source in self._rest:
            if not source.blank:
                yield self._row(source, units)

    def _row(self, source: SourceRow, units: Units) -> PenaltyRow:
        if source.broken:
            return _rejected(source.line, {}, finding(source.line, None, "csv"))
        original = self._original(source)
        extra = _beyond(source, self.header.width)
        if extra is not None:
            problem = finding(
                source.line, None, "columns", source.cells[extra], column=str(extra + 1)
            )
            return _rejected(source.line, original, problem)
        check, penalty = check_row(
            source.line,
            original,
            today=self.today,
            units=units,
            epoch_1904=self._source.epoch_1904,
        )
        if penalty is not None:
            earlier = self._seen.see(penalty, line=source.line)
            if earlier:
                check.errors.append(_repeated(source.line, penalty, original, earlier))
                penalty = None
        return PenaltyRow(
            line=source.line,
            original=original,
            penalty=penalty,
            errors=tuple(check.errors),
            warnings=tuple(check.warnings),
            digest=penalty.digest() if penalty else "",
        )

    def _original(self, source: SourceRow) -> dict[str, str]:
        cells: dict[str, str] = {}
        for column in self.header.columns:
            cell = source.cells[column.index] if column.index < len(source.cells) else ""
            before = cells.get(column.field)
            joined = f"{before};{cell}" if before and cell.strip() else before or cell
            cells[column.field] = joined
        return cells


@contextlib.contextmanager
def open_penalties(
    path: Path, *, today: dt.date, confirmed: Mapping[str, str] | None = None
) -> Iterator[PenaltyFile]:
    """Open a penalty file of any supported kind.

    :param today: the legal day on which a decision date counts as future.
    :param confirmed: header as written → field code, for doubtful headers a person confirmed.
    :raises UnreadableFile: no format, encoding or header could be made out.
    """
    with open_source(path) as source, seen_records() as seen:
        rest = source.rows()
        line, header, skipped = _find_header(rest, confirmed)
        notes = list(header.findings)
        if skipped:
            notes.append(finding(skipped, None, "preamble"))
        notes += [finding(line, None, "sheet-ignored", sheet=name) for name in source.other_sheets]
        yield PenaltyFile(
            header=header,
            header_line=line,
            encoding=source.encoding,
            findings=tuple(notes),
            today=today,
            _source=source,
            _rest=rest,
            _seen=seen,
        )


def _find_header(
    rows: Iterator[SourceRow], confirmed: Mapping[str, str] | None
) -> tuple[int, Header, int | None]:
    """Return the header's line, the header, and the line of the first content before it."""
    skipped = None
    for row in rows:
        if row.line > _HEADER_WITHIN:
            break
        if row.blank:
            continue
        header = match_header(row.cells, line=row.line, confirmed=confirmed)
        if header.recognised:
            return row.line, header, skipped
        skipped = skipped or row.line
    raise UnreadableFile("header", str(_HEADER_WITHIN))


def _beyond(source: SourceRow, width: int) -> int | None:
    return next((i for i in range(width, len(source.cells)) if source.cells[i].strip()), None)


def _rejected(line: int, original: dict[str, str], problem: Finding) -> PenaltyRow:
    return PenaltyRow(line=line, original=original, penalty=None, errors=(problem,), warnings=())


def _repeated(line: int, penalty: Penalty, original: dict[str, str], earlier: Earlier) -> Finding:
    if not earlier.differing:
        value = penalty.decision_number
        return finding(line, "CF_WSH", "duplicate", value, earlier=str(earlier.line))
    fields = [_FIELD_OF[name] for name in earlier.differing if name in _FIELD_OF]
    first = fields[0] if fields else "CF_WSH"
    names = "、".join(FIELDS[field].name_zh for field in fields)
    return finding(
        line, first, "conflict", original.get(first, ""), earlier=str(earlier.line), fields=names
    )
