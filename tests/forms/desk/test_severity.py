"""The severity task shows what each answer means and leaves the answer to the unit."""

import datetime as dt

import pytest
from django.urls import reverse

from processes.records.models import CreditRecord, Publication
from processes.records.queries_severity import consequences
from processes.records.rules import Severity
from processes.records.services import register_penalty
from tests.world import IMPORTED_AT, penalty
from workflow.offices.actors import SYSTEM

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 2)


@pytest.fixture
def record(world) -> CreditRecord:
    """A record whose severity is open."""
    found = register_penalty(penalty=penalty(), source_row=None, by=SYSTEM, at=IMPORTED_AT)
    return found.record


def address(record) -> str:
    return reverse("forms:desk-severity", args=[record.pk])


def send(client, record, **fields: str):
    seen = client.get(address(record)).context["seen"]
    return client.post(address(record), {"seen": seen, **fields})


def test_the_proposal_is_marked_and_nothing_is_preselected(record, sign_in):
    page = sign_in("verifier").get(address(record))

    assert page.context["proposed"].severity in Severity
    assert not any(choice.chosen for choice in page.context["choices"])
    assert "a proposal, not a decision" in page.content.decode()


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("until", [None, dt.date(2031, 5, 1)], ids=["plain", "restricted"])
def test_what_is_shown_beforehand_is_what_is_published(record, sign_in, severity, until):
    expected = {
        (c.site.pk, c.published_from, c.earliest_end, c.latest_end)
        for c in consequences(record, restriction_until=until, on=TODAY)[severity]
        if c.shown
    }
    fields = {"act": str(severity), "restriction_until": until.isoformat() if until else ""}
    answer = send(sign_in("verifier"), record, **fields)
    published = set(
        Publication.objects.filter(record=record).values_list(
            "site_id", "published_from", "earliest_end", "latest_end"
        )
    )

    assert answer.status_code == 302
    assert published == expected


def test_a_restriction_shows_its_consequence_before_anything_is_decided(record, sign_in):
    plain = sign_in("verifier").get(address(record))
    longer = sign_in("verifier").get(address(record), {"restriction_until": "2031-05-01"})

    assert "2031" not in plain.content.decode()
    assert "until 1 May 2031 at the latest" in longer.content.decode()
    assert longer.status_code == 200


def test_an_unreadable_day_is_told_at_its_field_and_kept(record, sign_in):
    answer = send(sign_in("verifier"), record, act="general", restriction_until="soon")

    assert answer.status_code == 422
    assert "Write the day as 2026-11-25" in answer.content.decode()
    record.refresh_from_db()
    assert record.state == "severity_open"


def test_another_office_is_turned_away(record, sign_in):
    assert sign_in("desk").get(address(record)).status_code == 403
    assert sign_in("desk").post(address(record), {"act": "minor"}).status_code == 403


def test_the_approver_may_look_and_is_told_that_it_is_not_theirs(record, sign_in):
    page = sign_in("approver").get(address(record))

    assert page.context["obstacle"]
    assert 'name="act"' not in page.content.decode()
    assert send(sign_in("approver"), record, act="minor").status_code == 403


def test_a_second_determination_is_a_conflict(record, sign_in):
    verifier = sign_in("verifier")
    seen = verifier.get(address(record)).context["seen"]
    assert send(verifier, record, act="general").status_code == 302

    again = verifier.post(address(record), {"seen": seen, "act": "minor"})
    assert again.status_code == 409
    record.refresh_from_db()
    assert record.severity == "general"
