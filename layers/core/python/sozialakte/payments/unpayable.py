"""What no bank would take: said while somebody can still mend it, and before anybody approves it. Pure."""

from __future__ import annotations

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.iso20022.refuse_payments import against_payment
from sozialakte.payments.runs.payable import payment_of
from sozialakte.payments.terms import InvoiceKind
from sozialakte.shared.reasons import Reason


def against_bank(invoice: Invoice) -> tuple[Reason, ...]:
    """Why no payment run could pay it, by what it says now; a credit note is paid by none, nor what names no IBAN."""
    if invoice.kind is InvoiceKind.CREDIT_NOTE or not invoice.terms.iban or invoice.owed is None:
        return ()
    found = against_payment(payment_of(invoice))
    return (Reason("invoice.unpayable"), *found) if found else ()
