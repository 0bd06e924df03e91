"""What a run orders the bank to pay, and from which accounts. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sozialakte.payments.invoice import invoice_named
from sozialakte.payments.iso20022.payment import DebtorAccount, Payment
from sozialakte.payments.runs.run import LeftOut, Total, totals_of


class Risk(StrEnum):
    """Why somebody should rather look at a payment (`sample.WEIGHTS`)."""

    PAID_AGAIN = "paid_again"
    NEW_IBAN = "new_iban"
    FIRST_PAYMENT = "first_payment"
    TWIN_CLEARED = "twin_cleared"
    STANDING_IN = "standing_in"
    PARTIAL = "partial"
    FROM_TEXT = "from_text"
    EXCHANGED = "exchanged"


@dataclass(frozen=True)
class PayingAccount:
    """An account that money is paid from; ``profile`` names the wishes of its bank (`bank_profile.PROFILES`)."""

    iban: str
    name: str
    bic: str = ""
    profile: str = "sps"
    currency: str = "CHF"

    @property
    def debtor(self) -> DebtorAccount:
        """As the bank's file names it."""
        return DebtorAccount(self.iban, self.name, self.bic)


@dataclass(frozen=True)
class Order:
    """A payment of an invoice as it was in a ``version``; ``account`` is the IBAN it is paid from.

    ``part``: which of the run's files it goes into, from 1.
    ``persons`` entered or approved the invoice; ``payees`` are the members of staff who get the money, if it is any.
    """

    payment: Payment
    version: int
    account: str
    due: date
    part: int = 0
    persons: tuple[str, ...] = ()
    payees: tuple[str, ...] = ()
    risks: tuple[Risk, ...] = ()

    @property
    def invoice_id(self) -> str:
        """The invoice it pays."""
        return self.payment.invoice_id

    @property
    def attempt(self) -> int:
        """How often the invoice was released then, this time included."""
        named = invoice_named(self.payment.end_to_end_id)
        return named[1] if named else 0


@dataclass(frozen=True)
class BookHeader:
    """What all orders of a run have in common. ``payer``: our name."""

    run_id: str
    execution_day: date
    payer: str
    accounts: tuple[PayingAccount, ...]


@dataclass(frozen=True)
class OrderBook:
    """All of a run, written once; everything that goes to the bank is made of it."""

    header: BookHeader
    orders: tuple[Order, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def totals(self) -> dict[str, Total]:
        """Count and amount by currency."""
        return totals_of((order.payment.currency, order.payment.amount) for order in self.orders)

    @property
    def persons(self) -> tuple[str, ...]:
        """Who entered or approved any of it."""
        return tuple(sorted({person for order in self.orders for person in order.persons}))

    @property
    def payees(self) -> tuple[str, ...]:
        """The members of staff who get money by it."""
        return tuple(sorted({payee for order in self.orders for payee in order.payees}))
