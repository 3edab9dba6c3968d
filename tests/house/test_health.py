"""Health, readiness and headers of a house that runs as real processes."""

import json
import urllib.error
import urllib.request

import pytest


def fetch(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, refusal.read()


def test_it_is_alive(house):
    status, _headers, body = fetch(f"{house.url}/healthz")
    assert (status, body) == (200, b"ok\n")


def test_it_is_ready_with_every_part(house):
    status, _headers, body = fetch(f"{house.url}/readyz")
    parts = json.loads(body)
    assert (status, set(parts)) == (200, {"database", "migrations", "broker", "fonts"}), parts


def test_nothing_is_cached_indexed_or_inlined(house):
    _status, headers, _body = fetch(f"{house.url}/no-such-page")
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_a_killed_process_starts_again(house, name):
    house.kill(name)
    house.start(name)
    house.wait_for(lambda: fetch(f"{house.url}/readyz")[0] == 200, "readiness after a kill")
    assert house.running[name].poll() is None
