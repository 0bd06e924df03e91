"""The page of the bills in a real browser: by keyboard alone, readable for everybody, rules and conflicts in words."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from sozialakte.payments.enter_invoice import Fields
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.terms import Field
from tests.approvals import ANNA, BEAT, EMIL, approving, entering
from tests.browser.bill_morning import HOSTILE, furnish, now_is, repeated
from tests.browser.bills import Bills


@pytest.fixture(autouse=True)
def _anna(bills: Bills) -> None:
    sign_in_as(bills, ANNA)


def sign_in_as(bills: Bills, staff_id: str, groups: str = "[caseworker]") -> None:
    bills.town.who, bills.town.groups = staff_id, groups


def test_a_bill_is_confirmed_and_coded_with_the_proposal_by_two_keys(bills: Bills) -> None:
    morning = furnish()
    bills.open(morning.rent).opened(morning.rent)
    expect(bills.page.locator("#bill")).to_contain_text("zahlbar bis Ende Monat")

    bills.press("f")
    expect(bills.page.locator("#status")).to_have_text("Angaben bestätigt.")
    bills.opened(morning.rent).press("p").opened(morning.hostile)

    coded = now_is(morning.rent)
    assert (coded.state, coded.unconfirmed, coded.acts[-1].by) == (InvoiceState.CODED, (), ANNA)
    assert [(line.category, str(line.amount)) for line in coded.lines] == [("21", "410.00")]
    assert bills.focused() == "bill-title"


def test_without_what_is_needed_the_proposal_is_refused_in_words(bills: Bills) -> None:
    morning = furnish()

    bills.open(morning.rent).opened(morning.rent).press("p")

    expect(bills.page.locator("#problem")).to_contain_text("Noch nicht alle gelesenen Angaben sind bestätigt.")
    assert now_is(morning.rent) == morning.rent
    assert bills.violations("b5-rule") == []


def test_a_bill_is_coded_by_hand_in_two_lines(bills: Bills) -> None:
    morning = furnish()
    bills.open().opened(morning.overdue).press("c", "Tab", "Tab", "Tab", "Tab", "Home")
    bills.page.locator("#line-0-amount").focus()
    bills.press("Control+a").type("300.00")
    bills.page.locator("#line-0-category").select_option("31")
    bills.page.get_by_role("button", name="Weitere Zeile").press("Enter")
    assert bills.focused() == "line-1-amount"
    bills.type("20.00")
    bills.page.locator("#line-1-category").select_option("21")
    assert bills.violations("b6-two-lines") == []

    bills.press("Enter").page.get_by_role("button", name="Zum Visum geben", exact=True).press("Enter")

    bills.opened(morning.rent)
    lines = [(line.category, str(line.amount)) for line in now_is(morning.overdue).lines]
    assert lines == [("31", "300.00"), ("21", "20.00")]


def test_one_key_approves_and_opens_the_next(bills: Bills) -> None:
    morning = furnish()
    sign_in_as(bills, BEAT)
    to_approve(bills).opened(morning.coded)
    assert bills.violations("b7-to-approve") == []

    bills.press("a").opened(morning.later)

    approved = now_is(morning.coded)
    assert (approved.state, approved.acts[-1].by) == (InvoiceState.APPROVED, BEAT)
    assert bills.text("#status") == "Visiert."
    assert bills.page.locator("#queue [data-open]").count() == 1


def test_a_key_pressed_twice_approves_one_bill(bills: Bills) -> None:
    morning = furnish()
    sign_in_as(bills, BEAT)

    to_approve(bills).opened(morning.coded).press("a", "a").opened(morning.later)

    assert now_is(morning.later).state is InvoiceState.CODED
    assert bills.text("#problem") == ""


def test_a_bill_goes_back_with_a_reason(bills: Bills) -> None:
    morning = furnish()
    sign_in_as(bills, BEAT)
    to_approve(bills).opened(morning.coded)

    bills.press("r", "Enter")
    assert now_is(morning.coded) == morning.coded, "without a reason nothing is sent"
    bills.type("Bitte auf zwei Monate aufteilen").press("Enter").opened(morning.later)

    returned = now_is(morning.coded)
    assert (returned.state, returned.acts[-1].reason) == (InvoiceState.RETURNED, "Bitte auf zwei Monate aufteilen")


def test_nothing_is_to_be_paid(bills: Bills) -> None:
    morning = furnish()
    bills.open().opened(morning.overdue)

    bills.press("x", "ArrowDown", "Tab").type("Schon im Oktober erhalten").press("Enter").opened(morning.rent)

    ended = now_is(morning.overdue)
    assert (ended.state, ended.acts[-1].reason) == (InvoiceState.DUPLICATE, "Schon im Oktober erhalten")


def test_who_entered_a_bill_reads_why_they_cannot_approve_it(bills: Bills) -> None:
    morning = furnish()

    bills.open(morning.coded).opened(morning.coded).press("a")

    expect(bills.page.locator("#bill")).to_contain_text("Wer eine Rechnung erfasst hat, entscheidet nicht über sie")
    assert now_is(morning.coded) == morning.coded
    assert bills.violations("b8-entered-by-me") == []


def test_a_conflict_says_who_did_what(bills: Bills) -> None:
    morning = furnish()
    bills.open(morning.rent).opened(morning.rent)
    entering(morning.rent, BEAT).correct(Fields({}, (Field.DUE,)))

    bills.press("f")

    expect(bills.page.locator("#problem")).to_contain_text("von ma-202 bearbeitet: Angaben bestätigt")
    assert bills.violations("b9-conflict") == []


def test_an_approval_of_somebody_else_is_a_conflict_and_then_the_next_bill(bills: Bills) -> None:
    morning = furnish()
    sign_in_as(bills, BEAT)
    to_approve(bills).opened(morning.coded)
    approving(morning.coded, EMIL).approve()

    bills.press("a")

    expect(bills.page.locator("#problem")).to_contain_text(
        "Die Rechnung wurde inzwischen von ma-212 bearbeitet: visiert"
    )
    bills.press("l")
    expect(bills.page.locator("#problem")).to_be_empty()
    expect(bills.page.locator("#queue [data-open]")).to_have_count(1)


def test_what_may_be_a_repeated_bill_with_a_new_iban_is_cleared_by_a_second_person(bills: Bills) -> None:
    morning = furnish()
    twin = repeated(morning)
    sign_in_as(bills, BEAT)
    bills.open(twin).opened(twin)
    for said in ("Vielleicht ein Doppel", "Neue IBAN"):
        expect(bills.page.locator("#bill .doubts")).to_contain_text(said)
    assert bills.violations("b10-doubts") == []
    bills.press("a")
    expect(bills.page.locator("#problem")).to_contain_text("Vielleicht ein Doppel")

    bills.press("t").type("Zweite Behandlung, telefonisch bestätigt").press("Enter")
    expect(bills.page.locator("#status")).to_have_text("Als kein Doppel bezeichnet.")
    bills.opened(twin).press("i").type("Mit der Praxis telefoniert").press("Tab", "Enter")
    expect(bills.page.locator("#status")).to_have_text("Über die neue IBAN ist entschieden.")
    bills.opened(twin).press("a")

    expect(bills.page.locator("#status")).to_have_text("Visiert.")
    assert now_is(twin).state is InvoiceState.APPROVED


def test_the_last_bill_leaves_an_empty_list(bills: Bills) -> None:
    morning = furnish()
    sign_in_as(bills, BEAT)
    to_approve(bills).opened(morning.coded).press("a").opened(morning.later).press("a")

    expect(bills.page.locator("#queue")).to_contain_text("Alles erledigt")
    assert bills.focused() == "queue-title"
    assert bills.violations("b11-empty") == []


def test_texts_of_bills_stay_texts(bills: Bills) -> None:
    morning = furnish()

    bills.open(morning.hostile).opened(morning.hostile)

    assert bills.text("#bill-title") == HOSTILE
    assert bills.page.title() == "Rechnungen"
    assert bills.page.locator("article img").count() == 1, "the picture of the page only"
    assert bills.violations("b12-hostile") == []


def test_a_bill_without_a_dossier_is_put_into_one(bills: Bills) -> None:
    morning = furnish()
    sign_in_as(bills, "ma-220", "[accounting]")
    bills.open().opened(morning.unknown)
    assert bills.violations("b13-no-dossier") == []

    bills.press("d").type("SH-2026-00201").press("Enter")

    expect(bills.page.locator("#status")).to_have_text("Dem Dossier zugeordnet.")
    assert now_is(morning.unknown).dossier_id == "SH-2026-00201"


def test_only_what_was_changed_is_sent_and_what_is_wrong_is_said_with_its_field(bills: Bills) -> None:
    morning = furnish()
    bills.open().opened(morning.overdue).press("e", "Enter")
    bills.page.locator("#typed-iban").fill("CH00 1234")
    bills.press("Enter")
    expect(bills.page.locator("#problem")).to_contain_text("IBAN:")
    assert bills.violations("b14-wrong-field") == []

    bills.page.locator("#typed-iban").fill(morning.overdue.terms.iban)
    bills.page.locator("#typed-invoice_number").fill("2026-77")
    bills.press("Enter")

    expect(bills.page.locator("#status")).to_have_text("Angaben gespeichert.")
    changed = now_is(morning.overdue).terms
    assert (changed.invoice_number, changed.amount) == ("2026-77", morning.overdue.terms.amount)


@pytest.mark.parametrize("width", [320, 720], ids=["phone, or 400 % zoom", "200 % zoom"])
def test_nothing_is_cut_off_in_a_narrow_window(bills: Bills, width: int) -> None:
    bills.page.set_viewport_size({"width": width, "height": 800})
    morning = furnish()

    bills.open(morning.hostile).opened(morning.hostile)

    assert bills.page.evaluate("document.documentElement.scrollWidth") <= width
    assert bills.violations(f"b15-narrow-{width}") == []


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


def to_approve(bills: Bills) -> Bills:
    """What waits for a case worker's approval, chosen and opened by keyboard."""
    bills.open()
    expect(bills.page.locator("#bill article")).to_be_visible()
    bills.press("v").page.keyboard.press("ArrowDown")
    expect(bills.page.locator("#filter-list")).to_have_value("caseworker")
    expect(bills.page.locator("#bill .empty")).to_be_visible()
    bills.press("Escape", "j")
    return bills
