"""What people seldom do on the page of the bills: stand in for a lead, open one again, take a value away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.settle_invoice import Ending
from sozialakte.register.model import Absence
from sozialakte.shared.clock import utc_now, zurich_date
from tests.approvals import ANNA, BEAT, CARLA, DORA, EMIL, approving, furnish_office, settling, submitted
from tests.aws import put_register
from tests.browser.bill_morning import furnish, now_is, pictured, repeated
from tests.browser.bills import Bills


@pytest.fixture(autouse=True)
def _leads(bills: Bills, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAM_LEADS", f"{CARLA} {DORA}")
    bills.town.who, bills.town.groups = ANNA, "[caseworker]"


@pytest.fixture
def large(bills: Bills) -> Invoice:
    """A bill that waits for the lead of another team, who is away; her deputy has found it."""
    furnish_office()
    today = zurich_date(utc_now())
    put_register(Absence(DORA, today, today))
    waiting = pictured(approving(submitted(20, "6000.00"), CARLA).approve())
    bills.town.who = EMIL
    bills.open().page.locator("#filter-deputy").fill(DORA)
    bills.press("Enter")  # now the lists of a lead can be chosen, too
    bills.page.locator("#filter-list").select_option("other_teamlead")
    bills.page.locator("#queue [data-open]").click()
    bills.opened(waiting)
    return waiting


def test_a_deputy_approves_in_the_place_of_a_lead_who_is_away(bills: Bills, large: Invoice) -> None:
    assert bills.violations("b20-standing-in") == []

    bills.press("a")

    expect(bills.page.locator("#status")).to_have_text("Visiert.")
    last = now_is(large).acts[-1]
    assert (now_is(large).state, last.by, last.standing_in_for) == (InvoiceState.APPROVED, EMIL, DORA)


def test_a_deputy_sends_back_in_the_place_of_a_lead_who_is_away(bills: Bills, large: Invoice) -> None:
    bills.press("r").type("Zu hoch").press("Enter")

    expect(bills.page.locator("#status")).not_to_be_empty()
    last = now_is(large).acts[-1]
    assert (now_is(large).state, last.by, last.standing_in_for) == (InvoiceState.RETURNED, EMIL, DORA)


def test_what_was_ended_is_opened_again_with_a_reason(bills: Bills) -> None:
    ended = settling(furnish().overdue, BEAT).reject(Ending.REJECTED, "Nicht unser Klient")
    bills.open(ended).opened(ended)
    assert bills.violations("b21-ended") == []

    bills.press("r").type("Doch: Kostengutsprache gefunden").press("Enter")

    expect(bills.page.locator("#status")).not_to_be_empty()
    bills.opened(ended)
    after = now_is(ended)
    assert (after.state, after.acts[-1].by, after.acts[-1].reason) == (
        InvoiceState.OPEN, ANNA, "Doch: Kostengutsprache gefunden",
    )  # fmt: skip


def test_a_value_that_was_read_wrongly_can_be_taken_away(bills: Bills) -> None:
    morning = furnish()
    bills.open().opened(morning.overdue).press("e", "Enter")
    bills.page.locator("#typed-due").fill("")
    bills.page.locator("#typed-invoice_number").fill("")
    bills.press("Enter")

    expect(bills.page.locator("#status")).to_have_text("Angaben gespeichert.")
    changed = now_is(morning.overdue).terms
    assert (changed.due, changed.invoice_number) == (None, None)
    assert (changed.amount, changed.iban) == (morning.overdue.terms.amount, morning.overdue.terms.iban)


def test_without_an_amount_that_was_read_nothing_is_sent(bills: Bills) -> None:
    morning = furnish()
    bills.open().opened(morning.overdue).press("e", "Enter")
    bills.page.locator("#typed-amount").fill("")
    bills.press("Enter")

    assert bills.page.evaluate("document.querySelector('#typed-amount').validity.valueMissing")
    assert now_is(morning.overdue) == morning.overdue


def test_the_bill_that_may_be_the_same_is_named_by_its_day_and_amount_and_one_click_away(bills: Bills) -> None:
    morning = furnish()
    twin = repeated(morning)
    bills.town.who = BEAT
    bills.open(twin).opened(twin)
    expect(bills.page.locator("#bill .doubts")).to_contain_text("Am 02.11.2026 kam schon eine Rechnung über CHF 320.00")
    assert morning.overdue.invoice_id[:8] not in bills.text("#bill")

    bills.page.get_by_role("link", name="Die andere Rechnung ansehen (offen)").press("Enter")

    bills.opened(morning.overdue)
