"""Incoming money and the bank's messages in a real browser: what it is, said by a person with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from sozialakte.payments.incoming_money import MoneyAct, MoneyState
from sozialakte.payments.money_store import MoneyStore
from sozialakte.runtime.dynamo import Table
from sozialakte.shared.clock import utc_now
from tests.approvals import OFFICE
from tests.aws import PAYMENTS
from tests.browser.bank_morning import MESSAGE, furnish_bank, furnish_money, money, money_now
from tests.browser.bill_morning import HOSTILE
from tests.browser.books import Books

WHY = "Telefonisch <b>bestätigt</b>"


@pytest.fixture(autouse=True)
def _accounting(books: Books) -> None:
    books.sign_in_as(OFFICE)


def test_the_proof_and_the_money_that_nobody_knows_yet(books: Books) -> None:
    furnish_money()

    books.open("money").titled("Geldeingänge")

    books.shows(
        "Die Summe geht auf: CHF 1'892.50 (5 Geldeingänge) eingegangen = CHF 1'322.50 nicht zugeordnet + CHF 250.00 "
        "mit Vorschlag + CHF 250.00 durch die Referenz zugeordnet + CHF 70.00 zurückbezahlt."
    ).shows(MESSAGE)
    assert books.page.get_by_role("link", name="Vorschläge (1)").count() == 1
    assert books.violations("m1-money") == []


def test_a_proposal_is_confirmed_with_a_reason(books: Books) -> None:
    claim, _ = furnish_money()
    books.open("money").titled("Geldeingänge")
    books.page.get_by_role("link", name="Vorschläge (1)").press("Enter")
    books.shows("Betrag und Name passen").shows("Rückerstattung, Muster Pia: CHF 250.00 vom 02.11.2026")
    assert books.violations("m2-proposals") == []
    books.page.get_by_role("link", name="Pia Muster").press("Enter")
    books.titled("CHF 250.00 von Pia Muster")
    assert books.violations("m3-proposal") == []

    books.page.locator("#why").fill(WHY)
    books.page.get_by_role("button", name="Bezahlt: Rückerstattung").press("Enter")

    expect(books.page.locator("#status")).to_have_text("Gespeichert: Das Geld ist zugeteilt.")
    books.titled("Geldeingänge").shows("Kein Geldeingang in dieser Liste.")
    after = money_now(3)
    assert (after.state, after.claim) == (MoneyState.ASSIGNED, claim.number)
    assert after.last_act is not None
    assert (after.last_act.by, after.last_act.reason) == (OFFICE, WHY)


def test_without_a_reason_nothing_is_said(books: Books) -> None:
    furnish_money()
    books.open(f"money/{money(1)}").shows("Wofür ist dieses Geld?")

    books.press_button("Geht zurück an den Absender")

    assert books.page.evaluate("document.querySelector('#why').validity.valueMissing")
    assert money_now(1).state is MoneyState.UNMATCHED


def test_enter_behind_the_reason_decides_nothing(books: Books) -> None:
    furnish_money()
    books.open(f"money/{money(1)}").shows("Wofür ist dieses Geld?")
    books.page.locator("#why").fill(WHY)

    books.press("Enter")

    assert money_now(1).state is MoneyState.UNMATCHED
    assert not [one for one in books.town.requests if one.startswith("POST /payments")]


def test_money_goes_back_or_elsewhere_or_to_another_claim(books: Books) -> None:
    claim, _ = furnish_money()
    books.open(f"money/{money(1)}").shows("CH93 0076 2011 6238 5295 7")
    books.page.locator("#why").fill(WHY)
    books.press_button("Geht zurück an den Absender").titled("Geldeingänge")
    books.page.get_by_role("link", name=HOSTILE).press("Enter")
    books.page.locator("#claim").fill("RF00 nicht unsere")
    books.page.locator("#why-claim").fill(WHY)
    books.press_button("Bezahlt diese Forderung")
    expect(books.page.locator("#problem")).to_contain_text("Referenz der Forderung:")
    assert books.violations("m4-wrong-reference") == []

    books.page.locator("#claim").fill(claim.reference)
    books.press_button("Bezahlt diese Forderung").shows("Kein Geldeingang in dieser Liste.")

    assert money_now(1).state is MoneyState.PAID_BACK
    assert (money_now(2).state, money_now(2).claim) == (MoneyState.ASSIGNED, claim.number)


def test_who_was_faster_is_told_by_name(books: Books) -> None:
    furnish_money()
    books.open(f"money/{money(1)}").shows("Wofür ist dieses Geld?")
    before = money_now(1)
    act = MoneyAct(MoneyState.PAID_BACK, "ma-777", utc_now(), reason="Schon zurück")
    MoneyStore(Table(PAYMENTS)).save(before, replace(before.said(act)))

    books.page.locator("#why").fill(WHY)
    books.press_button("Gehört nicht zu einer Forderung: anderswo gebucht")

    expect(books.page.locator("#problem")).to_contain_text("ma-777")
    assert books.violations("m5-conflict") == []
    books.press("Escape", "l").shows("zurückbezahlt").shows("Schon zurück")


def test_what_payers_write_stays_text(books: Books) -> None:
    furnish_money()

    books.open(f"money/{money(2)}").titled(f"CHF 88.00 von {HOSTILE}")

    assert books.page.title() == "Buchhaltung"
    assert books.page.locator("#view img, #view script").count() == 0
    assert books.violations("m6-hostile") == []


def test_messages_and_payments_of_the_bank_that_somebody_has_to_look_at(books: Books) -> None:
    bill = furnish_bank()
    books.open("bank").titled("Meldungen der Bank").shows("Kontoauszug (camt.053)").shows("in der alten Version 04")
    assert books.page.locator("#view script, #view img").count() == 0
    assert books.violations("n1-refused") == []

    for name, said in (
        ("Auffällige Meldungen", "Antwort auf eine Zahlungsdatei (pain.002)"),
        ("Zu früh gemeldete Zahlungen", "Abgelehnt: Das Konto ist aufgehoben."),
        ("Summen, die nicht passen", "CHF -7'407.85"),
        ("Auffällige Zahlungen", "Die Bank hat die Zahlung zweimal belastet."),
    ):
        books.page.get_by_role("link", name=name).press("Enter")
        books.shows(said)
        assert books.violations(f"n2-{name.split()[0].lower()}") == []

    with books.page.context.expect_page() as opened:
        books.page.get_by_role("link", name="Immo Muster AG").press("Enter")
    expect(opened.value.locator(f'article[data-bill="{bill.invoice_id}"]')).to_be_visible()


def test_the_auditor_sees_the_banks_messages_and_no_money(books: Books) -> None:
    furnish_bank()
    books.sign_in_as("ma-900", "[auditor]").open("bank/odd_payments").shows("zweimal belastet")

    ways = books.page.locator(".ways a").all_inner_texts()

    assert ways == ["Zahlungsläufe", "Rechnungsbuch", "Meldungen der Bank"]
    assert "Immo" not in books.text("#view")
    books.press("1").titled("Zahlungsläufe").press("3").titled("Meldungen der Bank")


@pytest.mark.parametrize("width", [320, 720], ids=["phone, or 400 % zoom", "200 % zoom"])
def test_nothing_is_cut_off_in_a_narrow_window(books: Books, width: int) -> None:
    books.page.set_viewport_size({"width": width, "height": 800})
    furnish_money()

    books.open(f"money/{money(3)}").titled("CHF 250.00 von Pia Muster")

    assert books.page.evaluate("document.documentElement.scrollWidth") <= width
    assert books.violations(f"m7-narrow-{width}") == []
