"""``bin/xinfu load-demo``: the demonstration's league and story.

Each step commits as it does in life; an interrupted load is begun anew with ``bin/demo --fresh``.
"""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from forms.demo.league import found_league
from forms.demo.story import SCENE, Story
from workflow.clock.services import move_to
from workflow.offices.models import Jurisdiction


class Command(BaseCommand):
    """Loads once, into an empty house whose clock can be moved."""

    help = "Load the demonstration data and write one login per role to var/logins.json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--without-story", action="store_true", help="offices, sites and people only"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.XINFU_CLOCK_MOVABLE:
            message = "The demonstration needs XINFU_CLOCK_MOVABLE=1; never in production."
            raise CommandError(message)
        if Jurisdiction.objects.exists():
            raise CommandError(
                "This house has data already, perhaps of an interrupted load; use bin/demo --fresh."
            )
        league = found_league()
        if not options["without_story"]:
            Story(league).tell()
            move_to(instant=SCENE)
        self._write(league.logins)

    def _write(self, logins: list[dict[str, str]]) -> None:
        file = Path(settings.VAR) / "logins.json"
        file.write_text(json.dumps(logins, ensure_ascii=False, indent=1), encoding="utf-8")
        file.chmod(0o600)
