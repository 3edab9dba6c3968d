"""``bin/xinfu import-penalties FILE [--dry-run] [--report OUT.json]``."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from processes.records.importing import import_penalties
from processes.records.penalties import UnreadableFile
from processes.records.penalties.layout import FIELDS
from workflow import clock
from workflow.offices.actors import SYSTEM

UNREADABLE = 2
STOPPED = 130


class Command(BaseCommand):
    """Reads one file for the system; the screen does the same for a provider."""

    help = "Import a national penalty file (CSV or XLSX); rows that are wrong are reported."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="check and report, write nothing"
        )
        parser.add_argument("--report", type=Path, help="also write the report to this file")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="HEADER=CODE",
            help="confirm what a doubtful header means, e.g. 身份证号=CF_XDR_ZJHM",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            report = import_penalties(
                path=path,
                name=path.name,
                by=SYSTEM,
                at=clock.now(),
                dry_run=options["dry_run"],
                progress=self._tell if sys.stderr.isatty() else None,
                confirmed=dict(_confirmed(text) for text in options["column"]),
            )
        except (OSError, UnreadableFile) as error:
            raise CommandError(f"{path}: {_reason(error)}", returncode=UNREADABLE) from error
        except KeyboardInterrupt as stop:
            message = "stopped; the same command goes on where it stopped"
            raise CommandError(message, returncode=STOPPED) from stop
        text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        if options["report"]:
            _write(options["report"], text)
        self.stdout.write(text, ending="")

    def _tell(self, rows: int) -> None:
        sys.stderr.write(f"\r{rows:>12,} 行")
        sys.stderr.flush()


def _confirmed(text: str) -> tuple[str, str]:
    header, _, code = text.rpartition("=")
    if not header or code.strip().upper() not in FIELDS:
        message = "--column reads HEADER=CODE with a code of the national layout"
        raise CommandError(message, returncode=UNREADABLE)
    return header, code.strip().upper()


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=UNREADABLE) from error
