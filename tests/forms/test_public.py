"""What the public sees: what is published today and nothing else; letters genuine or not."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from processes.records.models import CreditRecord
from tests.world import FILED_AT, SUBJECT_CODE, one_page_pdf
from workflow.clock.services import move_to
from workflow.documents.models import Letter
from workflow.documents.services import attach_pdf

NAME = "朔原盟青岭食品有限公司"


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    cache.clear()


@pytest.mark.parametrize(
    "query",
    [
        NAME,
        NAME[:5],
        SUBJECT_CODE,
        SUBJECT_CODE.lower(),
        "朔市监罚〔2026〕101号",
        "朔市监罚[2026]101号",
    ],
)
def test_a_published_record_is_found(client, league, query):
    league.published_record()

    answer = client.get("/search", {"q": query})

    assert "朔市监罚〔2026〕101号" in answer.text
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]


@pytest.mark.parametrize("query", ["", "朔原盟", "%", "_____", "101"])
def test_a_search_finds_nothing_by_less_than_a_name(client, league, query):
    league.published_record()

    assert "朔市监罚〔2026〕101号" not in client.get("/search", {"q": query}).text


def test_a_record_is_gone_on_the_day_after_its_term(client, league):
    record = league.published_record()
    address = f"/published/{record.pk}"
    last = max(p.latest_end for p in record.publications.all())
    noon = dt.datetime(last.year, last.month, last.day, 4, tzinfo=dt.UTC)

    move_to(instant=noon)
    shown = client.get(address).status_code
    move_to(instant=noon + dt.timedelta(days=1))

    assert (shown, client.get(address).status_code) == (200, 404)
    assert "朔市监罚〔2026〕101号" not in client.get("/search", {"q": NAME}).text


def test_a_repaired_record_is_gone_from_the_public(client, league):
    case = league.approved()
    record = CreditRecord.objects.get(repair_items__case=case)

    assert client.get(f"/published/{record.pk}").status_code == 404


def test_a_record_without_severity_is_not_public(client, league):
    record = league.registered_record()

    assert client.get(f"/published/{record.pk}").status_code == 404


def test_results_come_by_screens_and_each_record_once(client, league):
    for number in range(13):
        league.published_record(
            decision_number=f"朔市监罚〔2026〕{number}号",
            decision_number_key=f"朔市监罚2026{number}",
            decided_on=dt.date(2026, 4, 1) + dt.timedelta(days=number),
        )
    first = client.get("/search", {"q": NAME})
    second = client.get(first.context["pager"].next)

    found = [e["record"].decision_number for a in (first, second) for e in a.context["entries"]]
    assert len(found) == len(set(found)) == 13
    assert second.context["pager"].next == ""


def issued(league) -> Letter:
    league.accepted()
    letter = Letter.objects.filter(template="repair-acceptance").get()
    return attach_pdf(letter_id=letter.pk, content=one_page_pdf(), at=FILED_AT)


def test_number_and_code_of_an_issued_letter_are_genuine(client, league):
    letter = issued(league)

    answer = client.post("/verify", {"number": letter.number, "code": letter.check_code.lower()})

    assert answer.context["finding"]["genuine"] is True
    assert answer.context["finding"]["digest"] == letter.sha256
    assert NAME not in answer.text


def test_the_address_in_a_letter_answers_at_once(client, league):
    letter = issued(league)

    answer = client.get("/verify", {"number": letter.number, "code": letter.check_code})

    assert answer.context["finding"]["genuine"] is True


@pytest.mark.parametrize("wrong", ["number", "code"])
def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(client, league, wrong):
    letter = issued(league)
    right = {"number": letter.number, "code": letter.check_code}

    answer = client.post("/verify", right | {wrong: "22222222"})

    finding = answer.context["finding"]
    assert (finding["genuine"], finding["digest"]) == (False, "")
    assert [name for name, _value in finding["facts"]] == ["核验时间"]


def test_a_file_is_genuine_only_byte_for_byte(client, league):
    letter = issued(league)
    content = letter.pdf.read()

    def ask(content: bytes):
        file = SimpleUploadedFile("x.pdf", content, "application/pdf")
        return client.post("/verify", {"by_file": "1", "file": file}).context["finding"]

    assert ask(content)["genuine"] is True
    assert ask(content + b" ")["genuine"] is False


def test_what_is_no_pdf_is_refused_beside_its_field(client, league):
    file = SimpleUploadedFile("x.pdf", b"GIF89a", "application/pdf")

    answer = client.post("/verify", {"by_file": "1", "file": file})

    assert answer.status_code == 422
    assert "不是 PDF" in answer.text


def test_who_checks_too_often_has_to_wait_and_keeps_what_was_typed(client, league):
    for _each in range(30):
        client.post("/verify", {"number": "无〔2026〕1号", "code": "22222222"})

    answer = client.post("/verify", {"number": "无〔2026〕1号", "code": "22222222"})

    assert answer.status_code == 429
    assert 'value="无〔2026〕1号"' in answer.text
    assert answer.context.get("finding") is None
