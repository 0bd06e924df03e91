"""The page of the accounts as a person at the keyboard meets it."""

from __future__ import annotations

from typing import Self

from playwright.sync_api import expect

from tests.browser.desk import Window


class Books(Window):
    """A browser window with the page of the accounts."""

    def sign_in_as(self, staff_id: str, groups: str = "[accounting]") -> Self:
        """Who signs in next."""
        self.town.who, self.town.groups = staff_id, groups
        return self

    def open(self, what: str = "") -> Self:
        """Load the page and sign in with the keyboard."""
        self.page.goto(f"{self.town.url}/books" + (f"#{what}" if what else ""))
        return self.sign_in()

    def sign_in(self) -> Self:
        """With the keyboard."""
        expect(self.page.locator("#sign-in")).to_be_focused()
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#sign-out")).to_be_visible()
        return self

    def titled(self, title: str) -> Self:
        """Wait until a view is there."""
        expect(self.page.locator("#view-title")).to_have_text(title)
        expect(self.page.locator("#view[aria-busy]")).to_have_count(0)
        return self

    def shows(self, text: str) -> Self:
        """It stands in the view."""
        expect(self.page.locator("#view")).to_contain_text(text)
        return self

    def press_button(self, name: str) -> Self:
        """With the keyboard."""
        self.page.get_by_role("button", name=name, exact=True).first.press("Enter")
        return self

    def type(self, text: str) -> Self:
        """Type into the field with the focus."""
        self.page.keyboard.type(text)
        return self
