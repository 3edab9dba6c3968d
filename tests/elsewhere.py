"""Run a part of the suite against other parts of the machine: Debian's PostgreSQL, Redis.

``python -m tests.elsewhere database`` starts a PostgreSQL of its own from the oldest supported
version that is installed; ``broker`` starts a Redis. Both are gone afterwards.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

VERSIONS = Path("/usr/lib/postgresql")
OLDEST = 15


def postgres_programs() -> Path:
    """Return the programs of the oldest installed version that we support."""
    found = sorted(
        int(place.name) for place in VERSIONS.glob("*") if (place / "bin/initdb").exists()
    )
    supported = [version for version in found if version >= OLDEST]
    if not supported:
        sys.exit(f"No PostgreSQL {OLDEST} or later is installed: apt-get install postgresql")
    return VERSIONS / str(supported[0]) / "bin"


@contextmanager
def debian_postgres() -> Iterator[dict[str, str]]:
    """Start a PostgreSQL server on a Unix socket; give the variables that name it."""
    programs, place = postgres_programs(), Path(tempfile.mkdtemp(prefix="xinfu-pg-"))
    account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    if account:
        os.chown(place, account.pw_uid, account.pw_gid)
    more = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}

    def call(program: str, *words: str) -> None:
        command = [str(programs / program), *words]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, **more)

    data, options = place / "data", f"-k {place} -c listen_addresses='' -c fsync=off"
    call(
        "initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D", str(data)
    )
    call("pg_ctl", "start", "-w", "-D", str(data), "-l", str(place / "log"), "-o", options)
    place.chmod(0o755)
    try:
        yield {"XINFU_TEST_SERVER": f"postgresql://postgres@/postgres?host={place}"}
    finally:
        call("pg_ctl", "stop", "-m", "immediate", "-D", str(data))
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def redis() -> Iterator[dict[str, str]]:
    """Start a Redis that keeps nothing on the disk; give the variable that names it."""
    program = shutil.which("redis-server")
    if program is None:
        sys.exit("Redis is not installed: apt-get install redis-server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        program,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir())
    try:
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield {"CELERY_BROKER_URL": f"redis://127.0.0.1:{port}/0"}
    finally:
        process.terminate()
        process.wait()


PLACES: dict[str, Callable] = {"database": debian_postgres, "broker": redis}


def main(marker: str, *more: str) -> int:
    """Run the tests that carry the marker in their other place."""
    with PLACES[marker]() as variables:
        print(f"\nThe tests marked {marker!r} once more, with {', '.join(variables)}", flush=True)
        command = [sys.executable, "-m", "pytest", "-m", marker, *more]
        done = subprocess.run(command, env={**os.environ, **variables})
    return 0 if done.returncode == 5 else done.returncode  # 5: no such tests here


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
