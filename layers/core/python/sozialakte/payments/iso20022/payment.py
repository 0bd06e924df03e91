"""What is to be paid: a file of groups of payments. All ids come from the caller, so a rerun makes the same file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sozialakte.payments.iso20022.payment_types import PaymentType, type_for
from sozialakte.payments.qr_bill import Party
from sozialakte.shared.reasons import Reason


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment. ``reference_type``: QRR, SCOR or NON. ``ultimate_debtor``: for whom we pay, the payer of a QR-bill.

    ``message`` goes beside a reference, or alone where there is none.
    """

    end_to_end_id: str
    invoice_id: str
    creditor: Party
    iban: str
    amount: Decimal
    currency: str = "CHF"
    reference_type: str = "NON"
    reference: str = ""
    message: str = ""
    ultimate_debtor: Party | None = None

    @property
    def kind(self) -> PaymentType:
        """Its Swiss payment type."""
        return type_for(self.iban, self.currency)


@dataclass(frozen=True, slots=True)
class DebtorAccount:
    """An account of ours. ``bic``: of its bank; where there is none, the bank's number in the IBAN names it."""

    iban: str
    name: str
    bic: str = ""
    address: Party | None = None

    @property
    def institution(self) -> str:
        """The bank's clearing number (IID): positions 5 to 9 of a Swiss IBAN."""
        return str(int(self.iban[4:9]))


@dataclass(frozen=True, slots=True)
class PaymentGroup:
    """Payments from one account, in one currency and of one type: a PmtInf of the file."""

    account: DebtorAccount
    currency: str
    kind: PaymentType
    payments: Sequence[Payment]
    batch_booking: bool = True


@dataclass(frozen=True, slots=True)
class Software:
    """Who wrote the file; banks ask for it when something is wrong."""

    name: str = "Sozialakte"
    vendor: str = "Sozialakte"
    version: str = "0.1.0"


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """A message to the bank. ``created_at`` knows its time zone. ``initiating_party``: our name."""

    message_id: str
    created_at: datetime
    initiating_party: str
    execution_date: date
    groups: Sequence[PaymentGroup]
    software: Software = Software()

    @property
    def count(self) -> int:
        """How many payments."""
        return sum(len(group.payments) for group in self.groups)

    @property
    def total(self) -> Decimal:
        """Their amounts added up, whatever the currency."""
        return sum((total_of(group.payments) for group in self.groups), Decimal(0))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A payment, or (with empty ids) the file or one of its accounts, that no bank would take, and why."""

    reasons: tuple[Reason, ...]
    end_to_end_id: str = ""
    invoice_id: str = ""


class PaymentsRefusedError(ValueError):
    """A file cannot be written. ``refusals`` name every payment that stands in the way."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(", ".join(reason.code for refusal in refusals[:10] for reason in refusal.reasons))
        self.refusals = refusals


def total_of(payments: Sequence[Payment]) -> Decimal:
    """The amounts added up."""
    return sum((payment.amount for payment in payments), Decimal(0))


def payment_information_id(message_id: str, number: int) -> str:
    """The id of the group with this number, from 1, in a message: the same in every rerun."""
    return f"{message_id}-{number:02d}"


def grouped(account: DebtorAccount, payments: Sequence[Payment], *, batch_booking: bool = True) -> list[PaymentGroup]:
    """The payments from one account as groups, one for each currency and type; the order within them stays."""
    found: dict[tuple[str, PaymentType], list[Payment]] = {}
    for payment in payments:
        found.setdefault((payment.currency, payment.kind), []).append(payment)
    return [PaymentGroup(account, *key, found[key], batch_booking) for key in sorted(found)]
