"""Bring a penalty file into the register: in batches, once, and from where it stopped."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from processes.records.import_batch import Run, Settled, commit, rehearse
from processes.records.import_report import ImportReport
from processes.records.models import ImportFile
from processes.records.penalties import PenaltyRow, open_penalties, sha256_of
from workflow import clock, faults
from workflow.errors import NotAllowed
from workflow.offices.actors import Actor, CapacityKind
from workflow.offices.queries import require_capacity

BATCH = 200
MAY_IMPORT = (CapacityKind.PROVIDER, CapacityKind.ADMINISTRATOR)
_LONGEST_FILE_NAME = 200
Progress = Callable[[int], None]


def import_penalties(
    *,
    path: Path,
    name: str,
    by: Actor,
    at: dt.datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
    confirmed: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """Import a file and return its report (contracts.md).

    Accepted rows are committed in batches even when others are rejected. The same bytes twice
    change nothing; an import that was killed goes on behind its last committed batch. ``progress``
    is told the number of rows done after each batch and may raise to stop: what is committed
    stays, and the next call resumes.

    :raises NotAllowed: the actor may not import.
    :raises UnreadableFile: no format, encoding or header could be made out.
    """
    require_may_import(by, on=clock.local_day(at))
    digest = sha256_of(path)
    file = ImportFile.objects.filter(sha256=digest).first()
    # A file is judged by the day its import began, so that whoever resumes it judges it alike.
    day = clock.local_day(file.began_at if file else at)
    report = ImportReport()
    with open_penalties(path, today=day, confirmed=confirmed) as penalties:
        for note in penalties.findings:
            report.warn(note)
        if dry_run:
            _read(penalties.rows(), lambda rows: rehearse(rows, file=file), report, progress)
            return report.as_dict()
        file = file or _begin(digest, name=name, by=by, at=at)
        again = file.standing == ImportFile.Standing.DONE
        run = Run(file_id=file.pk, again=again, by=by, at=at)
        _read(penalties.rows(), lambda rows: commit(rows, run=run), report, progress)
    _finish(file, at=at)
    return report.as_dict()


def require_may_import(actor: Actor, *, on: dt.date) -> None:
    """Check that the actor brings in files: a provider, an administrator, or the system itself.

    :raises NotAllowed: none of these.
    """
    if actor.is_system:
        return
    if actor.capacity not in MAY_IMPORT:
        message = "Files are imported by an information provider or an administrator."
        raise NotAllowed(message, code="wrong-capacity")
    require_capacity(actor, role=actor.capacity, department_id=actor.department_id, on=on)


def _read(
    rows: Iterator[PenaltyRow],
    settle: Callable[[list[PenaltyRow]], Iterable[Settled]],
    report: ImportReport,
    progress: Progress | None,
) -> None:
    while batch := list(islice(rows, BATCH)):
        for settled in settle(batch):
            report.count(
                errors=settled.errors,
                warnings=settled.warnings,
                unchanged=settled.outcome == "unchanged",
            )
        faults.point("import.after-batch")
        if progress:
            progress(report.rows)


def _begin(digest: str, *, name: str, by: Actor, at: dt.datetime) -> ImportFile:
    file: ImportFile
    file, _ = ImportFile.objects.get_or_create(
        sha256=digest,
        defaults={"name": name[-_LONGEST_FILE_NAME:], "imported_by": by.user_id, "began_at": at},
    )
    return file


def _finish(file: ImportFile, *, at: dt.datetime) -> None:
    running = ImportFile.objects.filter(pk=file.pk, standing=ImportFile.Standing.RUNNING)
    running.update(standing=ImportFile.Standing.DONE, ended_at=at)
