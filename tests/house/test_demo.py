"""``bin/demo``: one address, one login per role, and nothing left behind when it is told to stop."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from config import embedded, env

ROLES = {
    "applicant", "agent", "desk", "verifier", "approver",
    "sitekeeper", "provider", "supervisor", "auditor", "administrator",
}  # fmt: skip
LETTERS = 6  # promise, acceptance, decision, two orders, completion
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_READ_URL", "CELERY_BROKER_URL")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


class Demo:
    """A demonstration below a directory of its own."""

    def __init__(self, var):
        self.var, self.began = var, time.monotonic()
        outside = {k: v for k, v in os.environ.items() if k not in OURS and k[:6] != "XINFU_"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.supervise", "--port", "0"],
            cwd=env.ROOT,
            env={**outside, "XINFU_VAR": str(var)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def told(self, *, seconds):
        """Return what it wrote into demo.json, and how long that took."""
        file = self.var / "demo.json"
        while not file.exists():
            assert self.process.poll() is None, self.process.stdout.read()
            assert time.monotonic() - self.began < seconds
            time.sleep(0.2)
        time.sleep(0.2)
        return json.loads(file.read_text(encoding="utf-8")), time.monotonic() - self.began

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        said, _nothing = self.process.communicate(timeout=60)
        return said


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    place = tmp_path_factory.mktemp("demo") / "var"
    yield place
    embedded.destroy(place)


def processes_of(var):
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return [line for line in found.stdout.splitlines() if str(var) in line]


def export(var, file):
    """Export the case that the story completes; the command verifies it before it hands it out."""
    outside = {k: v for k, v in os.environ.items() if k not in OURS and k[:6] != "XINFU_"}
    done = subprocess.run(
        [sys.executable, "manage.py", "export_casefile", "XF-2026-00001", "-o", str(file)],
        cwd=env.ROOT,
        env={**outside, "XINFU_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return file.read_bytes()


def test_a_case_of_the_story_verifies_also_after_its_letters_were_issued(var, tmp_path):
    demo = Demo(var)
    try:
        demo.told(seconds=300)
        end = time.monotonic() + 120
        while export(var, tmp_path / "case").count(b'"kind":"letter.issued"') < LETTERS:
            assert time.monotonic() < end
            time.sleep(2)
    finally:
        demo.stop()


def test_the_demonstration_starts_twice_and_stops_cleanly(var):
    first = Demo(var)
    told, _seconds = first.told(seconds=300)
    with urllib.request.urlopen(told["url"], timeout=20) as page:
        assert page.status == 200
    said = first.stop()

    assert {login["role"] for login in told["logins"]} == ROLES
    assert told["url"] in said
    assert all(login["password"] in said for login in told["logins"])
    assert first.process.returncode == 0, said
    assert processes_of(var) == []
    assert not embedded.cluster(var).running

    second = Demo(var)
    again, seconds = second.told(seconds=120)
    second.stop()
    assert again["logins"] == told["logins"]
    assert seconds < 60, "the second start takes seconds; the bar on a quiet machine is 20"


def test_a_second_demonstration_says_where_the_first_one_is(var):
    first = Demo(var)
    told, _seconds = first.told(seconds=120)
    other = Demo(var)
    said, _nothing = other.process.communicate(timeout=30)
    first.stop()

    assert other.process.returncode == 1
    assert f"already running: {told['url']}" in said
