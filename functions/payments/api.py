"""The routes of the payments: what waits for me, lists, the ledger, what people do with invoices; here: see one."""

from __future__ import annotations

from functions.payments.routes import coding, deciding, entering, lists
from functions.payments.routes.common import InvoiceInPath, Settings, actor, api, desk, invoice_subject, to_invoice
from functions.payments.routes.standing_rules import StandingRuleRoutes
from sozialakte.payments.answers import InvoiceDetail
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.read_invoice import ReadInvoice
from sozialakte.runtime.guards import Guard
from sozialakte.runtime.settings import read_settings
from sozialakte.runtime.signed_urls import SignedUrl, sign_jpeg
from sozialakte.shared.access import Action
from sozialakte.shared.clock import utc_now
from sozialakte.shared.ids import StaffId

ROUTES = (coding, deciding, entering, lists)
"""The modules whose routes this function answers, beside its own."""


@api.get("/payments/invoices/<invoice_id>", Guard(Action.READ_INVOICE, invoice_subject, to_invoice))
def read_invoice(invoice_id: InvoiceInPath, standing_in_for: StaffId | None = None) -> InvoiceDetail:
    """An invoice: its page, what was read where, doubts in words, the history of its creditor, and who did what."""
    invoice = desk().store.get(invoice_id)
    read = ReadInvoice(desk(), actor(standing_in_for), api.asked.envelope.at)
    return read(invoice, _picture_of(invoice))


def _picture_of(invoice: Invoice) -> SignedUrl:
    """The page as a picture, made when the invoice was registered."""
    settings = read_settings(Settings)
    return sign_jpeg(settings.letters_bucket, f"bills/{invoice.invoice_id}.jpg", name=invoice.invoice_id, now=utc_now())


StandingRuleRoutes(api).add()
handler = api.handle
