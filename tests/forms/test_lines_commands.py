"""The two commands of JSON Lines, run as an integrator runs them: without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing"}
TERM = '{"id": "a1", "start": "2026-09-24", "value": 10, "unit": "working_day"}\n\n'
COMMANDS = ["calc-deadline", "check-eligibility"]


def run(*arguments, **options):
    program = [sys.executable, *arguments]
    return subprocess.run(program, capture_output=True, env=NOWHERE, cwd=ROOT, **options)


@pytest.mark.parametrize("program", [["-m", "forms.lines", "calc-deadline"],
                                     ["manage.py", "calc_deadline"]])  # fmt: skip
def test_calc_deadline_answers_line_by_line(program):
    done = run(*program, input=TERM.encode())
    first, second = (json.loads(line) for line in done.stdout.splitlines())

    assert (done.returncode, done.stderr) == (0, b"")
    assert (first["id"], first["due"]) == ("a1", "2026-10-15")
    assert second["error"]["code"] == "json"


@pytest.mark.parametrize("program", [["-m", "forms.lines", "check-eligibility"],
                                     ["manage.py", "check_eligibility"]])  # fmt: skip
def test_check_eligibility_answers_line_by_line(program):
    done = run(*program, input=b'{"id": 1}\n')

    assert done.returncode == 0
    assert json.loads(done.stdout)["error"]["field"] == "as_of"


@pytest.mark.parametrize("command", COMMANDS)
def test_an_input_that_cannot_be_read_ends_with_two_and_one_line(command, tmp_path):
    missing = run("-m", "forms.lines", command, str(tmp_path / "none"), stdin=subprocess.DEVNULL)
    assert (missing.returncode, missing.stderr.count(b"\n")) == (2, 1)

    closed = run("-m", "forms.lines", command, preexec_fn=lambda: os.close(0))
    assert (closed.returncode, closed.stderr.count(b"\n")) == (2, 1)
    folder = run("-m", "forms.lines", command, str(tmp_path), stdin=subprocess.DEVNULL)
    assert (folder.returncode, folder.stderr.count(b"\n")) == (2, 1)


def test_the_short_way_in_loads_no_django():
    code = (
        "import sys, forms.lines; sys.exit(any(m.split('.')[0] == 'django' for m in sys.modules))"
    )

    assert run("-c", code).returncode == 0
