"""The embedded PostgreSQL starts anywhere, lets in nobody without a password, and ends."""

import stat
import subprocess
import sys

import psycopg
import pytest

from config import embedded, env


@pytest.fixture
def server(tmp_path):
    tmp_path.chmod(0o700)
    var = tmp_path / "var"
    yield embedded.ensure_running(var, fast=True)
    embedded.destroy(var)


def test_it_runs_below_a_closed_directory(server):
    with psycopg.connect(server.url(embedded.SUPERUSER, "postgres")) as connection:
        version = connection.info.server_version
    assert version >= 150000


def test_nobody_enters_without_the_password(server):
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(f"postgresql://postgres@/postgres?host={server.sockets}")


def test_it_does_not_listen_on_the_network(server):
    with psycopg.connect(server.url(embedded.SUPERUSER, "postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_its_passwords_are_for_its_owner_alone(server, tmp_path):
    mode = (tmp_path / "var" / "database.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_it_opens_no_directory_to_others(server, tmp_path):
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_it_ends_with_its_last_user(tmp_path):
    program = (
        "import sys; from pathlib import Path; from config import embedded\n"
        "server = embedded.ensure_running(Path(sys.argv[1]), fast=True); print(server.running)"
    )
    var = tmp_path / "var"
    command = [sys.executable, "-c", program, str(var)]
    done = subprocess.run(command, cwd=env.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
    assert not embedded.cluster(var).running
    embedded.destroy(var)
