"""The applicant's side: one's own records and cases, the wizard that loses nothing, the letters."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forms.applicant.forms import prefix_of
from processes.repair import services
from processes.repair.models import RepairCase
from tests.forms.conftest import PASSWORD
from tests.world import FILED_AT, one_page_pdf
from workflow.documents.models import Letter, Message
from workflow.documents.services import attach_pdf

FACTS = {
    "corrected_on": "2026-06-01",
    "duties_performed_on": "2026-06-02",
    "duties_complete": "yes",
}


@pytest.fixture
def agent(league, signed_in):
    league.published_record()
    return signed_in("agent")


def pdf(name: str = "整改报告.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or one_page_pdf(), "application/pdf")


def begin(agent, league) -> RepairCase:
    """Apply for the record from the pre-check, with its facts."""
    prefix = prefix_of(league.record.pk)
    fields = {f"{prefix}-{name}": value for name, value in FACTS.items()}
    answer = agent.post("/my/apply", {"record": str(league.record.pk), **fields})
    assert answer.status_code == 302
    return RepairCase.objects.get()


def send_facts(agent, case, **changes):
    prefix = prefix_of(case.items.get().pk)
    fields = {f"{prefix}-{name}": value for name, value in (FACTS | changes).items()}
    return agent.post(f"/my/cases/{case.number}/facts", fields | {"next": "1"})


def test_every_record_about_the_subject_is_there_with_its_answer(agent, league):
    page = agent.get("/my/records")

    (card,) = page.context["cards"]
    assert card.verdict == "eligible"
    assert "可以申请修复" in page.text
    assert card.term.opens == dt.date(2026, 8, 7)  # the later of two sites


def test_the_precheck_answers_with_the_rule_of_the_decision(agent, league):
    address = "/my/precheck"
    record = str(league.record.pk)
    prefix = prefix_of(league.record.pk)

    before = agent.get(address, {"record": record}).context["checked"][0].judgement
    given = {f"{prefix}-{name}": value for name, value in FACTS.items()}
    after = agent.post(address, {"record": record, **given}).context["checked"][0].judgement

    assert (before.verdict, after.verdict) == ("not_eligible", "eligible")
    assert RepairCase.objects.count() == 0


def test_the_whole_way_from_precheck_to_submission(agent, league):
    case = begin(agent, league)
    facts = send_facts(agent, case, correction=pdf())
    signed = agent.post(
        f"/my/cases/{case.number}/promise", {"signed_name": "经办人癸", "password": PASSWORD}
    )
    submitted = agent.post(f"/my/cases/{case.number}/review")

    assert [a.status_code for a in (facts, signed, submitted)] == [302, 302, 302]
    case.refresh_from_db()
    assert case.state == "submitted"
    page = agent.get(f"/my/cases/{case.number}/")
    assert "已提交，正在审查" in page.text
    assert page.context["due"].left == 10


def test_a_refused_file_is_named_beside_its_field_and_nothing_else_is_lost(agent, league):
    case = begin(agent, league)

    answer = send_facts(
        agent,
        case,
        correction=pdf("程序.exe", b"MZ" + b"0" * 64),
        statement="补录了培训签到表",
        duties_performed_on="2027-01-01",
    )

    item = case.items.get()
    assert answer.status_code == 422
    assert "程序.exe" in answer.text
    assert "日期不能晚于今天" in answer.text
    assert "补录了培训签到表" in answer.text
    assert item.statement == "补录了培训签到表"
    assert item.duties_performed_on == dt.date(2026, 6, 2)
    assert case.proofs.count() == 0


def test_autosave_keeps_the_draft_and_says_when(agent, league):
    case = begin(agent, league)
    prefix = prefix_of(case.items.get().pk)

    answer = agent.post(
        f"/my/cases/{case.number}/facts",
        {f"{prefix}-statement": "写到一半"},
        headers={"HX-Request": "true"},
    )

    assert "已保存" in answer.text
    assert "<html" not in answer.text
    assert case.items.get().statement == "写到一半"


@pytest.mark.parametrize(
    ("name", "password", "signed"),
    [("经办人癸", PASSWORD, True), ("别人", PASSWORD, False), ("经办人癸", "falsch", False)],
)
def test_a_promise_is_signed_by_the_own_name_and_the_password_again(
    agent, league, name, password, signed
):
    case = begin(agent, league)

    answer = agent.post(
        f"/my/cases/{case.number}/promise", {"signed_name": name, "password": password}
    )

    assert (answer.status_code == 302) is signed
    assert (agent.get(f"/my/cases/{case.number}/promise").context["signed"] is not None) is signed


def test_what_is_missing_at_submission_is_said_on_the_review(agent, league):
    case = begin(agent, league)

    answer = agent.post(f"/my/cases/{case.number}/review")

    assert answer.status_code == 422
    assert "至少传一份能证明已经改正的材料" in answer.text
    case.refresh_from_db()
    assert case.state == "draft"


def test_a_proof_can_be_taken_out_of_a_draft_and_is_kept_in_the_history(agent, league):
    case = begin(agent, league)
    send_facts(agent, case, correction=pdf())
    proof = case.proofs.get()

    agent.post(f"/my/cases/{case.number}/facts", {"remove": str(proof.pk)})

    assert agent.get(f"/my/cases/{case.number}/review").context["rows"][0]["papers"] == []
    assert case.proofs.filter(withdrawn_at__isnull=False).count() == 1


def test_a_supplement_is_answered_in_one_place(league, signed_in):
    case = league.submitted()
    services.request_supplement(
        case_id=case.pk,
        missing=[{"item": "缴款凭证", "how": "银行回单"}],
        actor=league["desk"],
        at=FILED_AT,
    )
    agent = signed_in("agent")

    page = agent.get(f"/my/cases/{case.number}/supplement")
    prefix = prefix_of(case.items.get().pk)
    sent = agent.post(
        f"/my/cases/{case.number}/supplement",
        {f"{prefix}-performance": pdf("回单.pdf"), "note": "已补", "send": "1"},
    )

    assert "缴款凭证" in page.text
    assert sent.status_code == 302
    assert RepairCase.objects.get().state == "submitted"
    assert case.items.get().supplement_note == "已补"


def test_an_application_is_withdrawn_by_a_form_only(league, signed_in):
    case = league.submitted()
    agent = signed_in("agent")

    asked = agent.get(f"/my/cases/{case.number}/withdraw").status_code
    done = agent.post(f"/my/cases/{case.number}/withdraw").status_code

    assert (asked, done) == (405, 302)
    assert RepairCase.objects.get().state == "withdrawn"


def test_what_is_too_late_is_answered_with_409_and_why(league, signed_in):
    case = league.completed()
    agent = signed_in("agent")

    answer = agent.post(f"/my/cases/{case.number}/withdraw")

    assert answer.status_code == 409
    assert "申请现在的状态不能办这一步" in answer.text


def test_a_case_of_another_subject_looks_like_none(league, signed_in):
    mine = league.submitted()
    league.published_record(
        decision_number="朔市监罚〔2026〕102号",
        decision_number_key="朔市监罚2026102",
        credit_code="91152105MA0NK8H23B",
        counterpart_name="另一公司",
    )
    client = signed_in("agent")
    other = league["agent"].subject_id
    key = client.get("/account/act-for").context["cards"]
    chosen = next(card.value for card in key if card.words == "另一公司")
    client.post("/account/act-for", {"standing": chosen})

    assert mine.subject_id != other
    for page in ("", "facts", "promise", "review", "supplement"):
        assert client.get(f"/my/cases/{mine.number}/{page}").status_code == 404
    assert client.post(f"/my/cases/{mine.number}/withdraw").status_code == 404
    letter = Letter.objects.filter(case_id=mine.pk).first()
    attach_pdf(letter_id=letter.pk, content=one_page_pdf(), at=FILED_AT)
    assert client.get(f"/my/letters/{letter.pk}").status_code == 404
    assert client.get(f"/my/letters/{letter.pk}.pdf").status_code == 404
    message = Message.objects.filter(subject_id=mine.subject_id).first()
    assert client.get(f"/my/inbox/{message.pk}").status_code == 404
    proof = mine.proofs.get()
    assert client.get(f"/my/cases/{mine.number}/proof/{proof.pk}").status_code == 404


def test_a_letter_is_read_on_paper_and_as_the_stored_bytes(league, signed_in):
    league.accepted()
    letter = Letter.objects.get(template="repair-acceptance")
    attach_pdf(letter_id=letter.pk, content=one_page_pdf(), at=FILED_AT)
    agent = signed_in("agent")

    page = agent.get(f"/my/letters/{letter.pk}")
    file = agent.get(f"/my/letters/{letter.pk}.pdf")

    assert letter.number in page.text
    letter.refresh_from_db()
    assert file.content == letter.pdf.read()
    assert file["Content-Type"] == "application/pdf"
    assert file["Cache-Control"] == "no-store"


def test_an_order_to_a_site_is_no_letter_of_the_applicant(league, signed_in):
    league.approved()
    order = Letter.objects.filter(template="removal-order").first()
    attach_pdf(letter_id=order.pk, content=one_page_pdf(), at=FILED_AT)

    assert signed_in("agent").get(f"/my/letters/{order.pk}").status_code == 404


def test_opening_a_message_is_its_receipt_and_only_once(league, signed_in):
    league.submitted()
    agent = signed_in("agent")
    message = agent.get("/my/inbox/").context["rows"][0]["message"]
    assert message.read_at is None

    agent.get(f"/my/inbox/{message.pk}")
    message.refresh_from_db()
    first = message.read_at
    agent.get(f"/my/inbox/{message.pk}")
    message.refresh_from_db()

    assert first is not None
    assert message.read_at == first
    assert message.read_by == league.users["agent"]
