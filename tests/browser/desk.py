"""The desk, and any page, as a person at the keyboard meets it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from playwright.sync_api import Page, expect

from sozialakte.intake.letter import Letter
from tests.browser.server import Town

SCREENS = os.environ.get("DESK_SCREENS", "")
"""A folder: every checked screen is kept there as a picture, to be looked at."""


@dataclass(frozen=True)
class Window:
    """A browser window with a page of the entrance."""

    page: Page
    town: Town
    axe: str = field(repr=False)

    def sign_in(self) -> Self:
        """With the keyboard."""
        expect(self.page.locator("#sign-in")).to_be_focused()
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#queue-title")).to_be_visible()
        return self

    def press(self, *keys: str) -> Self:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def text(self, selector: str) -> str:
        """What an element says."""
        return self.page.locator(selector).inner_text()

    def focused(self) -> str:
        """The id of the element with the focus."""
        return str(self.page.evaluate("document.activeElement.id"))

    def violations(self, name: str) -> list[str]:
        """What axe-core finds wrong (every rule it has, best practices too), and a picture of what it saw."""
        if SCREENS:
            self.page.screenshot(path=Path(SCREENS, f"{name}.png"))
        self.page.evaluate(self.axe)
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert found["passes"], "axe-core looked at nothing"
        return [
            f"{one['id']}: {node['target']} {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]


class Desk(Window):
    """A browser window with the page of the desk."""

    def open(self, letter: Letter | None = None) -> Desk:
        """Load the page and sign in with the keyboard."""
        self.page.goto(f"{self.town.url}/desk" + (f"#{letter.letter_id}" if letter else ""))
        self.sign_in()
        return self

    def opened(self, letter: Letter) -> Desk:
        """Wait until the letter and the picture of its first page are there."""
        expect(self.page.locator(f'article[data-letter="{letter.letter_id}"]')).to_be_visible()
        expect(self.page.locator("#page")).to_be_visible()
        return self
