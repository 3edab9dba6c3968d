"""An import enters each record once: twice, in pieces, beside another, or with a bad row in it."""

import datetime as dt
import io
import json
import os
import subprocess
import sys
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from processes.records import import_batch, importing
from processes.records.identities import read_original
from processes.records.importing import import_penalties
from processes.records.models import (
    CreditRecord,
    CreditSubject,
    ImportFile,
    ImportRow,
    RecordVersion,
)
from tests.processes.records.penalty_rows import PERSON, RIGHT, credit_code, csv_bytes
from workflow.clock.services import move_to
from workflow.errors import NotAllowed, NotPossible
from workflow.journal.models import Event
from workflow.offices.actors import SYSTEM, Actor
from workflow.offices.models import Jurisdiction

DATA = Path(__file__).parents[2] / "data"
EXPECTED = json.loads((DATA / "sample_penalties.expected.json").read_text(encoding="utf-8"))
AT = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
ROOT = Path(__file__).parents[3]
KILLED = -9


@pytest.fixture
def region(db):
    return Jurisdiction.objects.create(code="150000", name="北疆自治区")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "penalties.csv"


def run(path, **options):
    return import_penalties(path=path, name=path.name, by=SYSTEM, at=AT, **options)


def figures(report):
    return [report[name] for name in ("rows", "accepted", "rejected", "unchanged")]


def put(path, *rows):
    path.write_bytes(csv_bytes(*rows))
    return path


def many(count):
    return [RIGHT | {"CF_WSH": f"朔市监罚〔2026〕{number}号"} for number in range(count)]


def state():
    return {
        model.__name__: sorted(map(str, model.objects.values_list("pk", flat=True)))
        for model in (CreditSubject, CreditRecord, RecordVersion, ImportRow, Event)
    }


@pytest.mark.slow
@pytest.mark.usefixtures("region")
def test_the_sample_is_imported_as_expected_and_the_second_time_changes_nothing():
    report = run(DATA / "sample_penalties.csv")

    assert figures(report) == [410, 390, 20, 0]
    assert list(report) == ["rows", "accepted", "rejected", "unchanged", "errors", "warnings"]
    rejected = {int(n) for n, line in EXPECTED["notable_lines"].items() if not line["accepted"]}
    assert {error["line"] for error in report["errors"]} == rejected
    for entry in report["errors"] + report["warnings"]:
        assert list(entry) == ["line", "field", "code", "value", "message"]
    assert CreditRecord.objects.count() == 390
    assert CreditSubject.objects.filter(name__contains="𠮷").count() == 1

    before = state()
    assert figures(run(DATA / "sample_penalties.csv")) == [410, 390, 20, 390]
    assert state() == before


@pytest.mark.usefixtures("region")
def test_the_same_facts_in_another_format_change_no_record():
    assert figures(run(DATA / "sample_penalties_gb18030.csv")) == [40, 40, 0, 0]
    versions = set(state()["RecordVersion"])

    assert figures(run(DATA / "sample_penalties.xlsx")) == [60, 60, 0, 40]
    assert len(versions) == 40
    assert versions < set(state()["RecordVersion"])
    assert RecordVersion.objects.count() == 60


@pytest.mark.usefixtures("region")
def test_a_rehearsal_reports_the_same_and_writes_nothing(file):
    put(file, *many(3), RIGHT | {"CF_WSH": ""})
    empty = state()
    rehearsed = run(file, dry_run=True)

    assert state() == empty
    assert not ImportFile.objects.exists()
    assert run(file) == rehearsed


@pytest.mark.usefixtures("region")
def test_other_content_for_a_known_record_is_only_proposed(file, tmp_path):
    run(put(file, RIGHT))
    changed = put(tmp_path / "later.csv", RIGHT | {"CF_NR_FK": "7"})
    rehearsed = run(changed, dry_run=True)
    report = run(changed)

    record = CreditRecord.objects.get()
    assert report == rehearsed
    assert figures(report) == [1, 1, 0, 0]
    assert [warning["code"] for warning in report["warnings"]] == ["proposed"]
    assert record.current_version == 1
    versions = list(record.versions.order_by("number").values_list("standing", "fields__fine_yuan"))
    assert versions == [("accepted", "50000.00"), ("proposed", "70000.00")]
    assert ImportRow.objects.get(file__name="later.csv").outcome == "proposed"


@pytest.mark.usefixtures("region")
def test_an_identity_number_is_nowhere_in_clear(file):
    number = PERSON["CF_XDR_ZJHM"]
    wrong = PERSON | {"CF_WSH": "朔2号", "CF_XDR_ZJHM": number[:-1] + "*"}
    told = RIGHT | {"CF_SY": f"当事人{number}"}
    run(put(file, PERSON, wrong, told))

    assert CreditRecord.objects.count() == 2
    for model in (CreditSubject, RecordVersion, ImportRow):
        for row in model.objects.values():
            assert number not in json.dumps(row, default=str, ensure_ascii=False)
            assert number[:-1] not in json.dumps(row, default=str, ensure_ascii=False)
    kept = ImportRow.objects.get(line=2)
    assert read_original(kept.original)["CF_XDR_ZJHM"] == number


@pytest.mark.usefixtures("region")
def test_what_is_not_a_penalty_is_set_aside_without_a_record(file):
    report = run(put(file, RIGHT | {"CF_CFLB": "责令改正", "CF_NR_FK": ""}))

    assert figures(report) == [1, 1, 0, 0]
    assert [warning["code"] for warning in report["warnings"]] == ["not-a-penalty"]
    assert not CreditRecord.objects.exists()


@pytest.mark.usefixtures("region")
def test_an_import_that_was_stopped_goes_on_where_it_stopped(file, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 4)
    put(file, *many(10), RIGHT | {"CF_WSH": ""})

    class Stopped(Exception):
        pass

    def stop(rows):
        if rows == 8:
            raise Stopped

    with pytest.raises(Stopped):
        run(file, progress=stop)
    assert CreditRecord.objects.count() == 8
    assert ImportFile.objects.get().last_line == 9
    kept = set(CreditRecord.objects.values_list("pk", flat=True))

    assert figures(run(file)) == [11, 10, 1, 0]
    assert kept < set(CreditRecord.objects.values_list("pk", flat=True))
    assert ImportFile.objects.get().standing == "done"
    assert figures(run(file)) == [11, 10, 1, 10]


@pytest.mark.usefixtures("region")
def test_a_resumed_file_is_judged_by_the_day_it_began(file):
    put(file, RIGHT, RIGHT | {"CF_WSH": "朔9号", "CF_JDRQ": "2026/11/21"})
    run(file)
    later = import_penalties(path=file, name="x", by=SYSTEM, at=AT + dt.timedelta(days=9))

    assert figures(later) == [2, 1, 1, 1]


@pytest.mark.usefixtures("region")
def test_a_row_refused_on_registration_takes_no_other_with_it_and_is_tried_again(file, monkeypatch):
    put(file, *many(3))
    register = import_batch.register_penalty

    def refuse(*, penalty, **rest):
        if "〔2026〕1号" in penalty.decision_number:
            raise NotPossible("该机关已撤销")
        return register(penalty=penalty, **rest)

    monkeypatch.setattr(import_batch, "register_penalty", refuse)
    report = run(file)
    assert figures(report) == [3, 2, 1, 0]
    assert [(e["line"], e["code"]) for e in report["errors"]] == [(3, "refused")]
    assert "该机关已撤销" in report["errors"][0]["message"]

    monkeypatch.setattr(import_batch, "register_penalty", register)
    assert figures(run(file)) == [3, 3, 0, 2]
    assert CreditRecord.objects.count() == 3


@pytest.mark.usefixtures("region")
def test_two_files_with_one_record_make_it_once(file, tmp_path):
    run(put(file, *many(2)))
    report = run(put(tmp_path / "other.csv", *many(3)))

    assert figures(report) == [3, 3, 0, 2]
    assert CreditRecord.objects.count() == 3


@pytest.mark.usefixtures("region")
def test_only_those_who_provide_records_may_import(file):
    desk = Actor(user_id=uuid.uuid4(), name="x", capacity="desk")

    with pytest.raises(NotAllowed):
        import_penalties(path=put(file, RIGHT), name="x", by=desk, at=AT)
    assert not ImportFile.objects.exists()


@pytest.mark.usefixtures("region")
def test_the_command_prints_the_report_and_keeps_it(file, tmp_path):
    move_to(instant=AT)
    out = io.StringIO()
    call_command("import_penalties", put(file, RIGHT), report=tmp_path / "out.json", stdout=out)

    assert figures(json.loads(out.getvalue())) == [1, 1, 0, 0]
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["accepted"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("content", [None, b"a,b\r\n"])
def test_the_command_exits_2_on_a_file_it_cannot_read(file, content):
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError) as refusal:
        call_command("import_penalties", file)
    assert refusal.value.returncode == 2
    assert "\n" not in str(refusal.value)


@pytest.mark.slow
@pytest.mark.usefixtures("fresh_database")
def test_an_import_that_is_killed_between_batches_loses_and_doubles_nothing(file):
    Jurisdiction.objects.create(code="150000", name="北疆自治区")
    put(file, *many(230), RIGHT | {"CF_WSH": ""})
    killed = _import_in_a_process(file, fault="import.after-batch")

    assert killed.returncode == KILLED
    assert CreditRecord.objects.count() == 200
    assert _import_in_a_process(file, fault="act.before-commit").returncode == KILLED
    assert CreditRecord.objects.count() == 200
    finished = _import_in_a_process(file, fault="")
    assert finished.returncode == 0, finished.stderr
    assert figures(json.loads(finished.stdout)) == [231, 230, 1, 0]
    assert CreditRecord.objects.count() == 230


def _import_in_a_process(path, *, fault):
    settings = connections["default"].settings_dict
    host, user, password = settings["HOST"], settings["USER"], settings["PASSWORD"]
    url = f"postgresql://{user}:{password}@/{settings['NAME']}?host={host}"
    if settings["PORT"]:
        url += f"&port={settings['PORT']}"
    environment = os.environ | {"DATABASE_URL": url, "XINFU_FAULT_POINT": fault}
    return subprocess.run(
        [sys.executable, "manage.py", "import_penalties", str(path), "--skip-checks"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.usefixtures("fresh_database")
def test_two_imports_at_once_enter_each_record_once(file, tmp_path):
    Jurisdiction.objects.create(code="150000", name="北疆自治区")
    rows = [row | {"CF_XDR_SHXYM": credit_code(f"MA{n:06}")} for n, row in enumerate(many(60))]
    paths = [
        put(file, *rows),
        put(tmp_path / "b.csv", *reversed(rows), RIGHT | {"CF_WSH": "朔x1号"}),
    ]
    start = threading.Barrier(len(paths))

    def work(path):
        start.wait()
        try:
            return run(path)
        finally:
            connections.close_all()

    with ThreadPoolExecutor() as pool:
        reports = list(pool.map(work, paths))

    assert [figures(report)[:3] for report in reports] == [[60, 60, 0], [61, 61, 0]]
    assert sum(report["unchanged"] for report in reports) == 60
    assert CreditRecord.objects.count() == 61
    assert RecordVersion.objects.count() == 61
