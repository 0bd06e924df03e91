"""The page of the bills as a person at the keyboard meets it."""

from __future__ import annotations

from playwright.sync_api import expect

from sozialakte.payments.invoice import Invoice
from tests.browser.desk import Window


class Bills(Window):
    """A browser window with the page of the bills."""

    def open(self, invoice: Invoice | None = None) -> Bills:
        """Load the page and sign in with the keyboard."""
        self.page.goto(f"{self.town.url}/bills" + (f"#{invoice.invoice_id}" if invoice else ""))
        self.sign_in()
        return self

    def opened(self, invoice: Invoice) -> Bills:
        """Wait until the bill and the picture of its page are there."""
        expect(self.page.locator(f'article[data-bill="{invoice.invoice_id}"]')).to_be_visible()
        expect(self.page.locator("#page")).to_be_visible()
        expect(self.page.locator("#bill[aria-busy]")).to_have_count(0)
        return self

    def type(self, text: str) -> Bills:
        """Type into the field with the focus."""
        self.page.keyboard.type(text)
        return self
