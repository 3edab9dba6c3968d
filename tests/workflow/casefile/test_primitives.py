"""Digests, signatures and canonical JSON give the published answers."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import xinfu_verify
from workflow.casefile import canonical, chain

SM3_ANSWERS = [
    (b"", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"),
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
]
# RFC 8032, 7.1: public key, message, signature
ED25519_ANSWERS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


@pytest.mark.parametrize(("data", "answer"), SM3_ANSWERS)
@pytest.mark.parametrize("function", [xinfu_verify.slow_sm3, xinfu_verify.sm3])
def test_sm3_gives_the_answers_of_the_standard(function, data, answer):
    assert function(data).hex() == answer


@pytest.mark.parametrize("length", [54, 55, 56, 63, 64, 65, 200])
def test_sm3_without_openssl_agrees_with_it_at_every_padding(length):
    data = bytes(range(length))

    assert xinfu_verify.slow_sm3(data) == hashlib.new("sm3", data).digest()


def test_sm3_works_where_openssl_has_none(monkeypatch):
    def refuse(name, data):
        raise ValueError(name)

    monkeypatch.setattr(xinfu_verify.hashlib, "new", refuse)

    assert xinfu_verify.sm3(b"abc").hex() == SM3_ANSWERS[1][1]


@pytest.mark.parametrize("answer", ED25519_ANSWERS)
def test_ed25519_accepts_the_signatures_of_rfc_8032(answer):
    assert xinfu_verify.signed_by(*map(bytes.fromhex, answer))


@pytest.mark.parametrize("answer", ED25519_ANSWERS)
def test_ed25519_refuses_another_message_key_and_signature(answer):
    public, message, signature = map(bytes.fromhex, answer)
    s = int.from_bytes(signature[32:], "little") + xinfu_verify.ORDER
    malleable = signature[:32] + s.to_bytes(32, "little")

    assert not xinfu_verify.signed_by(public, message + b"\0", signature)
    assert not xinfu_verify.signed_by(public, message, malleable)
    assert not xinfu_verify.signed_by(public, message, signature + b"\0")
    for place in range(0, 64, 5):
        assert refused(public, message, flip(signature, place))
        assert refused(flip(public, place % 32), message, signature)


def flip(data, place):
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def refused(*arguments):
    try:
        return not xinfu_verify.signed_by(*arguments)
    except xinfu_verify.Damage:
        return True


def test_a_point_has_one_spelling():
    p = xinfu_verify.P
    for spelling in (p + 1, 1 + (1 << 255)):  # y beyond p; x = 0 called odd
        with pytest.raises(xinfu_verify.Damage):
            xinfu_verify._point(spelling.to_bytes(32, "little"))


def test_merkle_roots_are_those_of_rfc_6962_in_both_programs():
    entries = [bytes([n]) * n for n in range(1, 8)]

    def naive(some):
        if len(some) == 1:
            return hashlib.sha256(b"\0" + some[0]).digest()
        split = 1 << (len(some) - 1).bit_length() - 1
        return hashlib.sha256(b"\1" + naive(some[:split]) + naive(some[split:])).digest()

    for count in range(1, 8):
        root = naive(entries[:count])
        assert chain.merkle_root(entries[:count]) == root
        assert xinfu_verify.merkle_root(entries[:count]) == (root.hex(), count)
    assert chain.merkle_root([]) == hashlib.sha256().digest()


def test_canonical_json_is_that_of_rfc_8785():
    value = {
        "\u20ac": "Euro",
        "\r": "CR",
        "1": "One",
        "\u0080": "C",
        "b": ['"\\\b\x1f\u2028', 1, None],
    }

    assert (
        canonical.dumps(value)
        == (
            '{"\\r":"CR","1":"One","b":["\\"\\\\\\b\\u001f\u2028",1,null],"\u0080":"C","\u20ac":"Euro"}'
        ).encode()
    )


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(1.0, id="float"),
        pytest.param(float("nan"), id="nan"),
        pytest.param(2**53, id="large"),
        pytest.param({"\U0001f600": 1}, id="astral-key"),
        pytest.param({"\ue000": 1}, id="private-key"),
        pytest.param({1: 1}, id="number-key"),
        pytest.param("\ud800", id="surrogate"),
        pytest.param("a\0", id="nul"),
        pytest.param(b"bytes", id="bytes"),
        pytest.param({"a": {1, 2}}, id="set"),
    ],
)
def test_what_has_no_single_meaning_has_no_canonical_form(value):
    with pytest.raises(canonical.NotCanonical):
        canonical.dumps({"deep": [value]})


def test_nesting_has_an_end():
    value = 0
    for _ in range(canonical.MAX_DEPTH):
        value = [value]

    assert canonical.dumps(value)
    with pytest.raises(canonical.NotCanonical):
        canonical.dumps([value])


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1} ',
        b'{"a":1e0}',
        b"[1.0]",
        b"[-0]",
        b'["\\u0041"]',
        b'["\\/"]',
        b'["\\ud800"]',
        b"[NaN]",
        b"[9007199254740992]",
        b"[99999999999999999999]",
        b"\xff",
        b"\xef\xbb\xbf1",
        b"[" * 100_000,
        b"9" * 5000,
    ],
)
def test_another_spelling_is_refused_by_both_programs(text):
    with pytest.raises(canonical.NotCanonical):
        canonical.loads(text)
    with pytest.raises(xinfu_verify.Damage):
        xinfu_verify.parse(text + b"\n")


def test_a_line_has_an_end():
    with pytest.raises(xinfu_verify.Damage, match="cut short"):
        xinfu_verify.parse(b"12")


PLAIN_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
KEYS = st.text(st.characters(max_codepoint=0xD7FF, exclude_characters="\0"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | PLAIN_TEXT,
    lambda each: st.lists(each) | st.dictionaries(KEYS, each),
    max_leaves=20,
)


@given(VALUES)
def test_the_verifier_reads_what_the_journal_writes(value):
    text = canonical.dumps(value)

    assert canonical.loads(text) == xinfu_verify.parse(text + b"\n") == value


def test_a_leaf_binds_name_value_and_salt():
    known = chain.leaf_hash("name", "乌兰", bytes(32))

    assert known == hashlib.sha256(b"\0" + bytes(32) + '["name","乌兰"]'.encode()).hexdigest()
    with pytest.raises(ValueError, match="32 bytes"):
        chain.leaf_hash("name", "乌兰", b"short")
