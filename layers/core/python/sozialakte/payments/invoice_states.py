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
    ``CODED``: waits for approvals. ``APPROVED``: has them all. ``REJECTED``: we do not owe it. ``DUPLICATE``: it came
    before. ``ELSEWHERE``: its letter went to another office. ``NOTICE``: nothing is to be paid ("do not use for
    payment"). ``REPLACED``: a new scan of the same paper has taken its place.
    """

    OPEN = "open"
    RETURNED = "returned"
    CODED = "coded"
    APPROVED = "approved"
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
        InvoiceState.APPROVED: frozenset({InvoiceState.RETURNED}),
        InvoiceState.REJECTED: _BACK,
        InvoiceState.DUPLICATE: _BACK,
        InvoiceState.ELSEWHERE: _BACK,
        InvoiceState.NOTICE: _BACK,
        InvoiceState.REPLACED: _BACK,
    }
)

TO_ENTER = frozenset({InvoiceState.OPEN, InvoiceState.RETURNED})
"""In these somebody has to say what it is for."""
UNPAID = TO_ENTER | {InvoiceState.CODED, InvoiceState.APPROVED}
"""In these it may have to be paid."""
