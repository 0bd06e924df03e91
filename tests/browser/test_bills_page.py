"""The page of the bills in a real browser: by keyboard alone, readable for everybody, rules and conflicts in words."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sozialakte.payments.invoice_states import InvoiceState
from tests.approvals import ANNA, BEAT, DORA, EMIL, approving, entering
from tests.browser.bill_morning import HOSTILE, furnish, now_is, twin_of_rent
from tests.browser.bills import Bills

APPROVALS = "caseworker"


@pytest.fixture(autouse=True)
def _anna(bills: Bills) -> None:
    bills.town.who, bills.town.groups = ANNA, "[caseworker]"


def choose(bills: Bills, name: str) -> Bills:
    """Choose a list by keyboard."""
    bills.press("v")
    bills.page.keyboard.type(name)
    bills.press("Escape")
    return bills


def test_a_bill_is_confirmed_and_coded_with_the_proposal_by_two_keys(bills: Bills) -> None:
    morning = furnish()
    bills.open(morning.rent).opened(morning.rent)
    expect(bills.page.locator("#bill")).to_contain_text("zahlbar bis Ende Monat")

    bills.press("f")
    expect(bills.page.locator("#status")).to_have_text("Angaben bestätigt.")
    assert now_is(morning.rent).unconfirmed == ()
    bills.opened(morning.rent).press("p").opened(morning.hostile)

    coded = now_is(morning.rent)
    assert (coded.state, coded.acts[-1].by) == (InvoiceState.CODED, ANNA)
    assert [(line.category, str(line.amount)) for line in coded.lines] == [("21", "410.00")]
    assert bills.focused() == "bill-title"


def test_every_screen_is_readable_for_everybody(bills: Bills) -> None:
    morning = furnish()
    bills.page.goto(f"{bills.town.url}/bills")
    assert bills.violations("b1-signed-out") == []

    bills.open().opened(morning.overdue)
    assert bills.violations("b2-to-enter") == []

    bills.press("j").opened(morning.rent)
    assert bills.violations("b3-proposal") == []

    bills.press("?")
    expect(bills.page.locator("#help-text")).to_be_visible()
    assert bills.violations("b4-help") == []
