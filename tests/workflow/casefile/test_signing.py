"""The signing key is made once, is nobody else's to read, and signs for one use only."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

import xinfu_verify
from workflow.casefile import signing


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys" / "signing.pem"


def test_a_key_is_readable_by_its_owner_only(path):
    key = signing.create(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert signing.load(path).fingerprint == key.fingerprint
    assert xinfu_verify.read_keys(str(path.with_suffix(".pub"))) == {key.public.hex()}
    assert [each.name for each in sorted(path.parent.iterdir())] == ["signing.pem", "signing.pub"]


def test_a_key_is_never_overwritten(path):
    first = signing.create(path)

    with pytest.raises(FileExistsError):
        signing.create(path)
    assert signing.load_or_create(path).fingerprint == first.fingerprint


def test_two_callers_at_once_get_one_key(path):
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: signing.load_or_create(path).fingerprint, range(16)))

    assert len(set(keys)) == 1


def test_a_signature_fits_its_use_only(path):
    key = signing.create(path)
    signature = key.sign(b"one\n", b"message")

    assert xinfu_verify.signed_by(key.public, b"one\nmessage", signature)
    assert not xinfu_verify.signed_by(key.public, b"two\nmessage", signature)


def test_the_private_key_is_not_shown(path):
    assert "private" not in repr(signing.create(path)).lower()


def test_a_key_open_to_others_is_refused(path):
    signing.create(path)
    path.chmod(0o640)

    with pytest.raises(signing.KeyNotUsable, match="chmod 600"):
        signing.load(path)


@pytest.mark.parametrize("content", [b"", b"-----BEGIN", "other kind"])
def test_a_damaged_key_and_one_of_another_kind_are_refused(path, content):
    if isinstance(content, str):
        other = generate_private_key(SECP256R1())
        content = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir()
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(signing.KeyNotUsable):
        signing.load(path)


def test_a_missing_key_is_said_to_be_missing(path):
    with pytest.raises(signing.KeyNotUsable, match="cannot be read"):
        signing.load(path)
