"""Identity numbers are unreadable without their key, and keys can be changed while rows wait."""

import base64

import pytest

from workflow.crypto import BadKey, DamagedToken, KeyRing, UnknownKey, new_key

NUMBER = "11010519491231002X"


@pytest.fixture(scope="module")
def keys():
    return {name: new_key(name) for name in ("k1", "k2", "i1", "i2")}


@pytest.fixture
def ring(keys):
    return KeyRing.parse(id_keys=keys["k1"], index_key=keys["i1"])


@pytest.fixture
def rotated(keys):
    return KeyRing.parse(
        id_keys=f"{keys['k2']}, {keys['k1']}", index_key=f"{keys['i2']},{keys['i1']}"
    )


def test_a_number_comes_back_and_its_token_shows_nothing(ring):
    token = ring.encrypt(NUMBER)

    assert ring.decrypt(token) == NUMBER
    assert token.startswith("k1:")
    assert NUMBER not in token
    assert ring.encrypt(NUMBER) != token


@pytest.mark.parametrize("position", [3, 20, -3])
def test_an_altered_token_is_refused(ring, position):
    token = list(ring.encrypt(NUMBER))
    token[position] = "A" if token[position] != "A" else "B"

    with pytest.raises(DamagedToken):
        ring.decrypt("".join(token))


@pytest.mark.parametrize("body", ["", "AAAA", "?", "=", "中"])
def test_what_is_no_token_is_refused(ring, body):
    with pytest.raises(DamagedToken):
        ring.decrypt(f"k1:{body}")


def test_a_token_does_not_open_in_another_column_or_under_another_key_name(ring, rotated, keys):
    token = ring.encrypt(NUMBER, purpose="identity")

    with pytest.raises(DamagedToken):
        ring.decrypt(token, purpose="contact")
    with pytest.raises(DamagedToken):
        rotated.decrypt(token.replace("k1:", "k2:"))


def test_rotation_moves_a_token_to_the_current_key_once(ring, rotated):
    old = ring.encrypt(NUMBER)
    new = rotated.rotate(old)

    assert new.startswith("k2:")
    assert rotated.decrypt(old) == rotated.decrypt(new) == NUMBER
    assert rotated.rotate(new) == new


def test_a_key_removed_too_early_is_named(ring, keys):
    with pytest.raises(UnknownKey, match="k2"):
        ring.decrypt("k2:AAAA")


def test_a_blind_index_finds_and_does_not_tell(ring, rotated):
    index = ring.blind_index(NUMBER)

    assert index == ring.blind_index(NUMBER)
    assert index != ring.blind_index(NUMBER, purpose="contact")
    assert index != ring.blind_index("110105194912310021")
    assert NUMBER not in index
    assert len(index) <= 80


def test_while_rotating_a_lookup_tries_every_index_key(ring, rotated):
    current, former = rotated.blind_indexes(NUMBER)

    assert current.startswith("i2:")
    assert former == ring.blind_index(NUMBER)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("abc", "reads <id>:"),
        ("k1:???", "is not base64"),
        ("k1:" + base64.b64encode(b"short").decode(), "5 bytes instead of 32"),
        ("A B:" + base64.b64encode(bytes(32)).decode(), "reads <id>:"),
    ],
)
def test_a_setting_that_cannot_be_used_says_what_is_needed(keys, text, says):
    with pytest.raises(BadKey, match=says) as refusal:
        KeyRing.parse(id_keys=text, index_key=keys["i1"])

    assert "XINFU_ID_KEYS" in str(refusal.value)


def test_a_key_has_one_name_and_one_use(keys):
    with pytest.raises(BadKey, match="twice"):
        KeyRing.parse(id_keys=f"{keys['k1']},{keys['k1']}", index_key=keys["i1"])
    with pytest.raises(BadKey, match="differ"):
        KeyRing.parse(id_keys=keys["k1"], index_key=keys["k1"])


def test_a_ring_never_prints_its_keys(ring, keys):
    assert keys["k1"].partition(":")[2] not in repr(ring)
