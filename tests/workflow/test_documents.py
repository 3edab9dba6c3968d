"""Letters are numbered without gaps, documents are looked at, and what is issued stays."""

import copy
import datetime as dt
import hashlib
import io
import re
import threading
import uuid
import zipfile

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.notifications import samples
from workflow.documents import services, snapshots, sniffing, storage, verification
from workflow.documents.models import Document, DocumentDamaged, Letter, Message
from workflow.documents.scanning import DocumentRefused
from workflow.documents.snapshots import SnapshotIncomplete
from workflow.offices.actors import SYSTEM, Actor
from workflow.offices.models import Department, Jurisdiction, User
from workflow.outbox.models import OutboxMessage

AT = samples.AT


def make_department(code: str = "11159900MB1234567X") -> Department:
    league, _made = Jurisdiction.objects.get_or_create(code="159900", defaults={"name": "朔原盟"})
    return Department.objects.create(
        code=code, name="朔原盟市场监督管理局", short_name="朔市监", jurisdiction=league
    )


def make_user(name: str = "applicant") -> User:
    return User.objects.create_user(username=name, display_name=name, email=f"{name}@example.test")


def reserve(department: Department, *, at: dt.datetime = AT, **changes) -> Letter:
    return services.reserve_letter(
        **{
            "template": "repair-approved",
            "department": department,
            "snapshot": samples.SNAPSHOTS["repair-approved"],
            "case_table": "repair_repaircase",
            "case_id": uuid.uuid4(),
            "case_number": "XF-2026-00391",
            "addressee": samples.COMPANY,
            "by": SYSTEM,
            "at": at,
            **changes,
        }
    )


def pdf_bytes(*, script: str | None = None, attachment: bytes | None = None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if script is not None:
        action = {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject(script),
        }
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if attachment is not None:
        writer.add_attachment("inside.txt", attachment)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def office_file(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def png_bytes() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


def keep(content: bytes, *, name: str = "证明.pdf", media_type: str = "") -> Document:
    return services.store(content=content, name=name, media_type=media_type, by=SYSTEM, at=AT)


@pytest.fixture
def department(db) -> Department:
    return make_department()


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "documents": {
            "BACKEND": "workflow.documents.storage.WriteOnceStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


# --- Numbers --------------------------------------------------------------------------------


def test_numbers_run_from_one_within_a_department_and_year(department):
    next_year = dt.datetime(2026, 12, 31, 16, 0, tzinfo=dt.UTC)  # already 2027 in Shanghai

    numbers = [reserve(department).number, reserve(department).number]
    numbers += [reserve(department, at=next_year).number]

    assert numbers == ["朔市监〔2026〕1号", "朔市监〔2026〕2号", "朔市监〔2027〕1号"]


def test_a_letter_announces_its_rendering_in_the_same_transaction(department):
    letter = reserve(department)

    message = OutboxMessage.objects.get(topic="letter.render")
    assert message.payload["letter_id"] == str(letter.pk)
    assert message.owner_department == department


@pytest.mark.database
def test_fifty_letters_at_once_leave_no_gap_and_no_double(fresh_database):
    department = make_department()
    failures: list[Exception] = []
    start = threading.Barrier(50)

    def work() -> None:
        try:
            start.wait(30)
            with transaction.atomic():
                reserve(department)
        except Exception as fault:  # noqa: BLE001 - shown by the assertion below
            failures.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _each in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert failures == []
    serials = sorted(Letter.objects.values_list("serial", flat=True))
    assert serials == list(range(1, 51))


@pytest.mark.database
def test_an_act_that_rolls_back_leaves_no_gap(fresh_database):
    department = make_department()
    with transaction.atomic():
        reserve(department)
    with transaction.atomic():
        reserve(department)
        transaction.set_rollback(True)
    with transaction.atomic():
        after = reserve(department)

    assert after.serial == 2
    assert OutboxMessage.objects.filter(topic="letter.render").count() == 2


@pytest.mark.database
def test_a_number_given_out_and_not_used_cannot_be_committed(fresh_database):
    department = make_department()
    with transaction.atomic():
        reserve(department)

    with pytest.raises(DatabaseError, match="given out and not used"), transaction.atomic():
        run("UPDATE documents_letterserial SET last = last + 1")


def test_a_number_nobody_gave_out_cannot_be_written(department):
    with transaction.atomic():
        letter = reserve(department)
    letter.pk, letter.serial, letter.number = uuid.uuid4(), 9, "朔市监〔2026〕9号"

    with pytest.raises(DatabaseError, match="was not given out"), transaction.atomic():
        letter.save(force_insert=True)


def test_a_snapshot_with_a_hole_spends_no_number(department):
    incomplete = {k: v for k, v in samples.SNAPSHOTS["repair-approved"].items() if k != "remedies"}

    with pytest.raises(SnapshotIncomplete, match="remedies is missing"):
        reserve(department, snapshot=incomplete)

    assert reserve(department).serial == 1


@pytest.mark.parametrize("template", sorted(snapshots.LETTERS))
def test_every_key_of_a_snapshot_is_asked_for(template):
    whole = samples.SNAPSHOTS[template]
    snapshots.check(template, whole)
    optional = {"decided_by"}

    for key in whole.keys() - optional:
        with pytest.raises(SnapshotIncomplete, match=f"{key} is missing"):
            snapshots.check(template, {k: v for k, v in whole.items() if k != key})


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("applied_on",), "2026-13-01", "applied_on must be a day"),
        (("applied_on",), "2026-1-1", "applied_on must be a day"),
        (("office", "name"), " ", "office.name must be words"),
        (("records", 0, "severity"), "heavy", "records.0.severity must be one of"),
        (("records",), [], "records must not be empty"),
        (("remedies", "litigation", "value"), True, "remedies.litigation.value must be int"),
        (("unknown",), "x", "unknown is unknown"),
    ],
)
def test_a_wrong_value_is_named_by_its_path(path, value, said):
    snapshot = copy.deepcopy(samples.SNAPSHOTS["repair-approved"])
    place = snapshot
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    with pytest.raises(SnapshotIncomplete, match=re.escape(said)):
        snapshots.check("repair-approved", snapshot)


# --- Write once -----------------------------------------------------------------------------


def run(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def issue(letter: Letter) -> Letter:
    return services.attach_pdf(letter_id=letter.pk, content=pdf_bytes(), at=AT)


FROZEN = {
    "number": "'X〔2026〕1号'",
    "serial": "7",
    "snapshot": "'{}'::jsonb",
    "addressee": "'{}'::jsonb",
    "check_code": "'AAAAAAAA'",
    "template_version": "2",
    "case_number": "'other'",
    "reserved_at": "now()",
}


@pytest.mark.database
@pytest.mark.parametrize("column", sorted(FROZEN))
def test_what_a_letter_says_is_frozen_from_its_reservation(department, column):
    reserve(department)

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        run(f"UPDATE documents_letter SET {column} = {FROZEN[column]}")


@pytest.mark.database
@pytest.mark.parametrize(
    "change",
    ["sha256 = repeat('0', 64)", "rendered_at = now()", "held_reason = 'x'", "pdf_id = NULL"],
)
def test_an_issued_letter_never_changes(department, change):
    issue(reserve(department))

    with pytest.raises(IntegrityError, match="issued and never changes"), transaction.atomic():
        run(f"UPDATE documents_letter SET {change}")


@pytest.mark.database
@pytest.mark.parametrize("table", ["document", "letter", "letterserial", "message"])
def test_evidence_is_not_deleted(department, table):
    letter = issue(reserve(department))
    services.tell(kind="x", snapshot={"title": "t"}, subject_id=uuid.uuid4(), letter=letter, at=AT)

    with pytest.raises(DatabaseError), transaction.atomic():
        run(f"DELETE FROM documents_{table}")


@pytest.mark.database
def test_a_document_never_changes(department):
    keep(pdf_bytes())

    with pytest.raises(DatabaseError), transaction.atomic():
        run("UPDATE documents_document SET name = 'other'")


@pytest.mark.database
def test_even_the_owner_is_refused_by_the_guards(fresh_database, owner_connection):
    with transaction.atomic():
        issue(reserve(make_department()))

    for statement in (
        "UPDATE documents_letter SET number = 'x'",
        "UPDATE documents_document SET name = 'x'",
        "DELETE FROM documents_letter",
        "TRUNCATE documents_letter CASCADE",
        "UPDATE documents_letterserial SET last = 0",
    ):
        with pytest.raises(Exception, match=r"never|by one"), owner_connection.transaction():
            owner_connection.execute(statement)


def test_bytes_are_attached_once(department):
    letter = issue(reserve(department))

    with pytest.raises(services.AlreadyIssued):
        services.attach_pdf(letter_id=letter.pk, content=pdf_bytes(), at=AT)
    with pytest.raises(services.AlreadyIssued):
        services.hold(letter_id=letter.pk, reason="too late")


def test_a_digest_that_is_not_the_files_is_refused(department):
    reserve(department)
    document = keep(pdf_bytes())

    with pytest.raises(IntegrityError, match="not that of its file"), transaction.atomic():
        run(
            "UPDATE documents_letter SET pdf_id = %s, sha256 = repeat('0', 64), rendered_at = now()",
            document.pk,
        )


# --- Files ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_file_is_kept_under_its_digest_and_read_back_checked(tmp_path):
    content = pdf_bytes()
    document = keep(content, name="../../etc/证明\x00.pdf")

    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert (document.name, document.size, document.media_type) == (
        "证明.pdf",
        len(content),
        "application/pdf",
    )
    assert document.read() == content
    assert (tmp_path / storage.place(document.sha256)).exists()


@pytest.mark.django_db
def test_the_same_content_is_kept_once(tmp_path):
    first, second = keep(pdf_bytes()), keep(pdf_bytes(), name="again.pdf")

    assert first.pk != second.pk
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


@pytest.mark.django_db
def test_bytes_that_changed_on_disk_are_noticed(tmp_path):
    document = keep(pdf_bytes())
    path = tmp_path / storage.place(document.sha256)
    path.chmod(0o640)
    path.write_bytes(b"%PDF-1.7 something else")

    with pytest.raises(DocumentDamaged, match="differ"):
        document.read()
    path.unlink()
    with pytest.raises(DocumentDamaged, match="missing"):
        document.read()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"MZ\x90\x00 program", "type-not-accepted", id="a program"),
        pytest.param(b"<html><script>1</script>", "type-not-accepted", id="a page"),
        pytest.param(b"%PDF-1.7\nnot really", "damaged", id="a broken pdf"),
        pytest.param(pdf_bytes(script="app.alert(1)"), "active-content", id="pdf with script"),
        pytest.param(pdf_bytes(attachment=b"x"), "active-content", id="pdf with attachment"),
        pytest.param(
            office_file(word__vbaProject_dot_bin=b"x"), "active-content", id="word with macro"
        ),
        pytest.param(
            office_file(
                word___rels__settings_dot_xml_dot_rels=b'<Relationship Type="http://x/attachedTemplate" '
                b'Target="http://evil.test/t.dotm" TargetMode="External"/>'
            ),
            "active-content",
            id="word with outside template",
        ),
        pytest.param(b"\x89PNG\r\n\x1a\nbroken", "damaged", id="a broken image"),
    ],
)
def test_what_could_do_harm_is_refused_with_its_reason(content, code):
    with pytest.raises(DocumentRefused) as refused:
        keep(content)

    assert refused.value.code == code
    assert str(refused.value)
    assert not Document.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (pdf_bytes(), sniffing.PDF),
        (png_bytes(), sniffing.PNG),
        (office_file(), sniffing.DOCX),
    ],
)
def test_ordinary_proof_is_kept_with_the_type_its_bytes_show(content, media_type):
    document = keep(content, name="anything.exe", media_type="application/octet-stream")

    assert document.media_type == media_type
    assert document.scan_result == {"builtin": "clean"}


@pytest.mark.django_db
def test_a_picture_that_calls_itself_pdf_is_refused():
    with pytest.raises(DocumentRefused) as refused:
        keep(png_bytes(), media_type="application/pdf")

    assert refused.value.code == "type-mismatch"


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused(settings):
    settings.XINFU_UPLOAD_LIMIT = 100

    with pytest.raises(DocumentRefused, match="MB"):
        keep(pdf_bytes())


# --- Verification ---------------------------------------------------------------------------


def test_number_and_code_of_an_issued_letter_are_genuine(department):
    letter = issue(reserve(department))

    answer = verification.verify_letter(letter.number, letter.check_code)

    assert answer == verification.LetterCheck(True, letter.sha256, dt.date(2026, 11, 12))


def test_number_and_code_may_be_typed_carelessly(department):
    letter = issue(reserve(department))
    code = f" {letter.check_code[:4].lower()} - {letter.check_code[4:].lower()}"

    assert verification.verify_letter("朔市监 [2026] １号", code).genuine


def test_wrong_number_wrong_code_and_unissued_letter_answer_alike(department):
    issued, waiting = issue(reserve(department)), reserve(department)

    answers = {
        verification.verify_letter("朔市监〔2026〕99号", issued.check_code),
        verification.verify_letter(issued.number, "22222222"),
        verification.verify_letter(issued.number, ""),
        verification.verify_letter(waiting.number, waiting.check_code),
        verification.verify_letter("", "--------"),
    }

    assert answers == {verification.LetterCheck(genuine=False)}


# --- Messages -------------------------------------------------------------------------------


def test_each_reader_gets_a_message_and_an_email_is_announced(db):
    users = [make_user("one"), make_user("two")]

    told = services.tell(
        kind="repair.accepted", snapshot={"title": "已受理"}, user_ids=[u.pk for u in users], at=AT
    )

    assert [m.user_id for m in told] == [u.pk for u in users]
    announced = OutboxMessage.objects.filter(topic="message.email")
    assert {m.payload["message_id"] for m in announced} == {str(m.pk) for m in told}


def test_the_first_reading_is_the_receipt(db):
    user = make_user()
    [message] = services.tell(kind="x", snapshot={"title": "t"}, user_ids=[user.pk], at=AT)
    reader = Actor(user_id=user.pk, name="x", capacity="applicant")

    services.mark_read(message_id=message.pk, by=reader, at=AT)
    services.mark_read(message_id=message.pk, by=reader, at=AT + dt.timedelta(days=1))

    assert Message.objects.get(pk=message.pk).read_at == AT
    with pytest.raises(IntegrityError, match="being read, once"), transaction.atomic():
        run("UPDATE documents_message SET read_at = now()")


def test_a_message_without_reader_or_title_is_refused(db):
    with pytest.raises(ValueError, match="reader"):
        services.tell(kind="x", snapshot={"title": "t"}, at=AT)
    with pytest.raises(ValueError, match="title"):
        services.tell(kind="x", snapshot={}, subject_id=uuid.uuid4(), at=AT)
