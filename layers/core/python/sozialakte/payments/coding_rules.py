"""What must hold before an invoice can be submitted for approval. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sozialakte.payments.check_digits import is_qr_iban
from sozialakte.payments.invoice import CodingLine, Invoice, Payer
from sozialakte.payments.terms import InvoiceKind
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason

IsCategory = Callable[[str, date], bool]
"""Whether a category holds on a day."""


@dataclass(frozen=True)
class Coding:
    """What an invoice is for: whose money, how much of it is accepted, why not all of it, and for whom and what."""

    payer: Payer
    accepted: Decimal
    lines: tuple[CodingLine, ...]
    partial: str | None = None


@dataclass(frozen=True)
class DossierFacts:
    """What is known of the dossier: whether its main person is a ward, and who is in it today."""

    is_ward: bool
    persons: AbstractSet[str]


def asked_for(invoice: Invoice) -> Decimal | None:
    """The amount it asks for; that of a credit note is below zero, however it is printed."""
    return signed(invoice.terms.amount, invoice.kind)


def signed(amount: Decimal | None, kind: InvoiceKind) -> Decimal | None:
    """An amount with the sign of what it is."""
    if amount is None:
        return None
    return -abs(amount) if kind is InvoiceKind.CREDIT_NOTE else abs(amount)


def against_coding(
    invoice: Invoice, coding: Coding, dossier: DossierFacts, is_category: IsCategory
) -> tuple[Reason, ...]:
    """Everything that is wrong with a coding; empty if it can be submitted.

    A category must hold when the period of its line begins, without a period on the day of the invoice.
    """
    return (
        *_against_invoice(invoice),
        *_against_amount(invoice, coding),
        *_against_lines(coding, dossier),
        *_against_categories(invoice, coding, is_category),
    )


def _against_invoice(invoice: Invoice) -> Iterator[Reason]:
    if invoice.dossier_id is None:
        yield Reason("coding.no_dossier")
    if invoice.unconfirmed:
        yield Reason("coding.unconfirmed")
    if invoice.creditor_id is None:
        yield Reason("coding.no_creditor")
    if not invoice.terms.iban and invoice.kind is InvoiceKind.BILL:
        yield Reason("coding.no_iban")
    elif is_qr_iban(invoice.terms.iban) != (invoice.terms.reference_type == "QRR"):
        yield Reason("coding.iban_reference")


def _against_amount(invoice: Invoice, coding: Coding) -> Iterator[Reason]:
    asked, accepted = asked_for(invoice), coding.accepted
    if accepted == 0 or (accepted < 0) != (invoice.kind is InvoiceKind.CREDIT_NOTE):
        yield Reason("coding.wrong_sign")
    elif asked is not None and abs(accepted) > abs(asked):
        yield Reason("coding.too_much")
    elif asked is not None and accepted != asked and not coding.partial:
        yield Reason("coding.partial_without_reason")


def _against_lines(coding: Coding, dossier: DossierFacts) -> Iterator[Reason]:
    if sum((line.amount for line in coding.lines), Decimal()) != coding.accepted:
        yield Reason("coding.wrong_sum")
    if any(line.amount == 0 or (line.amount < 0) != (coding.accepted < 0) for line in coding.lines):
        yield Reason("coding.wrong_sign")
    if coding.payer is Payer.WARD and not dossier.is_ward:
        yield Reason("coding.no_ward")
    if any(line.person_id is not None and line.person_id not in dossier.persons for line in coding.lines):
        yield Reason("coding.foreign_person")
    if not _periods_are_months(coding.lines):
        yield Reason("coding.no_months")


def _against_categories(invoice: Invoice, coding: Coding, is_category: IsCategory) -> Iterator[Reason]:
    day = invoice.terms.invoice_date or zurich_date(invoice.received_at)
    if coding.payer is Payer.WARD:
        if any(line.category for line in coding.lines):
            yield Reason("coding.ward_has_none")
    elif not all(line.category and is_category(line.category, line.period_from or day) for line in coding.lines):
        yield Reason("coding.no_category")


def _periods_are_months(lines: Iterable[CodingLine]) -> bool:
    """Each from the first day of a month to the last of the same or a later one, or none at all."""
    return all(_is_months(line.period_from, line.period_to) for line in lines)


def _is_months(first: date | None, last: date | None) -> bool:
    if first is None or last is None:
        return first is last
    return first.day == 1 and last.day == monthrange(last.year, last.month)[1] and first <= last
