"""The demonstration: start every process, keep it running, stop all of it on Ctrl-C or SIGTERM.

Run by ``bin/demo`` as ``python -m config.supervise``; the data stays for the next start.
"""

import argparse
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from config import embedded, env, processes
from config.pgprograms import EmbeddedServerFailed

FIRST_PORT, LAST_PORT = 8000, 8099
READY_SECONDS = 90
KEPT_BY_FRESH = {"test", "screenshots"}


class CannotStart(Exception):
    """The demonstration cannot start; the message says why and what to do."""


class Supervisor:
    """Starts the processes of the house, and starts again whichever dies."""

    def __init__(self, *, port: int, var: Path) -> None:
        self.var = var
        self.environment = {**os.environ, "XINFU_VAR": str(var)}
        self.commands = processes.commands(port=port, var=var)
        self.running: dict[str, subprocess.Popen] = {}
        self.stopping = False

    def start_all(self) -> None:
        """Start every process."""
        for name in self.commands:
            self._start(name)

    def watch(self) -> None:
        """Restart what dies, until asked to stop."""
        while not self.stopping:
            time.sleep(0.5)
            for name, process in list(self.running.items()):
                if not self.stopping and process.poll() is not None:
                    print(f"{name} ended with {process.returncode}; starting it again.", flush=True)
                    processes.kill(process)
                    time.sleep(1)
                    self._start(name)

    def ask_to_stop(self, *_signal: object) -> None:
        """Note that all of it shall end."""
        self.stopping = True

    def stop_all(self) -> None:
        """End every process: the bell first, the counter last."""
        for name in reversed(list(self.running)):
            processes.stop(self.running.pop(name))

    def _start(self, name: str) -> None:
        log = self.var / "logs" / f"{name}.log"
        self.running[name] = processes.start(
            self.commands[name], environment=self.environment, log=log
        )


def run(arguments: argparse.Namespace) -> int:
    """Run the demonstration until it is told to stop."""
    began = float(os.environ.pop("XINFU_BEGAN", time.time()))
    var = env.var()
    var.mkdir(parents=True, exist_ok=True)
    with (var / ".demo.lock").open("a") as lock:
        _alone(lock, var)
        if arguments.fresh:
            begin_anew(var)
        port = choose_port(arguments.port)
        url = f"http://127.0.0.1:{port}"
        env.keep({"XINFU_CLOCK_MOVABLE": "1", "XINFU_HTTPS": "0", "XINFU_PUBLIC_URL": url})
        supervisor = Supervisor(port=port, var=var)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, supervisor.ask_to_stop)
        if not os.environ.get("DATABASE_URL"):
            embedded.ensure_running(var)
        _python("-m", "config.prepare")
        if var == env.ROOT / "var":
            _python("manage.py", "publish_key", "--verbosity=0")
        try:
            logins = load_data(var)
            supervisor.start_all()
            wait_until_ready(url, supervisor)
            announce(var, url, logins, seconds=time.time() - began)
            supervisor.watch()
        finally:
            supervisor.stop_all()
            (var / "demo.json").unlink(missing_ok=True)
    return 0


def load_data(var: Path) -> list[dict[str, str]]:
    """Load the demonstration data at the first start; return one login per role.

    Before the worker runs: the story lies in the past, and what the worker does at the same time
    would stand in the journal with a later time than what follows.

    ``load_demo`` writes the logins to ``var/logins.json`` when it has finished.
    """
    file = var / "logins.json"
    if not file.exists() and (env.ROOT / "forms/management/commands/load_demo.py").exists():
        print("Loading the demonstration data …", flush=True)
        _python("manage.py", "load_demo")
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else []


def wait_until_ready(url: str, supervisor: Supervisor) -> None:
    """Return when the house says it is ready.

    :raises CannotStart: it does not become ready; the message names the parts.
    """
    end, answer = time.monotonic() + READY_SECONDS, "no answer"
    while time.monotonic() < end and not supervisor.stopping:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as response:  # noqa: S310
                if response.status == 200:
                    return
        except urllib.error.HTTPError as refusal:
            answer = refusal.read().decode("utf-8", "replace")
        except OSError:
            pass
        time.sleep(0.2)
    if not supervisor.stopping:
        raise CannotStart(
            f"The house is not ready: {answer.strip()} See {supervisor.var / 'logs'}."
        )


def announce(var: Path, url: str, logins: list[dict[str, str]], *, seconds: float) -> None:
    """Print the address and one login per role, and write both down."""
    if not logins:
        print("There is no demonstration data yet.")
    file = var / "demo.json"
    told = json.dumps({"url": url, "logins": logins}, ensure_ascii=False, indent=1)
    file.write_text(told, encoding="utf-8")
    file.chmod(0o600)
    print(f"\n信复 Xinfu is ready after {seconds:.0f} s:  {url}\n")
    for login in logins:
        print(f"  {login['role']:<14} {login['username']:<14} {login['password']}")
    print("\nCtrl-C stops it and leaves the data.", flush=True)


def choose_port(wanted: int | None) -> int:
    """Return the port that was asked for, or else the first free one.

    :raises CannotStart: it is taken.
    """
    for port in [wanted] if wanted is not None else range(FIRST_PORT, LAST_PORT + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise CannotStart(f"Port {wanted or FIRST_PORT} is taken; choose another with --port N.")


def begin_anew(var: Path) -> None:
    """Remove everything a demonstration has made.

    :raises CannotStart: the database is not ours to remove.
    """
    if os.environ.get("DATABASE_URL"):
        raise CannotStart(
            "--fresh removes the embedded database only; unset DATABASE_URL or drop it yourself."
        )
    embedded.destroy(var)
    for place in var.iterdir():
        if place.name in KEPT_BY_FRESH or place.name == ".demo.lock":
            continue
        shutil.rmtree(place) if place.is_dir() else place.unlink()


def _alone(lock, var: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        told = var / "demo.json"
        where = json.loads(told.read_text())["url"] if told.exists() else "another terminal"
        raise CannotStart(f"The demonstration is already running: {where}") from None


def _python(*arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=env.ROOT, check=False)
    if done.returncode:
        raise CannotStart(f"{' '.join(arguments)} failed; the reason is above.")


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="bin/demo", description="Run 信复 Xinfu on this machine.")
    parser.add_argument(
        "--port", type=int, help="port of the web server (default: first free from 8000)"
    )
    parser.add_argument("--fresh", action="store_true", help="forget the data of earlier starts")
    try:
        return run(parser.parse_args())
    except (CannotStart, EmbeddedServerFailed) as failure:
        print(failure, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
