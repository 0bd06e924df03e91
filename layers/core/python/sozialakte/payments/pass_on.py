"""Book what others pay: where the creditor workflow or the case system leads the payments, an approved invoice is
passed on as soon as it is approved, and is in no payment run of ours.
"""

from __future__ import annotations

from datetime import datetime

from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.store import PaymentsStore
from sozialakte.shared.clock import zurich_date

OURS = "sozialakte"
"""Who leads the payments (``payments_lead`` in services.yaml) where we pay ourselves."""


def pass_on(store: PaymentsStore, invoice_id: str, now: datetime) -> Invoice:
    """The invoice, passed on if it is approved; in any other state somebody has done more with it, or less.

    Raises `UnknownInvoiceError`, and `InvoiceChangedError` if somebody acts on it right now: come again.
    """
    invoice = store.get(invoice_id)
    if invoice.state is not InvoiceState.APPROVED:
        return invoice
    act = Act(Duty.SETTLE, "passed_on", MACHINE, now, invoice.round)
    day, attempt = zurich_date(now), invoice.attempt + 1
    passed = invoice.step(InvoiceState.PASSED_ON, act, booked_on=day, attempt=attempt, run_id=None)
    store.save(invoice, passed)
    return passed
