"""Bring the house up as far as a command needs it, then run the command. Started by bin/xinfu."""

import os
import sys

import _setup

LINES = {"calc-deadline", "check-eligibility"}
WITHOUT_DATABASE = {*LINES, "verify-casefile", "publish-key", "help", "check"}


def main() -> None:
    """Become the command."""
    command, arguments = (sys.argv[1:2] or ["help"])[0], sys.argv[2:]
    where = os.getcwd()
    _setup.prepare()
    if command not in WITHOUT_DATABASE:
        _setup.run(_setup.PYTHON, "-m", "config.prepare")
    os.chdir(where)
    if command in LINES:
        os.environ["PYTHONPATH"] = str(_setup.ROOT)
        _setup.become(_setup.PYTHON, "-m", "forms.lines", command, *arguments)
    manage = _setup.ROOT / "manage.py"
    _setup.become(_setup.PYTHON, manage, command.replace("-", "_"), *arguments)


if __name__ == "__main__":
    main()
