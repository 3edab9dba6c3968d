"""Every public and applicant page, at both widths and in both languages, in Chromium."""

import json

import pytest
from playwright.sync_api import Page

from tests.browser import axe, overflows

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PUBLIC = [
    "/",
    "/search?q=朔原盟青穗",
    "/verify",
    "/verify?number=朔信中心〔2026〕1号&code=22222222",
    "/account/sign-in",
    "/no-such-page",
    "/offline",
]
MINE = ["/my/records", "/my/cases/", "/my/cases/XF-2026-00004/", "/my/inbox/"]
FOUND = {  # pages that are reached from others: where, and the first link that leads there
    "/my/records": "a[href*='/my/precheck?']",
    "/my/cases/XF-2026-00004/": "a[href*='/my/letters/']:not([href$=pdf])",
    "/my/inbox/": ".docs a[href*='/my/inbox/']",
}


ISSUED = """SELECT count(*) FROM documents_letter
WHERE case_number = 'XF-2026-00004' AND pdf_id IS NOT NULL"""


@pytest.fixture(scope="module")
def password(house) -> str:
    """The demonstration is loaded by its command; the agent's password is in its file."""
    house.command("load_demo")
    house.wait_for(lambda: house.query(ISSUED)[0][0] == 2, "the letters of the case")
    logins = json.loads((house.var / "logins.json").read_text(encoding="utf-8"))
    return next(each["password"] for each in logins if each["username"] == "suyanqiu")


def sign_in(page: Page, password: str) -> None:
    page.goto("/account/sign-in?next=/my/records")
    page.locator("[name=username]").fill("suyanqiu")
    page.locator("[name=password]").fill(password)
    page.locator("main button[type=submit]").click()
    page.locator("label.choice", has_text="青穗").click()
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/my/records")


def faults(page: Page, address: str, *, english: bool) -> list[str]:
    """Return what is wrong with one page."""
    page.goto(address)
    page.wait_for_load_state()
    found = [f"{address}: {fault}" for fault in axe(page)]
    if overflows(page):
        found.append(f"{address}: scrolls sideways")
    if page.locator("h1").count() != 1:
        found.append(f"{address}: {page.locator('h1').count()} headings of the first level")
    if not page.title().endswith(" - Xinfu" if english else " - 信复"):
        found.append(f"{address}: titled {page.title()}")
    if page.locator("html").get_attribute("lang") != ("en" if english else "zh-Hans-CN"):
        found.append(f"{address}: in the wrong language")
    return found


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("narrow", [False, True], ids=["1440", "360"])
def test_every_page_is_accessible_and_fits(new_page, password, narrow, english):
    page = new_page(narrow=narrow)
    if english:
        page.goto("/account/language/en")
    found = [f for address in PUBLIC for f in faults(page, address, english=english)]
    sign_in(page, password)
    for address in MINE:
        found += faults(page, address, english=english)
        if address in FOUND:
            further = page.locator(FOUND[address]).first.get_attribute("href")
            found += faults(page, further, english=english)

    assert found == []


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(new_page):
    page = new_page()
    page.goto("/")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_after_a_mistake_the_focus_is_on_what_to_change(new_page, password):
    page = new_page()
    page.goto("/account/sign-in")
    page.locator("[name=username]").fill("suyanqiu")
    page.locator("[name=password]").fill("falsch")
    page.keyboard.press("Enter")
    page.wait_for_selector(".alert")

    assert page.evaluate("document.activeElement.classList.contains('alert')")
    assert page.locator("[name=username]").input_value() == "suyanqiu"
