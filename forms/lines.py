"""The two commands of JSON Lines without Django, for a start in a tenth of a second.

python -m forms.lines calc-deadline [FILE] < in.jsonl > out.jsonl
"""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import IO

from processes.repair import check_eligibility
from workflow import calc_deadline
from workflow.jsonl import Answerer, Unreadable, run

UNREADABLE = 2
ANSWERERS: dict[str, Answerer] = {
    "calc-deadline": calc_deadline.answer,
    "check-eligibility": check_eligibility.answer,
}


def main(command: str, path: str | None = None) -> int:
    """Answer a file or standard input on standard output; return the exit code."""
    try:
        with _source(path) as source:
            run(ANSWERERS[command], source, sys.stdout.buffer)
    except BrokenPipeError:
        _forget_output()
    except Unreadable as error:
        sys.stderr.write(f"{command}: cannot read the input: {error}\n")
        return UNREADABLE
    return 0


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


def _arguments(given: Sequence[str]) -> tuple[str, str | None]:
    if not given or given[0] not in ANSWERERS or len(given) > len(("command", "file")):
        raise SystemExit(f"usage: python -m forms.lines {{{','.join(ANSWERERS)}}} [FILE]")
    return given[0], given[1] if given[1:] else None


if __name__ == "__main__":
    sys.exit(main(*_arguments(sys.argv[1:])))
