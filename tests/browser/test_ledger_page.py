"""The ledger in a real browser: the proof in one sentence, the ages, bills that hurry one click away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.ledger_books import LEDGER
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Change, Table
from sozialakte.shared.clock import utc_now, zurich_date
from tests.approvals import OFFICE
from tests.aws import PAYMENTS
from tests.browser.bill_morning import Bills, furnish
from tests.browser.books import Books
from tests.invoices import TERMS, an_invoice


@pytest.fixture
def morning() -> Bills:
    """Of the bills, those of the morning, one that is long overdue, and some that were settled."""
    morning = furnish()
    now, store = utc_now(), PaymentsStore(PAYMENTS)
    settled = (InvoiceState.PAID, InvoiceState.PAID, InvoiceState.DUPLICATE, InvoiceState.REJECTED, InvoiceState.NOTICE)
    for number, state in enumerate(settled, start=30):
        store.save(None, replace(an_invoice(number), state=state, received_at=now - timedelta(days=40)))
    old = replace(TERMS, due=zurich_date(now) - timedelta(days=80))
    store.save(None, replace(an_invoice(40, old), state=InvoiceState.APPROVED, received_at=now - timedelta(days=100)))
    return morning


def test_the_sum_is_proved_in_one_sentence_and_by_month(books: Books, morning: Bills) -> None:
    assert morning
    books.sign_in_as(OFFICE).open("ledger").titled("Rechnungsbuch")

    books.shows("Die Summe geht auf: 12 eingegangen = 2 bezahlt + 7 unbezahlt + 1 Doppel + 2 abgelehnt oder anderswo.")
    ages = books.page.get_by_role("table", name="Alter der unbezahlten Rechnungen")
    assert "über 90 Tage\t1" in ages.inner_text()
    assert books.violations("l1-ledger") == []


def test_bills_that_hurry_open_beside_the_list(books: Books, morning: Bills) -> None:
    books.sign_in_as(OFFICE).open("ledger").titled("Rechnungsbuch")
    books.page.get_by_role("link", name="Überfällige Rechnungen").press("Enter")
    books.titled("Überfällige Rechnungen").shows("Zahnarztpraxis Seeblick AG").shows("CHF 320.00")
    assert books.focused() == "view-title"
    assert books.violations("l2-overdue") == []

    with books.page.context.expect_page() as opened:
        books.page.get_by_role("link", name="Zahnarztpraxis Seeblick AG").press("Enter")
    expect(opened.value.locator(f'article[data-bill="{morning.overdue.invoice_id}"]')).to_be_visible()

    books.page.go_back()
    books.titled("Rechnungsbuch")
    books.page.get_by_role("link", name="Skonto endet bald").press("Enter")
    books.titled("Skonto endet bald").shows("Immo Muster AG")
    assert books.violations("l3-discounts") == []


def test_a_sum_that_is_wrong_is_told_loudly(books: Books, morning: Bills) -> None:
    month = f"{morning.rent.received_at:%Y-%m}"
    Table(PAYMENTS).update(LEDGER, f"{month}#{morning.rent.invoice_id[0]}", Change(add={"received_count": 1}))

    books.sign_in_as("ma-900", "[auditor]").open("ledger").titled("Rechnungsbuch")

    books.shows("DIE SUMME GEHT NICHT AUF: 13 eingegangen, aber 2 bezahlt, 7 unbezahlt").shows("GEHT NICHT AUF")
    assert books.violations("l4-not-proven") == []


def test_the_auditor_gets_rows_without_names(books: Books, morning: Bills) -> None:
    assert morning
    books.sign_in_as("ma-900", "[auditor]").open("ledger/overdue").titled("Überfällige Rechnungen")

    books.shows("CHF 320.00").shows("Rechnung vom 02.11.2026")
    assert "Zahnarzt" not in books.text("#view")
    assert books.page.locator('#view [href^="bills"]').count() == 0


def test_an_address_that_is_none_of_ours_leads_to_the_runs(books: Books) -> None:
    books.sign_in_as(OFFICE).open("../intake/desk").titled("Zahlungsläufe")

    assert not [one for one in books.town.requests if "intake" in one]
