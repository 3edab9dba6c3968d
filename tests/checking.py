"""Everything that is checked without running the program; ``bin/check`` calls it.

Every check runs even after one failed, so that one look tells all that is wrong.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCALE = Path("templates/locale/zh_Hans/LC_MESSAGES/django.po")
PRODUCTION = {
    "CELERY_BROKER_URL": "redis://broker.example/0",
    "DATABASE_OWNER_URL": "postgresql://owner@database.example/xinfu",
    "DATABASE_URL": "postgresql://application@database.example/xinfu",
    "XINFU_CLOCK_MOVABLE": "0",
    "XINFU_HOSTS": "xinfu.example",
    "XINFU_HTTPS": "1",
    "XINFU_PUBLIC_URL": "https://xinfu.example",
}
FOREIGN = re.compile(r"pypi[.]org|[.]pythonhosted|registry[.]npmjs|/root[/]")
UNFINISHED = re.compile(r"(\d+) (?:fuzzy translation|untranslated message)")
TRANSLATED = re.compile(r"(\d+) translated message")


def run(*command: str, **environment: str) -> str:
    """Return what a command says if it fails, and nothing if it does not."""
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True
    )
    return (done.stdout + done.stderr).strip() if done.returncode else ""


def python(*words: str) -> tuple[str, ...]:
    """Return a command of this Python."""
    return (sys.executable, *words)


def style() -> str:
    """Ruff: rules and format."""
    ruff = python("-m", "ruff")
    return run(*ruff, "check", "--quiet", ".") + run(*ruff, "format", "--check", "--quiet", ".")


def types() -> str:
    """Mypy, strict on the pure modules."""
    return run(*python("-m", "mypy"))


def imports() -> str:
    """The direction of imports."""
    return run(*python("-c", "from importlinter.cli import lint_imports_command as run; run()"))


def migrations() -> str:
    """Models and migrations agree."""
    return run(*python("manage.py", "makemigrations", "--check", "--dry-run"))


def diagrams() -> str:
    """The state diagrams in docs are those of the code."""
    return run(*python("manage.py", "draw_states", "--check"))


def law() -> str:
    """Every provision has exactly one text on every day, cited and quoted."""
    return run(*python("manage.py", "check_law"))


def deployment() -> str:
    """Django's own check list, for a production environment."""
    command = python("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    return run(*command, **PRODUCTION)


def words() -> str:
    """The Chinese catalogue is complete, has nothing doubtful and nothing left over."""
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place)
        for name in tracked():
            if not name.startswith("tests/") and (ROOT / name).is_file():
                (tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, tree / name)
        if not (tree / LOCALE).exists():
            return f"{LOCALE} is missing"
        before = catalogue(tree)
        done = subprocess.run(
            [*python("-m", "django"), "makemessages", "-l", "zh_Hans", "--no-obsolete", "-v0"],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree), "XINFU_VAR": str(ROOT / "var"),
                 "DJANGO_SETTINGS_MODULE": "config.settings"},
            capture_output=True,
            text=True,
        )  # fmt: skip
        after = catalogue(tree)
    if done.returncode:
        return done.stderr
    return "" if before == after and not UNFINISHED.search(after) else f"was {before}\nnow {after}"


def catalogue(tree: Path) -> str:
    """Return gettext's count of translated, fuzzy and untranslated messages."""
    command = ["msgfmt", "--statistics", "--check-format", "-o", os.devnull, str(tree / LOCALE)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}
    )
    return done.stderr.strip()


def names() -> str:
    """No file names a package registry or a path of the machine it was written on."""
    found = []
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        lines = enumerate(text.splitlines(), 1)
        found += [f"{name}:{at}" for at, line in lines if FOREIGN.search(line) or str(ROOT) in line]
    return "\n".join(found)


def tracked() -> list[str]:
    """Return the files that are or would be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


CHECKS: tuple[Callable[[], str], ...] = (
    style, types, imports, migrations, diagrams, law, deployment, words, names,
)  # fmt: skip


def main(wanted: list[str]) -> int:
    """Run the named checks, or all; say of each how it went."""
    failed = 0
    for check in CHECKS:
        if wanted and check.__name__ not in wanted:
            continue
        began = time.monotonic()
        trouble = check()
        failed += bool(trouble)
        verdict = "FAILS" if trouble else "ok"
        print(f"{verdict:>5}  {check.__name__:<12} {time.monotonic() - began:5.1f} s", flush=True)
        if trouble:
            print(trouble, file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
