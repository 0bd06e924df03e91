"""Invoices for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice, Scan, invoice_id_of
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.qr_bill import Party
from sozialakte.payments.terms import InvoiceKind, Terms

RECEIVED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LETTER = "0123456789abcdef0123456789abcdef-0001-0002"
CREDITOR = Party("Immo Muster AG", "Seestrasse", "7", "6003", "Luzern", "CH")
TERMS = Terms(
    iban="CH4431999123000889012",
    creditor=CREDITOR,
    amount=Decimal("1450.00"),
    reference_type="QRR",
    reference="210000000003139471430009017",
    invoice_number="2026-11",
    invoice_date=date(2026, 11, 1),
    due=date(2026, 11, 30),
)


def an_invoice(number: int = 1, terms: Terms = TERMS, *, letter_id: str = LETTER, **what: object) -> Invoice:
    """A bill as it is registered; ``number`` tells invoices apart."""
    registered = Act(Duty.SETTLE, "register", MACHINE, RECEIVED)
    return Invoice(
        invoice_id=invoice_id_of(f"page {number}", b"code"),
        scan=Scan(letter_id, 1, f"letters/{letter_id}/original.pdf", "v1"),
        kind=InvoiceKind.BILL,
        terms=terms,
        received_at=RECEIVED,
        state=InvoiceState.OPEN,
        since=RECEIVED,
        creditor_id="c0ffee00c0ffee00",
        acts=(registered,),
        **what,  # type: ignore[arg-type]
    )
