"""The states of an invoice and the only steps between them.

Every invoice ever received is in exactly one of them; `ledger` proves the sum.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class InvoiceState(StrEnum):
    """Where an invoice stands.

    ``OPEN``: registered, somebody has to say what it is for. ``RETURNED``: the same, after somebody sent it back.
    ``CODED``: waits for approvals. ``APPROVED``: has them all. ``RELEASED``: in a payment run that was released, the
    bank has not said yet what became of it. ``PAID``: the bank has booked it (a credit note: it was set off).
    ``PASSED_ON``: those who lead the payments pay it; booked and handed over here. ``REJECTED``: we do not owe it.
    ``DUPLICATE``: it came before. ``ELSEWHERE``: its letter went to another office. ``NOTICE``: nothing is to be paid
    ("do not use for payment"). ``REPLACED``: a new scan of the same paper has taken its place.
    """

    OPEN = "open"
    RETURNED = "returned"
    CODED = "coded"
    APPROVED = "approved"
    RELEASED = "released"
    PAID = "paid"
    PASSED_ON = "passed_on"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    ELSEWHERE = "elsewhere"
    NOTICE = "notice"
    REPLACED = "replaced"


_AWAY = frozenset(
    {InvoiceState.REJECTED, InvoiceState.DUPLICATE, InvoiceState.ELSEWHERE, InvoiceState.NOTICE, InvoiceState.REPLACED}
)
_BACK = frozenset({InvoiceState.OPEN})

INVOICE_STEPS: Mapping[InvoiceState, frozenset[InvoiceState]] = MappingProxyType(
    {
        InvoiceState.OPEN: _AWAY | {InvoiceState.CODED},
        InvoiceState.RETURNED: _AWAY | {InvoiceState.CODED},
        InvoiceState.CODED: _AWAY | {InvoiceState.APPROVED, InvoiceState.RETURNED},
        InvoiceState.APPROVED: frozenset({InvoiceState.RETURNED, InvoiceState.RELEASED, InvoiceState.PASSED_ON}),
        # Back to approved: it was not in the file that went out. Returned: the bank refused it, or the money came back.
        InvoiceState.RELEASED: frozenset({InvoiceState.PAID, InvoiceState.RETURNED, InvoiceState.APPROVED}),
        InvoiceState.PAID: frozenset({InvoiceState.RETURNED}),
        InvoiceState.PASSED_ON: frozenset({InvoiceState.RETURNED}),
        InvoiceState.REJECTED: _BACK,
        InvoiceState.DUPLICATE: _BACK,
        InvoiceState.ELSEWHERE: _BACK,
        InvoiceState.NOTICE: _BACK,
        InvoiceState.REPLACED: _BACK,
    }
)

TO_ENTER = frozenset({InvoiceState.OPEN, InvoiceState.RETURNED})
"""In these somebody has to say what it is for."""
UNPAID = TO_ENTER | {InvoiceState.CODED, InvoiceState.APPROVED, InvoiceState.RELEASED}
"""In these it may have to be paid: the money has not gone out, as far as we know."""
SETTLED = frozenset({InvoiceState.PAID, InvoiceState.PASSED_ON})
"""In these it is paid and booked."""
FIRM = SETTLED | {InvoiceState.APPROVED, InvoiceState.RELEASED}
"""In these nothing that looks the same may follow, whichever came first."""
