"""Set-up shared by every command: from a bare machine to a ready virtual environment.

Runs on the machine's own Python with nothing installed. What is done is remembered by stamps, so
that a second run takes a moment.
"""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "bin" / "locks"
LEAST_PYTHON = (3, 11)
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
DEBIAN_POSTGRES = Path("/usr/lib/postgresql")

# What is looked for → the Debian package that brings it.
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
PROGRAMS = {"fc-list": "fontconfig"}
FONT = ("Noto Serif CJK SC", "fonts-noto-cjk")
TEST_PROGRAMS = {
    "chromium": "chromium",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "redis-server": "redis-server",
    "msgmerge": "gettext",
}


class Missing(SystemExit):
    """Something must be installed by hand; the message says what and how."""

    def __init__(self, message: str) -> None:
        print(message, file=sys.stderr)
        super().__init__(1)


def prepare(*, tests: bool = False) -> None:
    """Bring the machine and the virtual environment to the state a command needs."""
    if sys.version_info < LEAST_PYTHON:
        have = ".".join(map(str, sys.version_info[:3]))
        raise Missing(f"Python {have} is too old: run this with Python 3.11 or later.")
    os.chdir(ROOT)
    os.environ.setdefault("XINFU_BEGAN", str(time.time()))
    system_packages(tests=tests)
    virtual_environment()
    python_packages("test" if tests else "run")
    front_end()
    run(PYTHON, "-m", "config.keys")


def system_packages(*, tests: bool) -> None:
    """Install the system libraries, as root on Debian; elsewhere say which are missing.

    :raises Missing: they cannot be installed from here.
    """
    packages = missing_packages(tests=tests)
    if not packages:
        return
    command = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        what = (
            "On Debian or Ubuntu, as root:"
            if shutil.which("apt-get")
            else "On Debian this would be:"
        )
        raise Missing(f"Missing on this machine: {', '.join(packages)}.\n{what} {command}")
    say(f"Installing {', '.join(packages)}")
    apt_install(*packages)
    still = missing_packages(tests=tests)
    if still:
        raise Missing(f"Still missing after installing: {', '.join(still)}. Install them by hand.")


def apt_install(*packages: str) -> None:
    """Install Debian packages, telling only what goes wrong."""
    apt = ["apt-get", "-y", "-qq", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", *packages]):
        done = subprocess.run([*apt, *words], env=quiet, capture_output=True, text=True)
        if done.returncode:
            raise Missing(f"apt-get {' '.join(words)} failed:\n{done.stderr or done.stdout}")


def missing_packages(*, tests: bool) -> list[str]:
    """Return the Debian packages of what this machine lacks."""
    found = [package for name, package in LIBRARIES.items() if not has_library(name)]
    found += [package for name, package in PROGRAMS.items() if not shutil.which(name)]
    if not has_font(FONT[0]):
        found.append(FONT[1])
    if tests:
        found += [package for name, package in TEST_PROGRAMS.items() if not shutil.which(name)]
        if not list(DEBIAN_POSTGRES.glob("*/bin/initdb")):
            found.append("postgresql")
    return sorted(set(found))


def has_library(name: str) -> bool:
    """Return whether a shared library can be loaded."""
    for candidate in (f"lib{name}.so.0", ctypes.util.find_library(name)):
        try:
            if candidate and ctypes.CDLL(candidate):
                return True
        except OSError:
            continue
    return False


def has_font(family: str) -> bool:
    """Return whether fontconfig knows a family."""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    return family in subprocess.run([lister, ":", "family"], capture_output=True, text=True).stdout


def virtual_environment() -> None:
    """Create the virtual environment, with pip.

    :raises Missing: this Python cannot make one.
    """
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0
    ):
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if made.returncode and os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing python3-venv")
        apt_install("python3-venv")
        shutil.rmtree(VENV, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if made.returncode:
        raise Missing(
            f"Python {version} cannot make a virtual environment. On Debian or Ubuntu, as root: "
            f"apt-get install python3-venv\n{made.stdout.strip()}"
        )


def python_packages(lock: str) -> None:
    """Install exactly what a lock file names, every file checked by its hash."""
    file = LOCKS / f"{lock}.lock"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    stamp = VENV / f".xinfu-{lock}"
    if stamp.exists() and stamp.read_text() == digest:
        return
    say("Installing Python packages")
    pip = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    run(*pip, "--no-deps", "--only-binary=:all:", "--require-hashes", "-r", file)
    stamp.write_text(digest)


def front_end() -> None:
    """Fetch what browsers need and compile the translations; quick when nothing changed."""
    if not shutil.which("npm"):
        python_packages("node")
    if SYSTEM_CERTIFICATES.exists():  # a Node that is not Debian's knows only its own
        os.environ.setdefault("NODE_EXTRA_CA_CERTS", str(SYSTEM_CERTIFICATES))
    run(PYTHON, "-m", "forms.assets.build")


def run(*command: object, env: dict[str, str] | None = None) -> None:
    """Run a step; its own output goes to standard error, and a failure ends the command."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, env=env, stdout=sys.stderr)
    if done.returncode:
        raise Missing(f"This step failed, see above: {' '.join(words)}")


def say(text: str) -> None:
    """Tell what takes time, apart from a command's own answer."""
    print(f"{text} …", file=sys.stderr, flush=True)


def become(*command: object) -> None:
    """Replace this process by a command of the virtual environment."""
    words = [str(word) for word in command]
    os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    sys.stdout.flush()
    os.execv(words[0], words)
