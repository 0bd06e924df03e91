"""What must hold of a released voucher before it is booked here. Who may approve is the workflow's to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from sozialakte.payments.check_digits import (
    has_swiss_form,
    is_creditor_reference,
    is_qr_iban,
    is_qr_reference,
    is_swiss_iban,
)
from sozialakte.payments.coding_rules import Coding
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import FIRM, TO_ENTER, InvoiceState
from sozialakte.payments.terms import Terms
from sozialakte.payments.vouchers import Voucher
from sozialakte.shared.reasons import Reason


def against_voucher(voucher: Voucher) -> Iterator[Reason]:
    """What is wrong with it by itself."""
    if voucher.entered_by in voucher.approved_by:
        yield Reason("voucher.same_person")
    if not _is_iban(voucher.iban):
        yield Reason("voucher.iban")
    elif is_qr_iban(voucher.iban) != (voucher.reference_type == "QRR"):
        yield Reason("voucher.reference_type")
    if not _reference_fits(voucher):
        yield Reason("voucher.reference")


def terms_of(voucher: Voucher) -> Terms:
    """What it asks for."""
    return Terms(
        iban=voucher.iban,
        creditor=voucher.creditor.party(),
        amount=Decimal(voucher.amount),
        currency=voucher.currency,
        reference_type=voucher.reference_type,
        reference=voucher.reference,
        message=voucher.message,
        invoice_number=voucher.invoice_number,
        invoice_date=voucher.invoice_date,
        due=voucher.due,
    )


def coding_of(voucher: Voucher) -> Coding:
    """What it is for."""
    lines = tuple(line.line() for line in voucher.lines)
    return Coding(voucher.payer, Decimal(voucher.amount), lines)


def registered_as(candidate: Invoice, alike: Iterable[Invoice]) -> Invoice | None:
    """The scanned bill that the voucher is about: the oldest that waits, of the same amount; None: none was scanned."""
    waiting = [one for one in alike if one.state in TO_ENTER and _same_money(one, candidate)]
    return min(waiting, key=lambda one: (one.received_at, one.invoice_id), default=None)


def paid_before(alike: Iterable[Invoice]) -> Invoice | None:
    """Another invoice that is approved already and looks the same."""
    return next((one for one in alike if one.state in FIRM | {InvoiceState.CODED}), None)


def _same_money(one: Invoice, other: Invoice) -> bool:
    mine, theirs = one.terms, other.terms
    asked = {abs(amount) for amount in (mine.amount, theirs.amount) if amount is not None}
    return mine.currency == theirs.currency and len(asked) == 1


def _is_iban(iban: str) -> bool:
    if has_swiss_form(iban):
        return is_swiss_iban(iban)
    from stdnum import iban as any_iban  # noqa: PLC0415 - as in `check_digits`

    return not iban.startswith(("CH", "LI")) and bool(any_iban.is_valid(iban))


def _reference_fits(voucher: Voucher) -> bool:
    match voucher.reference_type:
        case "QRR":
            return voucher.reference is not None and is_qr_reference(voucher.reference)
        case "SCOR":
            return voucher.reference is not None and is_creditor_reference(voucher.reference)
        case "NON":
            return voucher.reference is None
