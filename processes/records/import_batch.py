"""Settle one batch of rows against the register: all of it in one transaction, or none."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.db import DataError, IntegrityError, OperationalError, transaction

from processes.records.identities import keep_original
from processes.records.known_records import KnownRecords
from processes.records.models import ImportFile, ImportRow
from processes.records.penalties import Finding, PenaltyRow, finding
from processes.records.services import register_penalty
from workflow.errors import Refusal
from workflow.offices.actors import Actor

_ATTEMPTS = 4
Outcome = ImportRow.Outcome


@dataclasses.dataclass(frozen=True, slots=True)
class Settled:
    """What became of one row, for the report."""

    row: PenaltyRow
    outcome: str
    refusal: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return why the row was rejected, by the reader or on registration."""
        return self.row.errors + self.refusal

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Return what is said beside; also that a new version was only proposed."""
        if self.outcome != Outcome.PROPOSED:
            return self.row.warnings
        number = self.row.original.get("CF_WSH", "")
        return (*self.row.warnings, finding(self.row.line, "CF_WSH", "proposed", number))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One call of the import: for which file, by whom, when.

    ``again`` says that the file had been read to its end before, so that nothing it says is new.
    """

    file_id: uuid.UUID
    again: bool
    by: Actor
    at: dt.datetime


def rehearse(rows: Sequence[PenaltyRow], *, file: ImportFile | None) -> list[Settled]:
    """Say what :func:`commit` would do, without writing anything."""
    again = file is not None and file.standing == ImportFile.Standing.DONE
    stored = _stored(file, rows)
    known = KnownRecords(row.penalty for row in rows if row.penalty)
    return [
        _remembered(row, stored[row.line], again=again)
        if _is_settled(row, stored)
        else Settled(row, _expected(row, known))
        for row in rows
    ]


def commit(rows: Sequence[PenaltyRow], *, run: Run) -> list[Settled]:
    """Write a batch and how far the file got, in one transaction.

    The first attempt spends no savepoints. When a row is refused, or another import gets in the
    way, the batch is done again row by row, so that one row never takes others with it.

    :raises OperationalError: the database stayed busy or went away; the next import resumes here.
    """
    for attempt in range(1, _ATTEMPTS):
        try:
            return _commit_once(rows, run=run, careful=attempt > 1)
        except (Refusal, IntegrityError, DataError, OperationalError):
            continue
    return _commit_once(rows, run=run, careful=True)


@transaction.atomic(durable=True)
def _commit_once(rows: Sequence[PenaltyRow], *, run: Run, careful: bool) -> list[Settled]:
    file = ImportFile.objects.select_for_update().get(pk=run.file_id)
    stored = _stored(file, rows)
    fresh = [row for row in rows if not _is_settled(row, stored)]
    sources = _write_rows(file, fresh, stored)
    known = KnownRecords(row.penalty for row in fresh if row.penalty)
    settled = {
        row.line: _settle(row, sources[row.line], known, run=run, careful=careful)
        for row in sorted(fresh, key=_lock_order)
    }
    for line, source in sources.items():
        source.outcome = settled[line].outcome
        source.errors = [error.stored() for error in settled[line].errors]
    ImportRow.objects.bulk_update(sources.values(), ["outcome", "errors", "record"])
    file.last_line = max(file.last_line, rows[-1].line)
    file.save(update_fields=["last_line"])
    return [
        settled.get(row.line) or _remembered(row, stored[row.line], again=run.again) for row in rows
    ]


def _settle(
    row: PenaltyRow, source: ImportRow, known: KnownRecords, *, run: Run, careful: bool
) -> Settled:
    if not careful:
        return Settled(row, _register(row, source, known, run=run))
    try:
        with transaction.atomic():
            return Settled(row, _register(row, source, known, run=run))
    except Refusal as refusal:
        reason = str(refusal)
    except (IntegrityError, DataError) as fault:
        reason = type(fault).__name__
    source.record_id = None
    return Settled(row, Outcome.REJECTED, (finding(row.line, None, "refused", reason=reason),))


def _register(row: PenaltyRow, source: ImportRow, known: KnownRecords, *, run: Run) -> str:
    penalty = row.penalty
    if penalty is None or not penalty.is_penalty:
        return _expected(row, known)
    found = known.find(penalty)
    if found is not None and found.says(row.digest):
        source.record_id = found.record_id
        return Outcome.UNCHANGED
    registered = register_penalty(penalty=penalty, source_row=source, by=run.by, at=run.at)
    source.record_id = registered.record.pk
    return str(registered.outcome)


def _expected(row: PenaltyRow, known: KnownRecords) -> str:
    if row.penalty is None:
        return Outcome.REJECTED
    found = known.find(row.penalty) if row.penalty.is_penalty else None
    if found is None:
        return Outcome.ACCEPTED
    return Outcome.UNCHANGED if found.says(row.digest) else Outcome.PROPOSED


def _stored(file: ImportFile | None, rows: Sequence[PenaltyRow]) -> Mapping[int, ImportRow]:
    """Return what earlier calls made of these lines; empty beyond where they stopped."""
    if file is None or rows[0].line > file.last_line:
        return {}
    lines = [row.line for row in rows]
    return {stored.line: stored for stored in file.rows.filter(line__in=lines)}


def _is_settled(row: PenaltyRow, stored: Mapping[int, ImportRow]) -> bool:
    """Say whether a line is done with. One refused only on registration is tried again."""
    before = stored.get(row.line)
    return before is not None and (not row.accepted or before.outcome != Outcome.REJECTED)


def _remembered(row: PenaltyRow, stored: ImportRow, *, again: bool) -> Settled:
    return Settled(row, Outcome.UNCHANGED if again and row.accepted else stored.outcome)


def _write_rows(
    file: ImportFile, rows: Sequence[PenaltyRow], stored: Mapping[int, ImportRow]
) -> dict[int, ImportRow]:
    new = [_new_row(file, row) for row in rows if row.line not in stored]
    sources = {source.line: source for source in ImportRow.objects.bulk_create(new)}
    return sources | {row.line: stored[row.line] for row in rows if row.line in stored}


def _new_row(file: ImportFile, row: PenaltyRow) -> ImportRow:
    return ImportRow(
        file=file,
        line=row.line,
        outcome=Outcome.ACCEPTED if row.accepted else Outcome.REJECTED,
        digest=row.digest,
        original=keep_original(row.original),
        errors=[error.stored() for error in row.errors],
        warnings=[warning.stored() for warning in row.warnings],
    )


def _lock_order(row: PenaltyRow) -> tuple[str, int]:
    """Order rows by subject, so that two imports take the locks of subjects in one order."""
    return (row.penalty.counterpart_code if row.penalty else "", row.line)
