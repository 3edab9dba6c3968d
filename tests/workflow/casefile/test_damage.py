"""Whatever is changed in a case file is found, and the step it belongs to is named."""

import pytest

from tests.workflow.casefile import builder

FLIPS = (0x01, 0x20, 0x80)


@pytest.fixture(scope="session")
def small(key):
    return builder.written(builder.small(), key)


@pytest.fixture(scope="session")
def large(key):
    return builder.written(builder.casefile(), key)


def flipped(content, place, mask):
    return content[:place] + bytes([content[place] ^ mask]) + content[place + 1 :]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_flipped_byte_is_found_and_its_step_named(small, damages):
    steps = builder.step_of_each_byte(small)

    wrong = [
        (place, steps[place], found)
        for place in range(len(small))
        if not (found := damages(flipped(small, place, FLIPS[place % len(FLIPS)])))
        or found[0][1] != steps[place]
    ]

    assert wrong == []


@pytest.mark.parametrize("value", [b"\n", b"n", b'"', b"0", b"\\", b" "])
def test_a_byte_turned_into_one_that_has_a_meaning_is_found(large, damages, value):
    steps = builder.step_of_each_byte(large)
    places = [place for place in range(0, len(large), 23) if large[place : place + 1] != value]

    named = [
        damages(large[:place] + value + large[place + 1 :])[0][1] == steps[place]
        for place in places
    ]

    assert all(named)


def test_every_line_end_is_guarded(large, damages):
    steps = builder.step_of_each_byte(large)
    ends = [place for place, byte in enumerate(large) if byte == ord("\n")]

    assert all(damages(flipped(large, end, 0x2A))[0][1] == steps[end] for end in ends)


def test_every_truncation_is_found(small, damages):
    assert all(damages(small[:length]) for length in range(len(small)))


@pytest.mark.parametrize("extra", [b"\n", b"\0", b"x", b"ed25519 "])
def test_appended_and_prepended_bytes_are_found(small, damages, extra):
    assert damages(small + extra)[0][1] == "head"
    assert damages(extra + small)[0][1] == "header"


def test_a_byte_inserted_or_removed_anywhere_is_found_at_its_step(small, damages):
    steps = builder.step_of_each_byte(small)
    for place in range(1, len(small) - builder.trailer_length(), 37):
        removed = damages(small[:place] + small[place + 1 :])
        inserted = damages(small[:place] + b"7" + small[place:])
        assert removed[0][1] == steps[place] or small[place] == small[place - 1], place
        assert inserted[0][1] in (steps[place], steps[place - 1]), place


def test_the_printed_answer_names_the_event(small, verify):
    place = small.index(b'"repair-item.submitted"') + 3

    status, told = verify(flipped(small, place, 0x01))

    assert status == 1
    assert told.startswith(
        f"first damaged step 首个受损环节: event 2 repair-item.submitted in case {builder.CASE}: "
    )


def test_a_whole_file_has_no_damage(small, large, damages):
    assert damages(small) == damages(large) == []
