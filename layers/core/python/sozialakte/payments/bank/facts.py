"""What the bank has said about one payment, in whatever order it said it, and what is wrong with that. Pure.

Facts only add up: hearing one again, or hearing two the other way round, ends in the same. A payment is one attempt to
pay an invoice; what the bank says of an older attempt changes nothing about the invoice, but stays known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sozialakte.payments.invoice import Invoice, invoice_named
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason

_NUMBERED = "t:"
DOUBT = "bank_problem."
"""Before the code of a problem: a doubt on the invoice, and a text of the catalogue."""


class FactKind(StrEnum):
    """The bank refused the payment; it took the money; the money, or some of it, came back."""

    REJECTED = "rejected"
    BOOKED = "booked"
    RETURNED = "returned"


@dataclass(frozen=True)
class BankFact:
    """One thing the bank says. ``key`` names what says so; ``why`` in words; ``amount`` as far as it is comparable."""

    kind: FactKind
    end_to_end_id: str
    key: str
    on: date | None = None
    why: str = ""
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class MoneyBack:
    """Money of a payment that came back; ``why`` in the bank's words."""

    on: date | None
    amount: Decimal | None
    currency: str
    why: str = ""

    @property
    def name(self) -> str:
        """Statement and notification may number it differently: of one day and amount it counts once."""
        return f"{self.on or '-'}/{self.currency} {self.amount}"


@dataclass(frozen=True)
class PaymentFacts:
    """All it said of a payment. ``bookings``: what told of the money going, each a different debit; ``took``: how much.

    ``backs``: what came back. ``returned``: why, once that is all of it. ``problems``: codes (``bank_problem.<code>``)
    of what a person has to look at. ``early``: the invoice does not know of this attempt yet. ``decided``: a
    person said that it counts as come back. ``posted``: what of it is
    in the journal; ``sent_back``: the invoice as it was when it went back, as long as its booking is not. ``version``
    grows with every change; 0: nothing was said.
    """

    end_to_end_id: str
    rejected: str | None = None
    booked_on: date | None = None
    bookings: tuple[str, ...] = ()
    took: Decimal | None = None
    took_currency: str = ""
    backs: tuple[MoneyBack, ...] = ()
    returned: str | None = None
    problems: tuple[str, ...] = ()
    early: bool = False
    decided: bool = False
    owed: Money | None = None
    posted: tuple[str, ...] = ()
    sent_back: Invoice | None = None
    version: int = 0

    @property
    def attempt(self) -> int:
        """Which payment of the invoice it is."""
        named = invoice_named(self.end_to_end_id)
        return named[1] if named else 0

    @property
    def invoice_id(self) -> str:
        """The invoice that it pays."""
        named = invoice_named(self.end_to_end_id)
        return named[0] if named else ""

    @property
    def is_out(self) -> bool:
        """The money went and has not come back."""
        return bool(self.bookings) and self.returned is None

    @property
    def doubts(self) -> tuple[Reason, ...]:
        """The problems for people, with the amounts."""
        amounts = {
            "took": _in_words(self.took, self.took_currency),
            "back": ", ".join(_in_words(back.amount, back.currency) for back in self.backs),
            "owed": str(self.owed or "-"),
        }
        named = {"other_amount": ("took", "owed"), "returned_other_amount": ("back", "owed")}
        return tuple(
            Reason(f"{DOUBT}{problem}", {name: amounts[name] for name in named.get(problem, ())})
            for problem in self.problems
        )

    def heard(self, fact: BankFact) -> PaymentFacts:
        """With one more fact; the same object if it says nothing new."""
        match fact.kind:
            case FactKind.REJECTED:
                return self if self.rejected is not None else replace(self, rejected=fact.why)
            case FactKind.RETURNED:
                return self._came_back(MoneyBack(fact.on, fact.amount, fact.currency, fact.why))
        return self._booked(fact)

    def _came_back(self, back: MoneyBack) -> PaymentFacts:
        if back.name in {known.name for known in self.backs}:
            return self
        return replace(self, backs=tuple(sorted((*self.backs, back), key=lambda one: one.name)))

    def _booked(self, fact: BankFact) -> PaymentFacts:
        if fact.key in self.bookings:
            return self
        first = min(filter(None, (self.booked_on, fact.on)), default=None)
        known = replace(self, booked_on=first, bookings=tuple(sorted({*self.bookings, fact.key})))
        if fact.amount is None or (self.took is not None and abs(fact.amount) >= self.took):
            return known
        return replace(known, took=abs(fact.amount), took_currency=fact.currency)

    def judged(self, invoice: Invoice | None) -> PaymentFacts:
        """With what is wrong, seen from the invoice."""
        if invoice is None:
            return replace(self, problems=("unknown_invoice",), early=False)
        owed = self.owed or (invoice.owed if invoice.attempt >= self.attempt else None)
        known = replace(self, owed=owed, returned=self._whole(owed))
        found = {
            # A sum of a group, and what the bank does not number, may be what was told before in other words.
            "booked_twice": sum(key.startswith(_NUMBERED) for key in self.bookings) > 1,
            "booked_though_rejected": self.rejected is not None and known.is_out,
            "booked_before": known.is_out and invoice.attempt > self.attempt,
            # Given back, because it was not in what went out; yet it was. Taken anew, it is "booked before".
            "booked_unordered": known.is_out and invoice.run_id is None and invoice.attempt == self.attempt,
            "other_amount": known.took_other,
            "returned_other_amount": bool(self.backs) and not known.is_back_as_taken and not self.decided,
        }
        problems = tuple(sorted(problem for problem, holds in found.items() if holds))
        return replace(known, problems=problems, early=invoice.attempt < self.attempt)

    @property
    def took_other(self) -> bool:
        """The bank took another amount than what was owed, as far as that can be compared."""
        if self.took is None or self.owed is None or self.took_currency != self.owed.currency:
            return False
        return self.took != abs(self.owed.amount)

    @property
    def is_back_as_taken(self) -> bool:
        """Exactly what went has come back."""
        if self.owed is None:
            return False
        return self._back(self.owed.currency) == (self.took if self.took_other else abs(self.owed.amount))

    def _whole(self, owed: Money | None) -> str | None:
        """Why it came back, if its creditor has nothing any more of what the bank took, or of what was owed."""
        if self.returned is not None or not self.backs or owed is None:
            return self.returned
        took = self.took if self.took is not None and self.took_currency == owed.currency else None
        least = min(filter(None, (took, abs(owed.amount))), default=Decimal())
        if (self._back(owed.currency) or Decimal()) < least:
            return None
        return "; ".join(dict.fromkeys(back.why for back in self.backs))

    def _back(self, currency: str) -> Decimal | None:
        """What came back in a currency; None if some of it cannot be compared."""
        if any(back.amount is None or back.currency != currency for back in self.backs):
            return None
        return sum((back.amount or Decimal() for back in self.backs), Decimal())


def _in_words(amount: Decimal | None, currency: str) -> str:
    """As a bank tells it, with fractions of a cent if it does."""
    return "-" if amount is None else f"{currency} {amount:,}".replace(",", "'")


def booking_key(own_ref_key: str | None, entry_key: str) -> str:
    """What told of a debit: the bank's own number of the payment if it gave one, else the entry."""
    return f"{_NUMBERED}{own_ref_key}" if own_ref_key else f"e:{entry_key}"
