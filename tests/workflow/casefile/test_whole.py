"""A whole case file verifies, in every copy, and says what it is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import xinfu_verify
from tests.workflow.casefile import builder
from workflow.casefile import archive

PROGRAM = Path(xinfu_verify.__file__)


@pytest.mark.parametrize("make", [builder.casefile, builder.small])
def test_a_whole_file_verifies_and_names_key_head_and_time(make, key, verify):
    status, told = verify(builder.written(make(), key))

    assert status == 0
    assert key.fingerprint in told
    assert "头编号: 42" in told
    assert "2026-11-21T01:00:00.000000Z" in told


def test_the_same_case_gives_the_same_bytes(key):
    assert builder.written(builder.casefile(), key) == builder.written(builder.casefile(), key)


def withheld(papers):
    return [
        archive.Paper(
            facts=paper.facts,
            leaves={name: archive.Leaf(leaf.hash) for name, leaf in paper.leaves.items()},
        )
        for paper in papers
    ]


def redacted(**changes):
    events = [
        archive.Event(text=event.text, sha256=event.sha256, sm3=event.sm3)
        for event in builder.journal().events
    ]
    papers = {"documents": withheld(builder.documents()), "letters": withheld([builder.letter()])}
    return builder.casefile(events=events, **papers, **changes)


def test_a_redacted_copy_verifies_against_the_same_head_and_tells_no_names(key, verify):
    whole, copy = (builder.written(each, key) for each in (builder.casefile(), redacted()))
    tail = len(builder.parts(whole)[2]["root"])

    status, told = verify(copy)

    assert status == 0
    assert "values withheld: 6" in told
    assert builder.parts(copy)[2] == builder.parts(whole)[2]
    assert copy[-tail:] == whole[-tail:]
    assert "乌兰".encode() in whole
    assert "乌兰".encode() not in copy


@pytest.mark.parametrize("name", ["--key", "--anchor"])
def test_an_option_without_its_file_is_unreadable(name, key, verify):
    assert verify(builder.written(builder.small(), key), name, "/nowhere")[0] == 2


@pytest.mark.parametrize("path", ["nowhere.xfc", ".", "/dev/zero", "a\0b"])
def test_a_missing_file_a_directory_and_a_device_are_unreadable(path, capsys):
    assert xinfu_verify.main([path]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_the_program_runs_alone_with_a_key_from_outside(key, tmp_path):
    alone, file = tmp_path / "xinfu_verify.py", tmp_path / "case.xfc"
    alone.write_bytes(PROGRAM.read_bytes())
    file.write_bytes(builder.written(builder.small(), key))
    command = [sys.executable, "-I", "-S", alone, file]

    untrusted = subprocess.run(command, capture_output=True, text=True)
    (tmp_path / "xinfu_keys.txt").write_text(f"# the authority\n{key.fingerprint}\n")
    trusted = subprocess.run(command, capture_output=True, text=True)

    assert (untrusted.returncode, trusted.returncode) == (1, 0)
    assert "not trusted" in untrusted.stdout


def test_the_program_is_short_and_needs_only_the_standard_library():
    text = PROGRAM.read_text(encoding="utf-8")
    imports = [
        line.split()[1].split(".")[0]
        for line in text.splitlines()
        if line.startswith(("import", "from"))
    ]

    assert len(text.splitlines()) <= 600
    assert set(imports) <= sys.stdlib_module_names


def test_head_and_summary_are_json_that_others_can_read(key):
    _, index, head = builder.parts(builder.written(builder.casefile(), key))

    assert [end["seq"] for end in head["chains"]] == [4, 2]
    assert head["sections"] == len(index)
    assert json.dumps(head)
