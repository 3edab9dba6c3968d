"""``bin/xinfu verify-casefile FILE [--key FILE|HEX] [--anchor FILE]``."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

import xinfu_verify


class Command(BaseCommand):
    """Runs ``xinfu_verify.py`` and trusts this installation's own key beside the given ones."""

    help = "Verify a case file: exit 0 when all holds, 1 with the first damaged step, 2 unreadable."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--key", action="append", default=[], metavar="FILE|HEX")
        parser.add_argument("--anchor", action="append", default=[], metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        public = settings.XINFU_SIGNING_KEY.with_suffix(".pub")
        keys = [*options["key"], *([str(public)] if public.exists() else [])]
        arguments = [options["file"]]
        arguments += [part for key in keys for part in ("--key", key)]
        arguments += [part for anchor in options["anchor"] for part in ("--anchor", anchor)]
        status = xinfu_verify.main(arguments)
        if status:
            sys.exit(status)
