"""Find vouchers that never came into a dossier, and approved invoices that were never passed on.

What the dossiers refused is asked again each time: the dossier may be open by now. Until then the list shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sozialakte.payments.booked_vouchers import BookedVoucher, VoucherState
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal_store import JournalStore, VoucherChangedError
from sozialakte.payments.messages import FileVoucher, PassOnInvoice
from sozialakte.payments.pass_on import OURS
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.queues import Queue

_PAGE = 200


@dataclass(frozen=True)
class ReconcileVouchers:
    """The use case with what it works on. ``stuck_after``: what changed since may still be on its way."""

    store: PaymentsStore
    journal: JournalStore
    queue: Queue
    payments_lead: str
    stuck_after: timedelta
    now: datetime

    def __call__(self) -> int:
        """Send what was not done again; how many messages."""
        sent = 0
        for message in (*self._unfiled(), *self._approved()):
            self.queue.send(message.to_json())
            sent += 1
        return sent

    def _unfiled(self) -> Iterator[FileVoucher]:
        stuck = [one for one in self._waiting() if one.since <= self.now - self.stuck_after]
        for voucher in stuck:
            if voucher.state is not VoucherState.REFUSED or self._asked_again(voucher):
                yield FileVoucher(voucher_id=voucher.voucher_id)

    def _asked_again(self, voucher: BookedVoucher) -> bool:
        """Whether it is to be asked: not if it was heard of meanwhile."""
        try:
            self.journal.save_voucher(voucher, voucher.ask_again(self.now))
        except VoucherChangedError:
            return False
        return True

    def _waiting(self) -> Iterator[BookedVoucher]:
        cursor = None
        while True:
            page = self.journal.unfiled(_PAGE, cursor)
            yield from page.vouchers
            cursor = page.next_cursor
            if cursor is None:
                return

    def _approved(self) -> Iterator[PassOnInvoice]:
        cursor = None
        while self.payments_lead != OURS:
            page = self.store.in_state(InvoiceState.APPROVED, _PAGE, cursor)
            for invoice in page.invoices:
                if invoice.since <= self.now - self.stuck_after:
                    yield PassOnInvoice(invoice_id=invoice.invoice_id)
            cursor = page.next_cursor
            if cursor is None:
                return
