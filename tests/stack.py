"""The whole house for a test: web, worker and beat as real processes on a database of their own.

Loaded as a pytest plugin. Any process can be killed as a power cut would, at a named point.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from config import env, processes
from tests import databases

READY_SECONDS = 60


class House:
    """A running house. ``url`` is its address; everything it keeps lies under ``var``."""

    def __init__(self, *, server: databases.Server, template: str, var: Path) -> None:
        self.server, self.var = server, var
        self.database = databases.copy(server, template)
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.running: dict[str, subprocess.Popen] = {}
        shutil.copytree(databases.VAR / "keys", var / "keys")
        (var / "static").mkdir()
        self.environment = {
            **os.environ,
            **server.environment(self.database),
            "XINFU_VAR": str(var),
            "XINFU_PUBLIC_URL": self.url,
            "XINFU_DOCUMENTS": str(var / "documents"),
        }

    def start(self, name: str, *, fault_point: str | None = None, **more: str) -> None:
        """Start ``web``, ``worker`` or ``beat``; with a fault point it dies when it gets there."""
        environment = self.environment | more
        if fault_point:
            environment["XINFU_FAULT_POINT"] = fault_point
        command = processes.commands(port=self.port, var=self.var)[name]
        self.running[name] = processes.start(command, environment=environment, log=self.log(name))
        if name == "web":
            self.wait_for(self._answers, "the web server to answer")

    def kill(self, name: str) -> None:
        """Kill a process and its children, without a warning."""
        processes.kill(self.running.pop(name))

    def restart(self, name: str, *, fault_point: str | None = None, **more: str) -> None:
        """Kill a process if it runs, and start it again."""
        if name in self.running:
            self.kill(name)
        self.start(name, fault_point=fault_point, **more)

    def start_all(self) -> None:
        """Start all three."""
        for name in ("worker", "beat", "web"):
            self.start(name)

    def close(self) -> None:
        """End everything and remove the database."""
        for process in self.running.values():
            processes.kill(process)
        self.running.clear()
        databases.drop(self.server, self.database)

    def command(self, *arguments: str, check: bool = True, **more) -> subprocess.CompletedProcess:
        """Run a command of ``bin/xinfu`` against this house, as the application role."""
        words = [arguments[0].replace("-", "_"), *arguments[1:]]
        environment = self.environment | more.pop("environment", {})
        done = subprocess.run(
            [sys.executable, str(env.ROOT / "manage.py"), *words],
            env=environment, capture_output=True, text=True, check=False, cwd=env.ROOT, **more,
        )  # fmt: skip
        if check and done.returncode:
            raise AssertionError(
                f"{' '.join(arguments)} → {done.returncode}\n{done.stdout}{done.stderr}"
            )
        return done

    def connect(self, role: str = "xinfu_app") -> psycopg.Connection:
        """Return a connection of one of the database roles, committing each statement."""
        return psycopg.connect(self.server.url(role, self.database), autocommit=True)

    def query(self, statement: str, *values: object) -> list[tuple]:
        """Return the rows of one statement, seen as the application sees them."""
        with self.connect() as connection:
            return connection.execute(statement, values).fetchall()

    def wait_for(self, holds: Callable[[], object], what: str, *, seconds: float = READY_SECONDS):
        """Return the first true answer; fail with the logs when none comes in time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if answer := holds():
                return answer
            time.sleep(0.1)
        raise AssertionError(f"waited {seconds} s for {what}\n{self.logs()}")

    def wait_until_dead(self, name: str, *, seconds: float = READY_SECONDS) -> int:
        """Return the exit code of a process that was told to die at a fault point."""
        process = self.running[name]
        self.wait_for(lambda: process.poll() is not None, f"{name} to die", seconds=seconds)
        return process.returncode

    def log(self, name: str) -> Path:
        """Return where a process writes."""
        return self.var / "logs" / f"{name}.log"

    def logs(self) -> str:
        """Return the end of every log, for the message of a failing test."""
        ends = [
            f"--- {file.name}\n{file.read_text()[-3000:]}"
            for file in sorted(self.var.glob("logs/*"))
        ]
        return "\n".join(ends)

    def _answers(self) -> bool:
        if self.running["web"].poll() is not None:
            raise AssertionError(f"the web server ended\n{self.logs()}")
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                return True
        except OSError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def house(database_server, database_template, tmp_path_factory) -> Iterator[House]:
    """The whole house, empty, for the tests of one module."""
    opened = House(
        server=database_server, template=database_template, var=tmp_path_factory.mktemp("house")
    )
    try:
        opened.start_all()
        yield opened
    finally:
        opened.close()


@pytest.fixture
def new_house(
    database_server, database_template, tmp_path_factory
) -> Iterator[Callable[[], House]]:
    """Open houses of which nothing is started yet, as many as a test needs."""
    opened: list[House] = []

    def open_one() -> House:
        var = tmp_path_factory.mktemp("house")
        opened.append(House(server=database_server, template=database_template, var=var))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()
