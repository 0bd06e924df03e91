"""A Swiss QR-bill as it was read from its code, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

NOT_FOR_PAYMENT = frozenset(
    {
        "NICHT ZUR ZAHLUNG VERWENDEN",
        "NE PAS UTILISER POUR LE PAIEMENT",
        "NON UTILIZZARE PER IL PAGAMENTO",
        "DO NOT USE FOR PAYMENT",
    }
)
"""What a bill that is a notification says in its message, with amount 0.00 (SIX IG QR-bill 2.3, 4.2.2, line 30)."""


@dataclass(frozen=True)
class Party:
    """Creditor or debtor. ``combined``: an address in two lines, split by us; the street then has the number."""

    name: str
    street: str = ""
    building_number: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = ""
    combined: bool = False


@dataclass(frozen=True)
class QrBill:
    """What a QR-bill asks for. ``amount`` None: the payer fills it in. ``debtor`` None: anybody may pay.

    ``reference_type`` is QRR, SCOR or NON on a valid bill. ``billing_information`` is raw (`swico` understands it).
    """

    iban: str
    creditor: Party
    amount: Decimal | None
    currency: str
    debtor: Party | None = None
    reference_type: str = "NON"
    reference: str | None = None
    message: str | None = None
    billing_information: str | None = None
    alternative_schemes: tuple[str, ...] = ()
    version: str = "0200"

    @property
    def money(self) -> Money | None:
        """What is to be paid, None if the payer fills it in."""
        return None if self.amount is None else Money(self.amount, self.currency)

    @property
    def is_notification(self) -> bool:
        """Whether nothing is to be paid: "do not use for payment"."""
        return self.amount == 0 and self.message in NOT_FOR_PAYMENT


@dataclass(frozen=True)
class Finding:
    """A rule that a bill breaks. ``rule``: its number in `qr_rules`, "29.3" being the third on line 29."""

    rule: str
    reason: Reason

    def said(self) -> str:
        """Number and words, for people."""
        return f"QR-{self.rule}: {say(self.reason)}"


@dataclass(frozen=True)
class CheckedBill:
    """A bill with the rules it breaks: ``errors`` make a bank refuse it, ``warnings`` a person should know."""

    bill: QrBill
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether no bank would refuse it."""
        return not self.errors
