"""``bin/xinfu move-clock INSTANT``: let a demonstration's clock stand at another time."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow import clock
from workflow.clock.services import move_to
from workflow.errors import NotPossible


class Command(BaseCommand):
    """Moves web, worker, beat and SQL together; refused where the clock is the real one."""

    help = "Move the clock of a demonstration, e.g. move-clock 2026-11-20T09:40 (Asia/Shanghai)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("instant", type=dt.datetime.fromisoformat)

    def handle(self, *args: Any, **options: Any) -> None:
        instant: dt.datetime = options["instant"]
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=clock.LOCAL)
        try:
            move_to(instant=instant)
        except NotPossible as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(clock.now().astimezone(clock.LOCAL).isoformat(timespec="minutes"))
