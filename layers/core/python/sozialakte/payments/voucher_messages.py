"""What follows from a row of the payments table for journal and vouchers; the publisher asks for every new version."""

from __future__ import annotations

from collections.abc import Iterator

from sozialakte.payments.booked_vouchers import VoucherState
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal_store import voucher_of
from sozialakte.payments.messages import FileVoucher, PassOnInvoice
from sozialakte.payments.pass_on import OURS
from sozialakte.runtime.items import Item, text


def voucher_messages(row: Item, payments_lead: str) -> Iterator[FileVoucher | PassOnInvoice]:
    """A voucher that is wanted is written; an approved invoice is passed on where others pay."""
    if row.get("entity") == "booked_voucher" and row.get("state") == VoucherState.WANTED:
        yield FileVoucher(voucher_id=voucher_of(row).voucher_id)
    is_approved = row.get("entity") == "invoice" and row.get("state") == InvoiceState.APPROVED
    if is_approved and payments_lead != OURS:
        yield PassOnInvoice(invoice_id=text(row, "invoice_id"))
