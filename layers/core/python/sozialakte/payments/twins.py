"""Which of the invoices that look the same stops the other. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import FIRM, UNPAID


def twins_of(invoice: Invoice, alike: Iterable[Invoice]) -> tuple[str, ...]:
    """Those of the invoices ``alike`` that stop this one until somebody says that it is another.

    One that is to be paid and came before; one that is approved or paid, whichever came first. So of two that look the
    same one always passes, and never both.
    """
    return tuple(sorted(other.invoice_id for other in alike if _stops(other, invoice)))


def live_twins(invoice: Invoice, alike: Iterable[Invoice]) -> frozenset[str]:
    """As `twins_of`, without those that somebody said are others."""
    return frozenset(twins_of(invoice, alike)) - {*invoice.cleared}


def _stops(other: Invoice, invoice: Invoice) -> bool:
    came_before = (other.received_at, other.invoice_id) < (invoice.received_at, invoice.invoice_id)
    return other.state in FIRM or (other.state in UNPAID and came_before)
