"""Partners: what the case system gets from us and what it says to it. Other contexts use what is named here."""

from sozialakte.partners.model import Bundle, BundleState
from sozialakte.partners.store import HandoverStore

__all__ = ["Bundle", "BundleState", "HandoverStore"]
