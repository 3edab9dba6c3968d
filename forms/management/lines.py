"""The command that answers JSON Lines: it needs no database, no web server and no checks."""

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workflow.jsonl import Answerer, Unreadable, run

UNREADABLE = 2


class LinesCommand(BaseCommand):
    """Reads a file or standard input; subclasses name the function that answers one line."""

    requires_system_checks: list[str] = []
    answer: Answerer

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="JSON Lines to read instead of standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with _source(options["file"]) as source:
                run(self.answer, source, sys.stdout.buffer)
        except BrokenPipeError:
            _forget_output()
        except Unreadable as error:
            raise CommandError(f"cannot read the input: {error}", returncode=UNREADABLE) from error


@contextlib.contextmanager
def _source(path: str | None) -> Iterator[IO[bytes]]:
    if path is None:
        if sys.stdin is None:
            raise Unreadable("standard input is closed")
        yield sys.stdin.buffer
        return
    try:
        opened = open(path, "rb")  # noqa: SIM115 (closed below; its opening may fail)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error
    with opened:
        yield opened


def _forget_output() -> None:
    """Whoever read our answers has gone: end quietly, also when Python flushes at its exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
