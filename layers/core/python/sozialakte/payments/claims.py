"""Claims: money that the service asks back or charges (repayments, cost shares), each with a reference of its own.

The QR reference is made of the claim's number, so money that comes in names the claim it pays. Pure but for stdnum.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from sozialakte.payments.check_digits import is_creditor_reference, is_qr_reference
from sozialakte.payments.qr_bill import Party, QrBill
from sozialakte.payments.qr_payload import write_payload
from sozialakte.payments.qr_rules import read_bill
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason

MOST_CLAIMS = 10**10
"""Numbers of claims; the bodies of their references end with them."""
_DIGITS = 26
_RF, _BODY = 4, 12
"""Characters of a creditor reference: RF with the check digits, and ours behind them."""


class ClaimKind(StrEnum):
    """What is asked for: support that was paid without entitlement, or the client's share of costs."""

    REPAYMENT = "repayment"
    COST_SHARE = "cost_share"


class ClaimState(StrEnum):
    """``ISSUED``: its bill was made, nothing was paid. The others compare what came in with what was asked for."""

    ISSUED = "issued"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    OVERPAID = "overpaid"


class ClaimRefusedError(ValueError):
    """No bill can be made of it; ``reasons`` say why."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class ReceivingAccount:
    """Where money comes in: a QR-IBAN and who it belongs to, as on the bill."""

    qr_iban: str
    name: str
    street: str
    building_number: str
    postal_code: str
    town: str
    country: str = "CH"

    @property
    def party(self) -> Party:
        """The creditor of our bills."""
        return Party(self.name, self.street, self.building_number, self.postal_code, self.town, self.country)


@dataclass(frozen=True)
class Demand:
    """What a bill is to be made for. ``reason`` is a line for the client."""

    kind: ClaimKind
    dossier_id: str
    person_id: str
    money: Money
    reason: str
    issued_on: date
    due: date

    @property
    def digest(self) -> str:
        """The same demand of the same day is one claim, however often it is made."""
        told = (self.kind, self.dossier_id, self.person_id, self.money, self.reason, self.issued_on)
        return sha256("\n".join(map(str, told)).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Claim:
    """A demand with its number, and who issued it. ``paid_in``: what came in for it; ``version`` grows with that."""

    number: int
    demand: Demand
    issued_by: str
    paid_in: Decimal = Decimal(0)
    version: int = 1

    @property
    def state(self) -> ClaimState:
        """How far it is paid."""
        if self.paid_in <= 0:
            return ClaimState.ISSUED
        if self.still_owed == 0:
            return ClaimState.PAID
        return ClaimState.PARTLY_PAID if self.still_owed > 0 else ClaimState.OVERPAID

    @property
    def still_owed(self) -> Decimal:
        """Negative if more came than was asked for."""
        return self.demand.money.amount - self.paid_in

    @property
    def reference(self) -> str:
        """Its QR reference."""
        return reference_of(self.number)

    def paid(self, amount: Decimal) -> Claim:
        """The next version, with more money (negative: less)."""
        return replace(self, paid_in=self.paid_in + amount, version=self.version + 1)


def reference_of(number: int) -> str:
    """The QR reference of a claim: its number, filled up to 26 digits, and the check digit (modulo 10, recursive)."""
    from stdnum.ch import esr  # noqa: PLC0415 - as in `check_digits`

    if not 0 < number < MOST_CLAIMS:
        raise ValueError("no number of a claim")
    body = f"{number:0{_DIGITS}d}"
    return body + str(esr.calc_check_digit(body))


def creditor_reference_of(number: int) -> str:
    """The creditor reference (ISO 11649) of a claim, for who pays to an account without a QR-IBAN: its number in it."""
    from stdnum.iso7064 import mod_97_10  # noqa: PLC0415 - as in `reference_of`

    body = f"{number:0{_BODY}d}"
    return f"RF{mod_97_10.calc_check_digits(f'{body}RF')}{body}"


def number_of(reference: str) -> int | None:
    """The number of the claim that a QR or creditor reference names; None for a reference that is none of ours."""
    if is_qr_reference(reference):
        number = int(reference[:_DIGITS])
    elif is_creditor_reference(reference) and reference[_RF:].isdecimal() and len(reference) == _RF + _BODY:
        number = int(reference[_RF:])
    else:
        return None
    return number if 0 < number < MOST_CLAIMS else None


def bill_of(claim: Claim, account: ReceivingAccount, debtor: Party) -> QrBill:
    """The claim as a QR-bill."""
    return QrBill(
        iban=account.qr_iban,
        creditor=account.party,
        amount=claim.demand.money.amount,
        currency=claim.demand.money.currency,
        debtor=debtor,
        reference_type="QRR",
        reference=claim.reference,
        message=claim.demand.reason,
    )


def payload_of(bill: QrBill) -> str:
    """The text of its code. Raises `ClaimRefusedError` with every rule a bank would refuse it for."""
    text = write_payload(bill)
    errors = read_bill(text.encode()).errors
    if errors:
        raise ClaimRefusedError(*(finding.reason for finding in errors))
    return text
