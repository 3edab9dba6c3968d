"""A key, and the verifier as a stranger runs it."""

import functools

import pytest

import xinfu_verify
from workflow.casefile import signing


@pytest.fixture(scope="session")
def key(tmp_path_factory):
    return signing.create(tmp_path_factory.mktemp("keys") / "signing.pem")


@pytest.fixture(scope="session")
def foreign_key(tmp_path_factory):
    return signing.create(tmp_path_factory.mktemp("foreign") / "signing.pem")


@pytest.fixture
def verify(tmp_path, key, capsys):
    """Return a function from bytes and options to the exit status and what was printed."""
    path = tmp_path / "case.xfc"

    def run(content, *options, keys=None):
        path.write_bytes(content)
        known = (key.public.hex(),) if keys is None else keys
        status = xinfu_verify.main([str(path), *map(str, options)], keys=known)
        return status, capsys.readouterr().out

    return run


@pytest.fixture
def quick_signatures(monkeypatch):
    """Let a signature that was checked once be remembered: thousands of files share one head."""
    remembered = functools.cache(xinfu_verify.signed_by)
    monkeypatch.setattr(xinfu_verify, "signed_by", remembered)


@pytest.fixture
def damages(tmp_path, key, quick_signatures):
    """Return a function from bytes to the damages that are found in them."""
    path = tmp_path / "case.xfc"

    def found(content):
        path.write_bytes(content)
        return xinfu_verify.CaseFile(str(path), {key.public.hex()}).damages

    return found
