"""The PostgreSQL server that comes in a Python wheel and keeps its data beside the program.

The wheel's own start-up code is not used: as root it opens the parent directories of its data to
everyone and trusts every local connection. Here the server runs as an account of its own, on one
Unix socket, with passwords.
"""

import atexit
import fcntl
import json
import os
import secrets
import shutil
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.pgprograms import account, open_to_all, own, run

SUPERUSER = "postgres"
DATABASE = "xinfu"
ROLES = ("xinfu_owner", "xinfu_app", "xinfu_read")
LONGEST_SOCKET_DIRECTORY = 80
OPTIONS = {
    "listen_addresses": "",
    "max_connections": "100",
    "unix_socket_permissions": "0777",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "shared_buffers": "64MB",
}


@dataclass(frozen=True)
class Cluster:
    """One embedded server: where its files are, and who may enter."""

    home: Path
    passwords: dict[str, str]
    fast: bool

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def sockets(self) -> Path:
        inside = self.home / "run"
        if len(str(inside)) <= LONGEST_SOCKET_DIRECTORY:
            return inside
        return Path(tempfile.gettempdir()) / f"xinfu-{self.passwords['socket'][:12]}"

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the address of a database for one role."""
        password = self.passwords[role]
        return f"postgresql://{role}:{password}@/{database}?host={self.sockets}"

    @property
    def running(self) -> bool:
        """Whether a server answers; a stale pid file of a dead one does not count."""
        if not (self.data / "PG_VERSION").exists():
            return False
        return run(self.home, "pg_ctl", "status", "-D", str(self.data), check=False).returncode == 0


def cluster(var: Path, *, fast: bool = False) -> Cluster:
    """Return the cluster that belongs to a run-time directory, noting a new one if there is none.

    :param fast: for tests only: the server does not wait for the disk.
    """
    note = var / "database.json"
    if not note.exists():
        var.mkdir(parents=True, exist_ok=True)
        with _only_one(var / ".database.lock"):
            if not note.exists():
                _write_note(note, _home_for(var), fast)
    told = json.loads(note.read_text(encoding="utf-8"))
    home = Path(told["home"]) if told["home"] else var / "database"
    return Cluster(home=home, passwords=told["passwords"], fast=told["fast"])


def ensure_running(var: Path, *, fast: bool = False, stay: bool = False) -> Cluster:
    """Start the server if it does not run, and keep it until the last user of it ends.

    :param stay: leave it running when this process ends (a supervisor stops it itself).
    :raises EmbeddedServerFailed: when it cannot start.
    """
    server = cluster(var, fast=fast)
    if os.environ.get("XINFU_DATABASE_SUPERVISED") == str(server.home):
        return server
    with _only_one(var / ".database.lock"):
        if not (server.data / "PG_VERSION").exists():
            _initialise(server)
        if not server.running:
            _start(server)
        users = (var / ".database.users").open("a")
        fcntl.flock(users, fcntl.LOCK_SH)
    if not stay:
        atexit.register(_leave, server, var, users, os.getpid())
    return server


def stop(server: Cluster) -> None:
    """Stop the server, whoever uses it."""
    if server.running:
        run(server.home, "pg_ctl", "stop", "-m", "fast", "-w", "-D", str(server.data), check=False)


def destroy(var: Path) -> None:
    """Stop the server and remove its data; the next start begins anew."""
    if not (var / "database.json").exists():
        return
    server = cluster(var)
    stop(server)
    shutil.rmtree(server.home, ignore_errors=True)
    (var / "database.json").unlink()


def _leave(server: Cluster, var: Path, users, process: int) -> None:
    """Stop the server if this process started the registration and was its last user."""
    if os.getpid() != process:
        return
    with _only_one(var / ".database.lock"):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        finally:
            users.close()
        stop(server)


def _write_note(note: Path, home: Path | None, fast: bool) -> None:
    passwords = {name: secrets.token_urlsafe(24) for name in (SUPERUSER, *ROLES, "socket")}
    told = {"home": str(home) if home else None, "fast": fast, "passwords": passwords}
    fresh = note.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(told, file)
    fresh.replace(note)


def _home_for(var: Path) -> Path | None:
    """Choose where the data goes; None means the run-time directory itself."""
    if os.geteuid() != 0 or open_to_all(var):
        return None
    return Path("/var/lib/xinfu") / secrets.token_hex(6)


def _initialise(server: Cluster) -> None:
    server.home.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        server.home.chmod(0o711)
    own(server.data, server.sockets)
    server.data.chmod(0o700)
    secret = server.sockets / ".first-password"
    secret.write_text(server.passwords[SUPERUSER] + "\n", encoding="utf-8")
    runner = account()
    if runner is not None:
        os.chown(secret, runner.pw_uid, runner.pw_gid)
    secret.chmod(0o600)
    try:
        run(
            server.home,
            "initdb",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--auth=scram-sha-256",
            f"--pwfile={secret}",
            "-U",
            SUPERUSER,
            "-D",
            str(server.data),
        )
    finally:
        secret.unlink()
    hba = "# Only the Unix socket, and only with a password.\nlocal all all scram-sha-256\n"
    (server.data / "pg_hba.conf").write_text(hba, encoding="utf-8")


def _start(server: Cluster) -> None:
    own(server.sockets)
    options = OPTIONS | {"unix_socket_directories": str(server.sockets)}
    if server.fast:
        options |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
    flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
    log = server.data / "server.log"
    run(
        server.home,
        "pg_ctl",
        "start",
        "-w",
        "-t",
        "60",
        "-D",
        str(server.data),
        "-l",
        str(log),
        "-o",
        flags,
    )
    while not (server.sockets / ".s.PGSQL.5432").exists():
        time.sleep(0.05)


@contextmanager
def _only_one(path: Path):
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
