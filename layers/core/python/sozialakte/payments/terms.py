"""What a bill asks for, whatever it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sozialakte.payments.qr_bill import Party
from sozialakte.shared.money import Money


class InvoiceKind(StrEnum):
    """What the paper is: a bill; a receipt of a client who paid already; a credit note, which lowers what is owed."""

    BILL = "bill"
    RECEIPT = "receipt"
    CREDIT_NOTE = "credit_note"


class Field(StrEnum):
    """A value of a bill that a person may have to confirm or correct."""

    IBAN = "iban"
    CREDITOR = "creditor"
    AMOUNT = "amount"
    REFERENCE = "reference"
    INVOICE_NUMBER = "invoice_number"
    INVOICE_DATE = "invoice_date"
    DUE = "due"


@dataclass(frozen=True)
class Discount:
    """``percent`` may be taken off if paid ``until`` then."""

    percent: Decimal
    until: date


@dataclass(frozen=True)
class Where:
    """Where a value was read: ``how`` is ``qr`` (the code), ``text`` (the words in ``said``) or ``person``."""

    how: str
    page: int
    said: str = ""


@dataclass(frozen=True)
class Terms:
    """What is asked for. ``amount`` None: the payer fills it in. ``read`` says of each field where it was read."""

    iban: str
    creditor: Party
    amount: Decimal | None = None
    currency: str = "CHF"
    debtor: Party | None = None
    reference_type: str = "NON"
    reference: str | None = None
    message: str | None = None
    invoice_number: str | None = None
    invoice_date: date | None = None
    due: date | None = None
    discounts: tuple[Discount, ...] = ()
    creditor_uid: str | None = None
    billing_information: str | None = None
    read: Mapping[Field, Where] = field(default_factory=dict)

    @property
    def money(self) -> Money | None:
        """What is asked for, None if nobody has filled it in."""
        return None if self.amount is None else Money(self.amount, self.currency)
