"""The processes of a running house, and how each is started; the demonstration and tests share it."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from config.env import ROOT

GRACE_SECONDS = 15
PR_SET_PDEATHSIG = 1


def commands(*, port: int, var: Path) -> dict[str, list[str]]:
    """Return the command line of each process by its name."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "config.celery"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=WARNING"]
    return {
        "web": [
            *python, "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}",
            "--worker-class=gthread", "--workers=2", "--threads=4", "--timeout=60",
            "--graceful-timeout=10", "--log-level=warning", "--no-control-socket",
        ],
        "worker": [*celery, "worker", "--pool=prefork", "--concurrency=2", *quiet],
        "beat": [*celery, "beat", "--loglevel=WARNING", f"--schedule={var / 'celerybeat-schedule'}", "--pidfile="],
    }  # fmt: skip


def start(command: list[str], *, environment: dict[str, str], log: Path) -> subprocess.Popen:
    """Start one process in a group of its own, its output appended to a log file."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )


def stop(process: subprocess.Popen, *, grace: float = GRACE_SECONDS) -> None:
    """End a process and its children: asked first, killed when it does not listen."""
    _signal(process, signal.SIGTERM, group=False)
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        kill(process)
    _signal(process, signal.SIGKILL, group=True)


def kill(process: subprocess.Popen) -> None:
    """Kill a process and its children at once, as a power cut would."""
    _signal(process, signal.SIGKILL, group=True)
    process.wait()


def _signal(process: subprocess.Popen, number: int, *, group: bool) -> None:
    with suppress(ProcessLookupError):
        (os.killpg if group else os.kill)(process.pid, number)


def _die_with_parent() -> None:
    """Ask Linux to end this child when its supervisor is killed, so that no port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
