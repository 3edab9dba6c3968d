"""A case file exported from the database verifies, and is handed out only when it does."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

import xinfu_verify
from processes.repair.casefile import collect
from tests.world import league
from workflow.access.models import AccessLog
from workflow.casefile import archive
from workflow.documents import storage
from workflow.documents.models import Document
from workflow.journal.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def signing_key(settings, tmp_path):
    settings.XINFU_SIGNING_KEY = tmp_path / "keys" / "signing.pem"
    return settings.XINFU_SIGNING_KEY


@pytest.fixture
def export(tmp_path):
    """Return a function that exports a case and gives the file."""

    def run(case, *options):
        file = tmp_path / "case.xfc"
        call_command("export_casefile", case.number, "-o", str(file), *options, verbosity=0)
        return file

    return run


def contents(file):
    """Return the lines of a case file that are objects, by their type."""
    found = {}
    for line in file.read_bytes().split(b"\n"):
        if line.startswith(b'{"'):
            body = json.loads(line)
            found.setdefault(body.get("type", "head"), []).append(body)
    return found


@pytest.mark.parametrize("reach", ["draft", "submitted", "accepted", "proposed", "completed"])
def test_a_case_verifies_in_every_state(reach, export, capsys):
    case = getattr(league(), reach)()

    file = export(case)
    call_command("verify_casefile", str(file))

    assert f"OK 完整可信: case 案件 {case.number}" in capsys.readouterr().out


def test_a_completed_case_file_holds_the_whole_case(export):
    case = league().completed()

    found = contents(export(case))

    chains = [each["id"] for each in found["header"][0]["chains"]]
    assert len(found["event"]) == Event.objects.filter(chain_id__in=chains).count()
    assert len(chains) == 2
    assert {each["template"] for each in found["letter"]} >= {"repair-approved/1"}
    assert {each["name"].split()[1] for each in found["decision"]} == {"credit-china", "necips"}
    assert {each["provision"] for each in found["rule"]} >= {
        each["provision"] for each in found["deadline"]
    }
    assert all(each["proof"] for each in found["deadline"] if each["due"])


def test_a_stranger_without_the_key_does_not_trust_it(export, signing_key, capsys):
    file = export(league().submitted())

    assert xinfu_verify.main([str(file)]) == 1
    assert "not trusted" in capsys.readouterr().out
    assert xinfu_verify.main([str(file), "--key", str(signing_key.with_suffix(".pub"))]) == 0


def test_a_redacted_copy_verifies_and_names_nobody(export):
    case = league().submitted()

    whole = export(case).read_bytes()
    redacted = export(case, "--redacted").read_bytes()

    assert "经办人癸".encode() in whole
    for private in ("经办人癸", "整改报告.pdf"):
        assert private.encode() not in redacted


def test_a_file_whose_documents_are_damaged_is_not_handed_out(export, monkeypatch, tmp_path):
    case = league().submitted()
    monkeypatch.setattr(storage, "fetch", lambda digest: b"another content")

    with pytest.raises(CommandError, match="differ from their digest"):
        export(case)
    assert not list(tmp_path.glob("case.xfc*"))


def test_a_journal_that_does_not_verify_is_not_handed_out(export, monkeypatch, tmp_path):
    case = league().submitted()
    sound = archive.Event.__init__

    def forged(self, *, text, **rest):
        sound(self, text=text.replace(b'"capacity":"agent"', b'"capacity":"desk"'), **rest)

    monkeypatch.setattr(archive.Event, "__init__", forged)

    with pytest.raises(CommandError, match=r"event \d+ .* does not fit its SHA-256 chain"):
        export(case)
    assert not list(tmp_path.glob("case.xfc*"))


def test_every_export_is_logged_even_one_that_failed(export, monkeypatch):
    case = league().submitted()
    export(case)
    monkeypatch.setattr(storage, "fetch", lambda digest: b"another content")
    with pytest.raises(CommandError):
        export(case)

    logged = AccessLog.objects.filter(object_id=case.pk, action="casefile.exported")
    assert logged.count() == 2


def test_an_unknown_case_is_unreadable(tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("export_casefile", "XF-0", "-o", str(tmp_path / "x"))
    assert refusal.value.returncode == 2


def test_a_flipped_byte_of_a_real_file_is_named(export, capsys):
    file = export(league().accepted())
    content = bytearray(file.read_bytes())
    content[content.index(b"repair-item.accepted") + 4] ^= 1
    file.write_bytes(content)

    with pytest.raises(SystemExit) as stopped:
        call_command("verify_casefile", str(file))

    told = capsys.readouterr().out
    assert stopped.value.code == 1
    assert "first damaged step" in told
    assert " repair-item.accepted in repair/" in told


def test_the_case_file_needs_few_queries(django_assert_max_num_queries):
    case = league().completed()

    with django_assert_max_num_queries(90):
        collect(case)


def test_documents_without_a_case_stay_out(export):
    case = league().submitted()
    other = Document.objects.first()
    stray = Document.objects.create(
        sha256=other.sha256,
        size=other.size,
        name="别的.pdf",
        media_type=other.media_type,
        scan_result={},
        uploaded_at=other.uploaded_at,
        uploaded_as="system",
    )

    listed = {each["id"] for each in contents(export(case))["document"]}

    assert str(stray.pk) not in listed
    assert str(other.pk) in listed
    assert connection.in_atomic_block
