"""What a bank says, as data: what it makes of our files (pain.002) and what happened on an account (camt.053/.054)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class MessageKind(StrEnum):
    """``STATUS``: what becomes of the payments of a file. ``STATEMENT``: all bookings of a day, with the balances.

    ``NOTIFICATION``: some bookings, mostly those that the statement only gives the sum of.
    """

    STATUS = "pain.002"
    STATEMENT = "camt.053"
    NOTIFICATION = "camt.054"


Days = tuple[date | None, date | None]
"""Of booking, and of value."""
REJECTED = "RJCT"
PARTLY = "PART"
BOOKED = "BOOK"
_NO_NUMBER = frozenset(
    ["", "NA", "NONE", "NONREF", "NOREF", "NOREFERENCE", "NOTAVAILABLE", "NOTPROVIDED", "NULL", "UNKNOWN"]
)
"""What banks write where there is no number, in capitals and letters alone."""


def as_number(said: str) -> str:
    """The number that the bank gave; empty if what stands there is none (``NONREF``, ``Not provided``, ``000``)."""
    plain = "".join(sign for sign in said.upper() if sign.isalnum())
    return "" if plain.strip("0") in _NO_NUMBER else said


@dataclass(frozen=True, slots=True)
class BankReason:
    """Why, as the bank says it: a code of ISO's external lists or of its own, and perhaps words."""

    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """What the bank makes of a file, of one of its groups, or of one payment (STANDARDS 3.8).

    It stands for all that is below what it names and says nothing itself. ``reason``: its own; a refusal without one
    has that of the level above. ``codes``: and words, of all reasons that it gives itself. ``count`` and ``total``:
    how the bank understood the file; None where it does not say. ``status`` is empty where the bank only speaks in
    part.
    """

    message_id: str
    status: str
    payment_information_id: str = ""
    end_to_end_id: str = ""
    reason: BankReason = field(default_factory=BankReason)
    count: int | None = None
    total: Decimal | None = None
    codes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it speaks of: the payment, the group, or the file."""
        return self.end_to_end_id or self.payment_information_id or self.message_id

    @property
    def is_of_file(self) -> bool:
        """It speaks of the whole file."""
        return not self.payment_information_id and not self.end_to_end_id


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment inside an entry. ``amount`` is never negative; ``is_credit``: it came to us.

    ``own_ref``: how the bank names it, the same in every message. ``ordered``: the amount as the order gave it, if
    the bank says so. ``party``: who is on the other side. ``is_return``: a payment of ours that came back.
    """

    amount: Decimal
    currency: str
    is_credit: bool
    own_ref: str = ""
    message_id: str = ""
    payment_information_id: str = ""
    end_to_end_id: str = ""
    reference: str = ""
    text: str = ""
    party: str = ""
    party_iban: str = ""
    is_return: bool = False
    reason: BankReason = field(default_factory=BankReason)
    ordered: tuple[Decimal, str] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A booking on an account, and the payments in it as far as the bank tells them.

    ``own_ref``: how the bank names the entry. ``booked_on``: the day of value where the bank tells none of booking;
    ``days``: that of booking and that of value, as told. ``is_reversal``: it undoes an earlier entry. ``message_id``
    and ``payment_information_id``: the file and group that it books as one sum.
    """

    account: str
    amount: Decimal
    currency: str
    is_credit: bool
    status: str
    own_ref: str = ""
    booked_on: date | None = None
    is_reversal: bool = False
    is_return: bool = False
    message_id: str = ""
    payment_information_id: str = ""
    transfers: tuple[Transfer, ...] = ()
    days: Days = (None, None)

    @property
    def is_booked(self) -> bool:
        """The money has moved; else it only may."""
        return self.status == BOOKED

    @property
    def signed(self) -> Decimal:
        """What it does to the account."""
        return self.amount if self.is_credit else -self.amount

    @property
    def adds_up(self) -> bool:
        """Whether the payments in it are those of its sum; other currencies prove nothing."""
        if not self.transfers or any(one.currency != self.currency for one in self.transfers):
            return True
        return sum((one.amount if one.is_credit else -one.amount for one in self.transfers), Decimal()) == self.signed
