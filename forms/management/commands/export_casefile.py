"""``bin/xinfu export-casefile CASE_NUMBER -o FILE [--redacted]``."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

import xinfu_verify
from processes.repair.case_facts import CASE
from processes.repair.casefile import collect
from processes.repair.models import RepairCase
from workflow import clock
from workflow.access.services import looked
from workflow.casefile import archive, signing
from workflow.documents.models import DocumentDamaged
from workflow.offices.actors import SYSTEM

ACTION = "casefile.exported"
PRIVATE = 0o600
UNREADABLE = 2


class Command(BaseCommand):
    """Writes a case file, verifies it as a stranger would, and only then hands it out."""

    help = "Export the case file 案件卷宗 of a case, signed, to be checked by xinfu_verify.py."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case_number")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
        parser.add_argument(
            "--redacted", action="store_true", help="withhold names and the bytes of documents"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        case = RepairCase.objects.filter(number=options["case_number"]).first()
        if case is None:
            raise CommandError(f"There is no case {options['case_number']}.", returncode=UNREADABLE)
        output: Path = options["output"]
        part = output.with_name(f"{output.name}.part")
        try:
            self._write(case, part, redacted=options["redacted"])
            part.replace(output)
        except (OSError, signing.KeyNotUsable) as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(f"{output}: case file of {case.number}, signed by key")
        self.stdout.write(signing.load(settings.XINFU_SIGNING_KEY).fingerprint)

    def _write(self, case: RepairCase, part: Path, *, redacted: bool) -> None:
        """Write and check the file; the look is logged whether or not it is handed out."""
        key = signing.load_or_create(settings.XINFU_SIGNING_KEY)
        reason = "redacted" if redacted else "whole"
        looked(
            actor=SYSTEM,
            action=ACTION,
            table=CASE,
            object_id=case.pk,
            at=clock.now(),
            reason=reason,
        )
        try:
            facts = collect(case, redacted=redacted)
        except DocumentDamaged as damage:
            raise CommandError(f"Nothing was handed out: {damage}") from damage
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
        with os.fdopen(descriptor, "wb") as out:
            archive.write(out, facts, key)
        damages = xinfu_verify.CaseFile(str(part), {key.public.hex()}).damages
        if damages:
            reason, step = damages[0]
            raise CommandError(f"Nothing was handed out: {step} does not verify: {reason}")
