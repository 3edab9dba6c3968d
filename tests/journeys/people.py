"""People at their browsers, for the journeys: what each of them sees and does."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import axe, overflows, screenshot

NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1440, "height": 900}


class Person:
    """Somebody with a browser of their own. Every page they look at is checked and pictured."""

    def __init__(self, page: Page, prefix: str) -> None:
        self.page, self.prefix = page, prefix

    def sign_in(self, username: str, password: str) -> None:
        """Sign in by name and password."""
        self.page.goto("/account/sign-in")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        expect(self.page).not_to_have_url(re.compile("sign-in"))

    def act_for(self, name: str) -> None:
        """Choose for whom, or in which office, to act."""
        self.page.goto("/account/act-for")
        self.page.locator("label", has_text=name).first.click()
        self.page.get_by_role("button", name="进入").click()
        expect(self.page).not_to_have_url(re.compile("act-for"))

    def open(self, address: str) -> None:
        """Go to an address of the house."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, (address, answer.status)

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the button with this name."""
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()

    def send(self) -> None:
        """Press the one button that decides; Ctrl+Enter does the same."""
        self.page.locator("button[data-send]").first.click()
        self.page.wait_for_load_state()

    def choose(self, value: str, *, field: str = "act") -> None:
        """Choose one of few."""
        self.page.locator(f"input[name={field}][value={value}]").check(force=True)

    def look(self, name: str) -> None:
        """Look at the page at both widths: a picture of each, nothing sideways, nothing amiss."""
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)
            screenshot(self.page, f"{self.prefix}-{name}-{size['width']}")
            assert not overflows(self.page), f"{name} scrolls sideways at {size['width']}"
            assert axe(self.page) == [], f"{name} at {size['width']}"

    def task(self, title: str) -> None:
        """Open the task with this title from the queue."""
        self.open("/desk/queue")
        row = self.page.locator("a", has_text=title).or_(
            self.page.locator("tr,li", has_text=title).locator("a")
        )
        row.first.click()
        self.page.wait_for_load_state()


def upload(page: Page, name: str, file: Path) -> None:
    """Choose a file for the first field whose name contains this."""
    page.locator(f"input[type=file][name*={name}]").first.set_input_files(file)


Entering = Callable[[str], Person]
