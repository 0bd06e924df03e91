"""One invoice as people see it."""

from __future__ import annotations

from functions.payments.routes.common import InvoiceInPath, actor, api, desk, invoice_subject, picture_of, to_invoice
from sozialakte.payments.answers import InvoiceDetail
from sozialakte.payments.read_invoice import ReadInvoice
from sozialakte.runtime.guards import Guard
from sozialakte.shared.access import Action
from sozialakte.shared.ids import StaffId


@api.get("/payments/invoices/<invoice_id>", Guard(Action.READ_INVOICE, invoice_subject, to_invoice))
def read_invoice(invoice_id: InvoiceInPath, standing_in_for: StaffId | None = None) -> InvoiceDetail:
    """An invoice: its page, what was read where, doubts in words, the history of its creditor, and who did what."""
    invoice = desk().store.get(invoice_id)
    read = ReadInvoice(desk(), actor(standing_in_for), api.asked.envelope.at)
    return read(invoice, picture_of(invoice))
