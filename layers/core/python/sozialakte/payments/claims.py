"""Claims: money that the service asks back or charges (repayments, cost shares), each with a reference of its own.

The QR reference is made of the claim's number, so money that comes in names the claim it pays. Pure but for stdnum.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from sozialakte.payments.check_digits import is_qr_reference
from sozialakte.payments.qr_bill import Party, QrBill
from sozialakte.payments.qr_payload import write_payload
from sozialakte.payments.qr_rules import read_bill
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason

MOST_CLAIMS = 10**10
"""Numbers of claims; the bodies of their references end with them."""
_DIGITS = 26


class ClaimKind(StrEnum):
    """What is asked for: support that was paid without entitlement, or the client's share of costs."""

    REPAYMENT = "repayment"
    COST_SHARE = "cost_share"


class ClaimState(StrEnum):
    """``ISSUED``: its bill was made."""

    ISSUED = "issued"


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
    """A demand with its number, and who issued it."""

    number: int
    demand: Demand
    issued_by: str
    state: ClaimState = ClaimState.ISSUED

    @property
    def reference(self) -> str:
        """Its QR reference."""
        return reference_of(self.number)


def reference_of(number: int) -> str:
    """The QR reference of a claim: its number, filled up to 26 digits, and the check digit (modulo 10, recursive)."""
    from stdnum.ch import esr  # noqa: PLC0415 - as in `check_digits`

    if not 0 < number < MOST_CLAIMS:
        raise ValueError("no number of a claim")
    body = f"{number:0{_DIGITS}d}"
    return body + str(esr.calc_check_digit(body))


def number_of(reference: str) -> int | None:
    """The number of the claim that a reference names; None for a reference that is none of ours."""
    number = int(reference[:_DIGITS]) if is_qr_reference(reference) else 0
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
