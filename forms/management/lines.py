"""The command that answers JSON Lines: it needs no database, no web server and no checks."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from forms.lines import main


class LinesCommand(BaseCommand):
    """Reads a file or standard input; subclasses name the command of ``forms.lines``."""

    requires_system_checks: list[str] = []
    command = ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file in place of standard input."""
        parser.add_argument("file", nargs="?", help="JSON Lines to read instead of standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer, and exit with 2 when nothing can be read."""
        sys.exit(main(self.command, options["file"]))
