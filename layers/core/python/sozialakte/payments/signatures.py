"""What two invoices have in common if one repeats the other.

The same creditor and reference, the same creditor and invoice number, or the same creditor, amount and date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from sozialakte.payments.invoice import Invoice

_NO_PART = re.compile(r"[^0-9a-z]+")


def signatures_of(invoice: Invoice) -> frozenset[str]:
    """Hashes under which other invoices that may be the same are found; none without a creditor."""
    return frozenset(sha256(told.encode()).hexdigest()[:32] for told in _told(invoice))


def _told(invoice: Invoice) -> Iterator[str]:
    terms, creditor = invoice.terms, invoice.creditor_id
    if creditor is None:
        return
    if terms.reference:
        yield f"reference {creditor} {_plain(terms.reference)}"
    if terms.invoice_number and _plain(terms.invoice_number):
        yield f"number {creditor} {_plain(terms.invoice_number)}"
    if terms.amount is not None and terms.invoice_date:
        yield f"amount {creditor} {terms.currency} {terms.amount} {terms.invoice_date}"


def _plain(text: str) -> str:
    return _NO_PART.sub("", text.casefold())
