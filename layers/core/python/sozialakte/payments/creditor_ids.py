"""By what a creditor is told from others."""

from __future__ import annotations

from hashlib import sha256

from sozialakte.payments.terms import Terms
from sozialakte.shared.names import fold


def creditor_id_of(terms: Terms) -> str | None:
    """The UID if the bill names one, else name and postal code, hashed; None if it names nobody."""
    if terms.creditor_uid:
        return _hashed(f"uid {fold(terms.creditor_uid)}")
    if fold(terms.creditor.name):
        return _hashed(f"name {fold(terms.creditor.name)} {fold(terms.creditor.postal_code)}")
    return None


def _hashed(told: str) -> str:
    return sha256(told.encode()).hexdigest()[:16]
