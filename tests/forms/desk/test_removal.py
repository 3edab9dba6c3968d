"""Keepers answer their orders, the supervisor settles objections, and the last receipt completes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from processes.repair.models import RemovalLine, RepairItem
from tests.world import FILED_AT, lines_of, one_page_pdf
from workflow.access.models import AccessLog
from workflow.documents.services import attach_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world):
    """A granted repair whose orders are out."""
    return world.approved()


def line_at(case, site: str) -> RemovalLine:
    return next(line for line in lines_of(case) if line.site.code == site)


def answer(client, line, **fields):
    page = reverse("forms:desk-order", args=[line.pk])
    seen = client.get(page).context["seen"]
    return client.post(page, {"seen": seen, **fields})


def state(line) -> str:
    return RemovalLine.objects.values_list("state", flat=True).get(pk=line.pk)


def test_an_order_says_what_why_and_until_when(case, sign_in):
    line = line_at(case, "credit-china")
    page = sign_in("sitekeeper").get(reverse("forms:desk-order", args=[line.pk]))
    words = page.content.decode()

    assert line.item.record.decision_number in words
    assert line.order_letter.number in words
    assert page.context["four"].who.is_you
    assert page.context["four"].when.due.left == 3


def test_the_last_receipt_completes_the_repair(case, sign_in):
    proof = SimpleUploadedFile("截图.pdf", one_page_pdf(), "application/pdf")
    first, last = line_at(case, "credit-china"), line_at(case, "necips")

    assert answer(sign_in("sitekeeper"), first, act="done", proof=proof).status_code == 302
    assert RepairItem.objects.get(case=case).state == "removing"
    assert answer(sign_in("necips"), last, act="never_held").status_code == 302
    assert RepairItem.objects.get(case=case).state == "completed"
    receipt = reverse("forms:desk-receipt", args=[first.pk])
    assert sign_in("desk").get(receipt)["Content-Type"] == "application/pdf"
    assert sign_in("necips").get(receipt).status_code == 403


def test_done_without_a_word_or_a_picture_is_asked_for_one(case, sign_in):
    line = line_at(case, "credit-china")
    bare = answer(sign_in("sitekeeper"), line, act="done")

    assert bare.status_code == 422
    assert "Add a screenshot or say how it was removed." in bare.content.decode()
    assert state(line) == "ordered"


def test_an_order_is_answered_by_its_own_keeper_only(case, sign_in):
    line = line_at(case, "credit-china")
    page = reverse("forms:desk-order", args=[line.pk])

    assert sign_in("necips").get(page).status_code == 403
    watched = sign_in("verifier").get(page)
    assert watched.context["obstacle"]
    assert 'name="act"' not in watched.content.decode()
    assert answer(sign_in("verifier"), line, act="done", note="已下线").status_code == 403
    assert state(line) == "ordered"
    assert AccessLog.objects.filter(object_id=line.pk, allowed=False).count() == 2


def test_an_answered_order_is_not_answered_again(case, sign_in):
    line = line_at(case, "credit-china")
    keeper = sign_in("sitekeeper")
    page = reverse("forms:desk-order", args=[line.pk])
    seen = keeper.get(page).context["seen"]
    answer(keeper, line, act="done", note="已下线")

    again = keeper.post(page, {"seen": seen, "act": "refuse", "note": "不归我们"})
    assert again.status_code == 409
    assert "不归我们" in again.content.decode()
    assert state(line) == "done"


def object_to(case, sign_in) -> RemovalLine:
    line = line_at(case, "necips")
    assert answer(sign_in("necips"), line, act="refuse", note="已迁出").status_code == 302
    assert state(line) == "refused"
    return line


def settle(client, case, line, **fields):
    page = reverse("forms:desk-removal", args=[case.number])
    (objection,) = client.get(page).context["objections"]
    return client.post(page, {"seen": objection.seen, "line": str(line.pk), **fields})


def test_the_supervisor_settles_an_objection_with_a_reason(case, sign_in):
    line = object_to(case, sign_in)
    supervisor = sign_in("supervisor")
    bare = settle(supervisor, case, line, act="again")

    assert bare.status_code == 422
    assert "Give the reason" in bare.content.decode()
    assert settle(supervisor, case, line, act="again", reason="登记未变").status_code == 302
    assert state(line) == "ordered"


def test_an_accepted_objection_counts_as_settled(case, sign_in):
    line = object_to(case, sign_in)
    answer(sign_in("sitekeeper"), line_at(case, "credit-china"), act="done", note="已下线")

    settle(sign_in("supervisor"), case, line, act="accept", reason="确已迁出")
    assert state(line) == "refusal_accepted"
    assert RepairItem.objects.get(case=case).state == "completed"


def test_the_desk_sees_the_objection_and_cannot_settle_it(case, sign_in):
    line = object_to(case, sign_in)
    page = sign_in("desk").get(reverse("forms:desk-removal", args=[case.number]))

    assert "已迁出" in page.content.decode()
    assert page.context["objections"][0].form is None
    assert settle(sign_in("desk"), case, line, act="accept", reason="同意").status_code == 403
    assert state(line) == "refused"


def test_the_list_parts_what_is_under_way_from_what_is_over(case, sign_in):
    desk, listed = sign_in("desk"), reverse("forms:desk-removals")

    def numbers(view: str) -> list[str]:
        rows = desk.get(listed, {"view": view}).context["rows"]
        return [row["case"].number for row in rows]

    assert (numbers("open"), numbers("settled")) == ([case.number], [])
    answer(sign_in("sitekeeper"), line_at(case, "credit-china"), act="done", note="已下线")
    answer(sign_in("necips"), line_at(case, "necips"), act="done", note="已下线")
    assert (numbers("open"), numbers("settled")) == ([], [case.number])


def test_the_order_opens_for_its_keeper_and_its_offices_and_nobody_else(case, sign_in):
    line = line_at(case, "credit-china")
    page = reverse("forms:desk-letter", args=[line.order_letter_id])
    assert sign_in("sitekeeper").get(page).status_code == 404  # not issued yet
    attach_pdf(letter_id=line.order_letter_id, content=one_page_pdf(), at=FILED_AT)

    opened = sign_in("sitekeeper").get(page)
    assert (opened.status_code, opened["Content-Type"]) == (200, "application/pdf")
    assert opened["Content-Disposition"].startswith("inline")
    assert sign_in("desk").get(page).status_code == 200
    assert sign_in("necips").get(page).status_code == 403
    shown = sign_in("sitekeeper").get(reverse("forms:desk-order", args=[line.pk]))
    assert page in shown.content.decode()
