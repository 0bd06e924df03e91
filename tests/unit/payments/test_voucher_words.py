"""What stands on a voucher, and that whatever a paper says can be printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import page as validator
import pytest

from sozialakte.payments.booked_vouchers import BookedVoucher
from sozialakte.payments.invoice import CodingLine, Duty, Invoice, Payer
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal import entry_of_step
from sozialakte.payments.qr_bill import Party
from sozialakte.payments.terms import InvoiceKind
from sozialakte.payments.voucher_page import Names, as_pdf
from sozialakte.payments.voucher_words import acts_that_hold, content_of
from tests.booked import an_approved, came_back, known, paid, released
from tests.pdfa_rules import broken_rules

SERVICE = "Soziale Dienste Beispielstadt"
NAMES = {"ma-201": "Anna Beispiel", "ma-203": "Carla Probe", "ma-103": "Dora Test"}
HOSTILE = "🧾 中文 Иван <script>#eval(1) $x$ \\ * _ e\u0301 \u202e ﬁ \0" + "".join(map(chr, range(0x20, 0x250)))


def voucher(before: Invoice, after: Invoice) -> BookedVoucher:
    entry = entry_of_step(before, after, known)
    assert entry
    return BookedVoucher(entry, after.since, after)


def booked(invoice: Invoice | None = None) -> BookedVoucher:
    sent = released(invoice or an_approved())
    return voucher(sent, paid(sent))


def test_the_facts_of_the_payment() -> None:
    told = content_of(booked(), NAMES, SERVICE)

    assert (told["title"], told["amount"], told["why"]) == ("Buchungsbeleg", "CHF 1'450.00", None)
    facts = {name: value for name, value in told["facts"]}  # type: ignore[attr-defined] # noqa: C416 # lists of two
    assert facts["Empfänger"] == "Immo Muster AG, Seestrasse 7, 6003 Luzern"
    assert facts["Konto (IBAN)"] == "CH44 3199 9123 0008 8901 2"
    assert facts["Referenz"] == "21 00000 00003 13947 14300 09017"
    assert facts["Zahlungslauf"] == "R20261118-01"
    assert "Teilzahlung, weil" not in facts


def test_the_postings_by_category_person_and_month() -> None:
    assert content_of(booked(), NAMES, SERVICE)["postings"] == [
        ["21 Miete", "P-000123", "12.2026", "5720.3637.21", "1002.00", "1'400.00"],
        ["63 Beiträge aus Fonds", "ganze Einheit", "-", "5790.3637.63", "1002.00", "50.00"],
    ]


def test_who_did_what_and_in_whose_place() -> None:
    acts = content_of(booked(), NAMES, SERVICE)["acts"]

    assert acts == [
        ["02.11.2026 10:30", "registriert", "automatisch"],
        ["03.11.2026 10:30", "kontiert und zum Visum gegeben", "Anna Beispiel (ma-201)"],
        ["04.11.2026 10:30", "visiert", "ma-202"],
        ["05.11.2026 10:30", "visiert", "Carla Probe (ma-203) für Dora Test (ma-103)"],
        ["07.11.2026 10:30", "im Zahlungslauf freigegeben: R20261118-01", "ma-204"],
        ["18.11.2026 10:30", "von der Bank gebucht: entry-1", "automatisch"],
    ]


def test_approvals_of_a_round_that_is_void_do_not_stand_there() -> None:
    first = an_approved()
    again = first.changed(replace(first.acts[-1], round=2, at=first.since + timedelta(days=1)), round=2)

    held = [act for act in acts_that_hold(again) if act.duty is Duty.APPROVE]

    assert [act.round for act in held] == [2]


def test_money_that_came_back_says_why() -> None:
    invoice = paid(released(an_approved()))
    told = content_of(voucher(invoice, came_back(invoice)), NAMES, SERVICE)

    assert told["title"] == "Stornobeleg"
    assert told["why"] == "Storno: Das Geld ist zurückgekommen. Grund: Konto aufgehoben"
    assert told["acts"][-1][1] == "zurückgewiesen: Konto aufgehoben"  # type: ignore[index]
    assert told["postings"][0][3:5] == ["1002.00", "5720.3637.21"]  # type: ignore[index]


def test_a_credit_note_a_wards_bill_and_what_others_pay_say_so() -> None:
    note = replace(an_approved(lines=(CodingLine(Decimal("-80.00"), "21"),)), kind=InvoiceKind.CREDIT_NOTE)
    wards = an_approved(lines=(CodingLine(Decimal("80.00")),), payer=Payer.WARD)
    approved = an_approved()
    others = approved.step(InvoiceState.PASSED_ON, approved.acts[-1], attempt=1)

    assert content_of(booked(note), NAMES, SERVICE)["amount"] == "Gutschrift CHF 80.00"
    assert content_of(booked(wards), NAMES, SERVICE)["postings"] == [
        ["ohne Kategorie", "ganze Einheit", "-", "eigene Ausgaben", "eigenes Konto", "80.00"]
    ]
    told = content_of(voucher(approved, others), NAMES, SERVICE)
    assert told["why"] == "Bezahlt wird diese Rechnung vom führenden System, nicht von hier."
    assert "Zahlungs-Nr." not in {name for name, _ in told["facts"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", [HOSTILE, "x" * 10_000, "#" * 500, ""])
def test_whatever_a_paper_says_is_printed_as_pdfa(text: str, tmp_path: Path) -> None:
    approved = an_approved()
    terms = replace(approved.terms, creditor=Party(text, text, "1", "6000", text, "CH"), message=text)
    told = booked(replace(approved, terms=terms, partial=text))

    pdf = as_pdf(told, Names({"ma-201": text}, SERVICE), tmp_path, None)

    assert broken_rules(pdf) == []
    assert validator.is_pdf_compliant_bytes(pdf, profile=validator.ValidationProfile.PDF_A_2B)


def test_the_same_voucher_gives_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()

    first, second = (as_pdf(booked(), Names(NAMES, SERVICE), folder, None) for folder in folders)

    assert first == second
