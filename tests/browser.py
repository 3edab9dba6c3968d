"""Chromium for a test, and what one asks of a page.

Loaded as a pytest plugin. While a browser is open Django's own database access refuses to run in
the same thread, so data is put there by commands (``house.command``), as a person would.
"""

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from config.env import ROOT

AXE = ROOT / "forms" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "var" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-proxy-server"]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window, for the tests of one module."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def new_page(browser: Browser, house) -> Iterator[Callable[..., Page]]:
    """Open pages of people who share nothing: ``new_page(narrow=True)``.

    A page that logs an error, is refused something by the content policy or fails to load a part
    fails the test.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_one(*, narrow: bool = False, **more) -> Page:
        size = NARROW if narrow else WIDE
        context = browser.new_context(base_url=house.url, viewport=size, locale="zh-CN", **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: said.type == "error" and troubles.append(said.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    expected = re.compile(r"Failed to load resource.*status of (4\d\d)")
    assert [trouble for trouble in troubles if not expected.search(trouble)] == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page, 1440 wide."""
    return new_page()


def axe(page: Page) -> list[str]:
    """Return what axe-core objects to on this page, one line each; empty when it is accessible."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(result => result.violations)", RULES
    )
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]


def screenshot(page: Page, name: str) -> None:
    """Keep a picture of the whole page under var/screenshots."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def overflows(page: Page) -> bool:
    """Return whether the page is wider than its window, so that one would scroll sideways."""
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
