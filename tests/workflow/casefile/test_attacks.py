"""An insider who holds the platform's key cannot make the parts of a file disagree unseen."""

import io
import json

import pytest

import xinfu_verify
from tests.workflow.casefile import builder
from tests.workflow.casefile.builder import CASE, CASE_CHAIN, LETTER, PROOF, RECORD_CHAIN
from workflow.casefile import anchors, archive, canonical, chain, signing

ACCEPTED = f"event 3 repair-item.accepted in case {CASE}"
SUBMITTED = f"event 2 repair-item.submitted in case {CASE}"
# The step where a change shows when it is not the changed one itself.
AT = {
    "unknown chain or": "event 1 record.imported in record 朔市监罚〔2026〕12号",
    "one case": "head",
    "listed twice": "document letter 1",
}


@pytest.fixture
def sections(key):
    return builder.unsealed(builder.written(builder.casefile(), key))


@pytest.fixture
def head(key):
    head = builder.parts(builder.written(builder.casefile(), key))[2]
    del head["public_key"], head["fingerprint"]
    return head


def altered(sections, name, **changes):
    """Return sections in which fields of one are replaced; of an event, fields of its text."""

    def alter(line):
        body = json.loads(line)
        (body["event"] if body["type"] == "event" else body).update(changes)
        return canonical.dumps(body) + b"\n"

    return [(each, alter(line) if each == name else line, rest) for each, line, rest in sections]


def first(damages, content):
    reason, step = damages(content)[0]
    return step, reason


def test_the_knife_itself_leaves_a_whole_file_whole(sections, head, key, damages):
    assert damages(builder.sealed(sections, head, key)) == []


@pytest.mark.parametrize(
    ("step", "changes", "reason"),
    [
        pytest.param("header", {"version": 2}, "format", id="version"),
        pytest.param("header", {"chains": []}, "unknown chain or", id="no-chains"),
        pytest.param("header", {"extra": 1}, "fields", id="extra-key"),
        pytest.param("header", {"case": "XF-1"}, "one case", id="other-case"),
        pytest.param("calendar 2026", {"year": 2025}, "another year", id="calendar-year"),
        pytest.param("calendar 2026", {"make_up": ["2026-10-10x"]}, "", id="calendar-day"),
        pytest.param("document proof 1", {"id": LETTER}, "listed twice", id="document-twice"),
        pytest.param("document proof 1", {"label": "../x"}, "kind", id="label-is-a-path"),
        pytest.param("document proof 1", {"label": ".."}, "kind", id="label-is-a-folder"),
        pytest.param("document proof 1", {"size": 10**15}, "", id="size-a-lie"),
        pytest.param("document proof 1", {"sha256": "0" * 64}, "digest", id="digest"),
        pytest.param("letter 朔市监〔2026〕12号", {"document": "x"}, "not in the file", id="pdf"),
        pytest.param("deadline accept", {"due": "2026-10-21"}, "2026-10-20", id="due"),
        pytest.param("deadline accept", {"value": 9}, "proof", id="term"),
        pytest.param("deadline accept", {"suspensions": []}, "proof", id="unsuspended"),
        pytest.param("deadline accept", {"suspensions": [[None, None]]}, "", id="nonsense"),
        pytest.param(
            "deadline accept",
            {"suspensions": [["2026-01-01", "2026-01-01"]] * 65},
            "too many",
            id="suspensions-without-end",
        ),
        pytest.param(
            "deadline accept",
            {"suspensions": [["2026-09-28", "2026-09-27"]]},
            "ends before it begins",
            id="suspension-backwards",
        ),
        pytest.param("deadline accept", {"unit": "week"}, "unit", id="unit"),
        pytest.param("deadline accept", {"value": 2**53 - 1}, "longer", id="endless"),
        pytest.param("deadline accept", {"proof": []}, "proof", id="no-proof"),
        pytest.param("deadline accept", {"remaining": 3}, "remaining", id="remaining"),
        pytest.param("deadline accept", {"provision": "G99"}, "text is missing", id="no-law"),
        pytest.param("deadline accept", {"start": "2026-02-30"}, "", id="no-such-day"),
        pytest.param(SUBMITTED, {"day": "2026-11-21"}, "chain", id="not-rechained"),
        pytest.param(SUBMITTED, {"seq": 3}, "follows event 1", id="seq"),
        pytest.param(SUBMITTED, {"schema": 2}, "schema", id="schema"),
        pytest.param(SUBMITTED, {"chain": "x"}, "unknown chain", id="chain"),
    ],
)
def test_a_re_signed_change_is_named(step, changes, reason, sections, head, key, damages):
    content = builder.sealed(altered(sections, step, **changes), head, key)

    named, why = first(damages, content)

    assert (named, reason in why) == (AT.get(reason, step), True), why


def unmet():
    decision = builder.decision()
    decision["conditions"][0]["met"] = False
    return decision


def rebuilt(**changes):
    """Return events in which the accepting event is another one, properly chained."""
    told = builder.Journal()
    for each in builder.STORY:
        told.append(*each, **(changes if each[1] == "repair-item.accepted" else {}))
    return told.events


def moved(**changes):
    change = {"table": "repair_repairitem", "id": builder.ITEM, "version": 3}
    return change | {"from": "submitted", "to": "accepted"} | changes


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"at": "2026-11-20T01:00:00.000000Z"}, "before the event", id="back-dated"),
        pytest.param({"at": "2026-11-22T01:00:00.000000Z"}, "complete to", id="later-than-file"),
        pytest.param({"day": "2026-11-19"}, "legal day", id="another-day"),
        pytest.param({"object": moved(**{"from": "draft"})}, "does not follow", id="state-jump"),
        pytest.param({"object": moved(version=2)}, "does not follow", id="version-again"),
        pytest.param({"object": moved(version=1)}, "does not follow", id="version-back"),
        pytest.param({"basis": [builder.BASIS | {"version": "2020-01-01"}]}, "text", id="old-law"),
        pytest.param({"documents": [{"id": "x", "sha256": "0" * 64}]}, "missing", id="document"),
        pytest.param({"documents": [{"id": PROOF, "sha256": "0" * 64}]}, "missing", id="digest"),
        pytest.param({"actor": {"id": None}}, "fields", id="actor"),
        pytest.param({"leaves": {"x": "short"}}, "kind", id="leaf"),
        pytest.param({"extra": 1}, "fields", id="extra"),
    ],
)
def test_a_re_chained_and_re_signed_event_is_named(changes, reason, key, damages):
    content = builder.written(builder.casefile(events=rebuilt(**changes)), key)

    step, why = first(damages, content)

    assert (step, reason in why) == (ACCEPTED, True), why


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        pytest.param({"decisions": [unmet()]}, "decision pre-check 1", id="verdict"),
        pytest.param({"rules": []}, "decision pre-check 1", id="no-rules"),
        pytest.param({"calendars": []}, "deadline accept", id="no-calendar"),
        pytest.param(
            {"letters": [builder.letter()] * 2}, "letter 朔市监〔2026〕12号", id="letter-twice"
        ),
        pytest.param({"events": []}, "head", id="nothing-happened"),
    ],
)
def test_an_incomplete_file_is_refused(changes, step, key, damages):
    if step == "head":
        assert damages(builder.written(builder.casefile(**changes), key)) == []
        return
    assert first(damages, builder.written(builder.casefile(**changes), key))[0] == step


def test_sections_in_another_order_are_refused(sections, head, key, damages):
    for place in range(len(sections) - 1):
        swapped = [*sections]
        swapped[place : place + 2] = swapped[place + 1], swapped[place]
        found = damages(builder.sealed(swapped, head, key))
        harmless = {json.loads(line)["type"] for _, line, _ in swapped[place : place + 2]}
        assert found or harmless in ({"document"}, {"event"})


def test_a_removed_event_breaks_the_chain_even_when_signed(sections, head, key, damages):
    without = [each for each in sections if each[0] != SUBMITTED]

    assert first(damages, builder.sealed(without, head, key))[0] == ACCEPTED


def test_the_last_event_cannot_be_dropped_while_the_head_knows_it(sections, head, key, damages):
    assert first(damages, builder.sealed(sections[:-1], head, key)) == (
        "head",
        "a chain does not end where the head says",
    )


def test_a_section_under_another_name_is_refused(sections, head, key, damages):
    renamed = [
        ("letter 1" if each[0].startswith("letter") else each[0], *each[1:]) for each in sections
    ]

    assert first(damages, builder.sealed(renamed, head, key))[0] == "letter 1"


def opened(sections, step, line):
    return [
        (name, body, line + rest.split(b"\n", 1)[1] if name == step else rest)
        for name, body, rest in sections
    ]


@pytest.mark.parametrize(
    "line",
    [
        canonical.dumps(["actor-name", builder.salt(0xAB).hex(), "白音"]),
        canonical.dumps(["actor-name", builder.salt(0xAC).hex(), "乌兰"]),
        canonical.dumps(["note", builder.salt(0xAB).hex(), "乌兰"]),
        canonical.dumps(["actor-name", builder.salt(0xAB).hex().upper(), "乌兰"]),
        canonical.dumps(["actor-name", "乌兰"]),
        canonical.dumps({}),
        b"false",
        b"null ",
        b"[" * 90_000,
        b'"' + b"x" * (1 << 20) + b'"',
    ],
)
def test_a_personal_value_is_bound_to_its_event(line, sections, head, key, damages):
    content = builder.sealed(opened(sections, SUBMITTED, line + b"\n"), head, key)

    assert first(damages, content)[0] == SUBMITTED


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\\b", "..", "", "a\nb"])
def test_a_document_named_like_a_path_is_refused(name, key, damages):
    paper = builder.documents()[0]
    leaf = archive.Leaf.of("name", name, builder.salt(1))
    evil = archive.Paper(facts=paper.facts, leaves={"name": leaf}, content=paper.content)
    content = builder.written(builder.casefile(documents=[evil, builder.documents()[1]]), key)

    assert first(damages, content)[0] == "document proof 1"


def test_a_foreign_key_is_refused_although_all_holds(foreign_key, verify):
    status, told = verify(builder.written(builder.casefile(), foreign_key))

    assert status == 1
    assert f"head: signed by key {foreign_key.fingerprint}, which is not trusted" in told


def test_without_the_key_a_changed_event_is_still_named(sections, head, key, damages):
    content = builder.sealed(altered(sections, SUBMITTED, kind="repair-item.granted"), head, key)
    broken = content[:-10] + b"000000000\n"

    found = damages(broken)

    assert [step for _, step in found] == [SUBMITTED, "head"]


@pytest.mark.parametrize(
    "field", [{"index_length": 10**15}, {"number": -1}, {"until": "tomorrow"}, {"chains": [1]}]
)
def test_an_impossible_head_is_refused(field, sections, head, key, damages):
    content = builder.sealed(sections, head, key)
    _body, _, signed = builder.parts(content)
    out = io.BytesIO(content[: -builder.trailer_length() - len(canonical.dumps(signed)) - 1])
    out.seek(0, io.SEEK_END)
    archive.write_signed(out, signed | field, key)

    assert first(damages, out.getvalue())[0] == "head"


def test_a_key_with_no_point_is_a_damage_of_the_head(sections, head, key, damages):
    class NoPoint(signing.SigningKey):
        public = (2).to_bytes(32, "little")

    bad = NoPoint(key.private)

    assert "not a point" in " ".join(
        reason for reason, _ in damages(builder.sealed(sections, head, bad))
    )


def anchored(tmp_path, key, *, number=42, at=builder.UNTIL, ends=None):
    content = builder.written(builder.casefile(), key)
    known = builder.parts(content)[2]["chains"] if ends is None else ends
    path = tmp_path / "anchor.json"
    with path.open("wb") as out:
        chains = [anchors.ChainEnd(**end) for end in known]
        anchors.write(out, number=number, at=at, ends=chains, key=key)
    return content, path


def test_an_anchor_gives_trust_and_holds(tmp_path, key, verify):
    content, path = anchored(tmp_path, key)

    assert verify(content, "--anchor", path, keys=())[0] == 0


def test_a_head_older_than_the_anchor_is_refused(tmp_path, key, verify):
    content, path = anchored(tmp_path, key, number=43)

    status, told = verify(content, "--anchor", path)

    assert (status, "older than the anchor's 43" in told) == (1, True)


def test_a_file_complete_to_an_earlier_time_than_the_anchor_is_refused(tmp_path, key, verify):
    later = builder.UNTIL.replace(hour=2)
    content, path = anchored(tmp_path, key, at=later)

    assert verify(content, "--anchor", path)[0] == 1


def test_a_history_shortened_after_the_anchor_is_refused(tmp_path, key, verify):
    end = {"id": RECORD_CHAIN, "seq": 3, "sha256": "0" * 64, "sm3": "0" * 64}
    content, path = anchored(tmp_path, key, ends=[end])

    status, told = verify(content, "--anchor", path)

    assert (status, "ends before event 3" in told) == (1, True)


def test_a_history_rewritten_after_the_anchor_is_named(tmp_path, key, verify):
    _, path = anchored(tmp_path, key)
    rewritten = builder.written(builder.casefile(events=rebuilt(law="new")), key)

    status, told = verify(rewritten, "--anchor", path)

    assert status == 1
    assert f"event 4 letter.issued in case {CASE}: is not the event that was anchored" in told


@pytest.mark.parametrize("place", [0, 50, 300, -1, -100])
def test_a_damaged_anchor_is_unreadable(place, tmp_path, key, verify):
    content, path = anchored(tmp_path, key)
    text = bytearray(path.read_bytes())
    text[place] ^= 1
    path.write_bytes(text)

    assert verify(content, "--anchor", path)[0] == 2


def test_changes_told_in_another_chain_are_counted_not_refused(key, verify):
    events = rebuilt(object=moved(version=7, **{"from": "withdrawn"}))

    status, told = verify(builder.written(builder.casefile(events=events), key))

    assert (status, "changes told elsewhere: 1" in told) == (0, True)


def test_a_terminal_cannot_be_steered(key, verify, foreign_key):
    status, told = verify(builder.written(builder.casefile(case="XF\x1b[2J\u202e"), key))

    assert status == 0
    assert "\x1b" not in told
    assert "\u202e" not in told


def test_the_writer_refuses_what_the_verifier_could_not_read(key):
    stranger = chain.merkle_root([b""]).hex()
    for broken in (
        builder.casefile(chains=[(RECORD_CHAIN, "record")]),
        builder.casefile(chains=[(CASE_CHAIN, "a"), (CASE_CHAIN, "b")]),
        builder.casefile(case="X" * 1_000_000),
        builder.casefile(decisions=[builder.decision() | {"name": f"\n{stranger}"}]),
    ):
        with pytest.raises(archive.NotWritable):
            builder.written(broken, key)


def test_the_verifier_reads_the_versions_it_was_written_for():
    assert (
        xinfu_verify.FIELDS["event text"].keys()
        == json.loads(builder.journal().events[0].text).keys()
    )


JUNK = (None, -1, 2**53 - 1, "", "\ud7ff", [], {}, [[]], [None], {"x": 1}, True)


def paths(value, path=()):
    """Yield the way to every value inside a value."""
    yield path
    pairs = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in pairs:
        yield from paths(each, (*path, key))


def replaced(value, path, junk):
    if not path:
        return junk
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[path[0]] = replaced(value[path[0]], path[1:], junk)
    return changed


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_signed_nonsense_in_a_section_never_makes_the_verifier_stumble(
    junk, head, key, damages, monkeypatch
):
    monkeypatch.setattr(xinfu_verify, "signed_by", lambda *_: True)
    small = builder.unsealed(builder.written(builder.small(), key))
    for number, (name, line, rest) in enumerate(small):
        for path in paths(json.loads(line)):
            bad = canonical.dumps(replaced(json.loads(line), path, junk)) + b"\n"
            sections = [*small[:number], (name, bad, rest), *small[number + 1 :]]
            assert damages(builder.sealed(sections, head, key)), (name, path)


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_chained_nonsense_in_an_event_never_makes_the_verifier_stumble(junk, key, damages):
    whole = json.loads(builder.journal().events[3].text)
    free = {"law", "calendar", "data", "object", "actor", "basis"}
    for path in paths(whole):
        if path and path[0] not in ("chain", "seq", "kind", "leaves"):
            changes = {path[0]: replaced(whole, path, junk)[path[0]]}
            found = damages(builder.written(builder.casefile(events=rebuilt(**changes)), key))
            assert found or path[0] in free or changes[path[0]] == whole[path[0]] or not junk


def test_a_section_of_no_known_type_is_refused(sections, head, key, damages):
    strange = [*sections, ("secret 1", canonical.dumps({"type": "secret"}) + b"\n", b"")]

    assert first(damages, builder.sealed(strange, head, key))[0] == "secret 1"


def test_there_is_one_header_and_it_is_first(sections, head, key, damages):
    without, twice = sections[1:], [sections[0], *sections]

    assert first(damages, builder.sealed(without, head, key))[0] == "calendar 2026"
    assert first(damages, builder.sealed(twice, head, key))[0] == "header"
