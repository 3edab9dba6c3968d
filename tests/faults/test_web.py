"""The web process is killed inside a posted act: nothing is lost, nothing is doubled."""

import json

import pytest
from playwright.sync_api import Error, Page

from tests.journeys.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(400)]

NUMBER, BEFORE_COMMIT = "XF-2026-00006", ("act.after-lock", "act.after-move", "act.before-commit")
STATE = """SELECT i.state FROM repair_repairitem i JOIN repair_repaircase c ON c.id = i.case_id
           WHERE c.number = %s"""
LETTERS = "SELECT count(*) FROM documents_letter WHERE case_number = %s AND template = %s"
EVENTS = """SELECT count(*) FROM journal_event e JOIN repair_repaircase c ON c.chain_id = e.chain_id
            WHERE c.number = %s AND e.kind <> 'letter.issued'"""  # the worker's, meanwhile


@pytest.fixture
def desk(house, new_page) -> Person:
    """The desk of the demonstration, signed in, before the case that waits for acceptance."""
    house.command("load-demo")
    logins = {each["role"]: each for each in json.loads((house.var / "logins.json").read_text())}
    person = Person(new_page(), "web")
    person.sign_in(logins["desk"]["username"], logins["desk"]["password"])
    return person


def accept(page: Page) -> None:
    """Press the button; the answer may never come."""
    page.goto(f"/desk/cases/{NUMBER}")
    page.locator("input[name=act][value=accept]").check(force=True)
    try:
        page.locator("button[data-send]").first.click()
        page.wait_for_load_state()
    except Error:
        return


def test_a_kill_of_the_web_loses_and_doubles_nothing(house, desk):
    def count(statement: str, *values: str) -> int:
        return house.query(statement, NUMBER, *values)[0][0]

    before = count(EVENTS)
    for point in BEFORE_COMMIT:
        house.restart("web", fault_point=point)
        accept(desk.page)
        assert count(STATE) == "submitted", point
        assert (count(EVENTS), count(LETTERS, "repair-acceptance")) == (before, 0), point

    house.restart("web", fault_point="act.after-commit")
    accept(desk.page)
    house.wait_for(lambda: count(STATE) == "verifying", "the act to be committed")
    after = count(EVENTS)

    house.restart("web")
    desk.open(f"/desk/cases/{NUMBER}")
    assert count(LETTERS, "repair-acceptance") == 1
    assert count(EVENTS) == after
    assert desk.page.locator("input[name=act][value=accept]").count() == 0
