"""What the bank has said about one payment, in whatever order it said it, and what is wrong with that. Pure.

Facts only add up: hearing one again, or hearing two the other way round, ends in the same. A payment is one attempt to
pay an invoice; what the bank says of an older attempt changes nothing about the invoice, but stays known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sozialakte.payments.bank.movements import Movement, most_numbers, with_telling
from sozialakte.payments.invoice import Invoice, invoice_named
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason

DOUBT = "bank_problem."
"""Before the code of a problem: a doubt on the invoice, and a text of the catalogue."""


_OUT = ("booked_before", "booked_though_rejected", "booked_twice")
MONEY_IS_OUT = frozenset(DOUBT + problem for problem in _OUT)
"""Doubts with which an invoice is not paid once more: its creditor has the money."""


class FactKind(StrEnum):
    """The bank refused the payment; it took the money; the money, or some of it, came back."""

    REJECTED = "rejected"
    BOOKED = "booked"
    RETURNED = "returned"


@dataclass(frozen=True)
class BankFact:
    """One thing the bank says. ``key`` names what says so (`telling_key`); ``why`` in words.

    ``amount``: as far as it is comparable.
    """

    kind: FactKind
    end_to_end_id: str
    key: str
    on: date | None = None
    why: str = ""
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class PaymentFacts:
    """All it said of a payment. ``bookings``: what told of the money going; ``debits``: when and how much, if it was
    told so; ``took``: the least of that. ``backs``: what came back. ``returned``: why, once that is all that went.

    ``problems``: codes (``bank_problem.<code>``) of what a person has to look at. ``early``: the invoice does not know
    of this attempt yet. ``decided``: a person said that it counts as come back. ``posted``: what of it is
    in the journal; ``sent_back``: the invoice as it was when it went back, as long as its booking is not. ``version``
    grows with every change; 0: nothing was said.
    """

    end_to_end_id: str
    rejected: str | None = None
    booked_on: date | None = None
    bookings: tuple[str, ...] = ()
    took: Decimal | None = None
    took_currency: str = ""
    backs: tuple[Movement, ...] = ()
    returned: str | None = None
    problems: tuple[str, ...] = ()
    early: bool = False
    decided: bool = False
    owed: Money | None = None
    posted: tuple[str, ...] = ()
    sent_back: Invoice | None = None
    version: int = 0
    debits: tuple[Movement, ...] = ()

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
        """The money went, and not as often as it went it has come back."""
        return self.left > 0

    @property
    def times_booked(self) -> int:
        """How often it went."""
        return most_numbers(self.bookings) if self.bookings else 0

    @property
    def left(self) -> Decimal:
        """What is out, in payments: 1 is one payment of what is owed, or of what the bank took if that is less."""
        owed = abs(self.owed.amount) if self.owed else Decimal()
        if not owed or self.owed is None:
            return Decimal(self.times_booked - (self.returned is not None))
        currency = self.owed.currency
        took = sorted(_up_to(owed, one, currency, owed) for one in self.debits for _ in one.names)
        least = _up_to(owed, Movement(amount=self.took, currency=self.took_currency), currency, owed)
        # Of what an entry told without its amount we know how often it went.
        went = [*took, *[least] * self.times_booked][: self.times_booked]
        back = sum((_up_to(owed, one, currency, Decimal()) * one.count for one in self.backs), Decimal())
        whole = max(back, min(went, default=owed)) if self.returned is not None else back
        return (sum(went, Decimal()) - whole) / owed

    @property
    def doubts(self) -> tuple[Reason, ...]:
        """The problems for people, with the amounts."""
        amounts = {
            "took": _in_words(self.took, self.took_currency),
            "back": ", ".join(_in_words(back.amount, back.currency) for back in self.backs for _ in back.names),
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
                backs = with_telling(self.backs, _movement(fact, fact.amount))
                return self if backs == self.backs else replace(self, backs=backs)
        return self._booked(fact)

    def _booked(self, fact: BankFact) -> PaymentFacts:
        if fact.key in self.bookings:
            return self
        first = min(filter(None, (self.booked_on, fact.on)), default=None)
        amount = None if fact.amount is None else abs(fact.amount)
        debits = with_telling(self.debits, _movement(fact, amount))
        known = replace(self, booked_on=first, bookings=tuple(sorted({*self.bookings, fact.key})), debits=debits)
        if fact.amount is None or (self.took is not None and abs(fact.amount) >= self.took):
            return known
        return replace(known, took=abs(fact.amount), took_currency=fact.currency)

    def judged(self, invoice: Invoice | None) -> PaymentFacts:
        """With what is wrong, seen from the invoice."""
        if invoice is None:
            return replace(self, problems=("unknown_invoice",), early=False)
        owed = self.owed or (invoice.owed if invoice.attempt >= self.attempt else None)
        known = replace(self, owed=owed).with_return
        anew = invoice.attempt > self.attempt or (
            invoice.attempt == self.attempt and invoice.state not in {InvoiceState.RELEASED, InvoiceState.PAID}
        )
        unordered = invoice.run_id is None and invoice.attempt == self.attempt
        found = {
            # A sum of a group, and what the bank does not number, may be what was told before in other words.
            "booked_twice": known.times_booked > 1 and known.left > 1,
            "booked_though_rejected": self.rejected is not None and known.is_out,
            "booked_before": known.is_out
            and anew
            and not unordered
            and (self.rejected is None or invoice.attempt > self.attempt),
            # Given back, because it was not in what went out; yet it was. Taken anew, it is "booked before".
            "booked_unordered": known.is_out and unordered,
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
        """Exactly what went has come back, once or as often as it went."""
        back = self._back(self.owed.currency) if self.owed else None
        if self.owed is None or back is None:
            return False
        whole = (self.took if self.took_other else abs(self.owed.amount)) or Decimal()
        return back in {whole * times for times in range(1, max(self.times_booked, 1) + 1)}

    @property
    def with_return(self) -> PaymentFacts:
        """With why it came back, if its creditor has nothing any more of what the bank took, or of what was owed."""
        if self.returned is not None or not self.backs or self.owed is None:
            return self
        if self._back(self.owed.currency) is None or not self._is_all_back(abs(self.owed.amount), self.owed.currency):
            return self
        return replace(self, returned="; ".join(dict.fromkeys(back.why for back in self.backs)))

    def _back(self, currency: str) -> Decimal | None:
        """What came back in a currency; None if some of it cannot be compared."""
        if any(back.amount is None or back.currency != currency for back in self.backs):
            return None
        return sum(((back.amount or Decimal()) * back.count for back in self.backs), Decimal())

    def _is_all_back(self, owed: Decimal, currency: str) -> bool:
        if self.bookings:
            return not self.is_out
        return sum((_up_to(owed, one, currency, Decimal()) * one.count for one in self.backs), Decimal()) >= owed


def _movement(fact: BankFact, amount: Decimal | None) -> Movement:
    return Movement(fact.on, amount, fact.currency, fact.why, (fact.key,))


def _up_to(most: Decimal, one: Movement, currency: str, otherwise: Decimal) -> Decimal:
    """What of a movement counts as the payment; ``otherwise``, if it cannot be compared."""
    return otherwise if one.amount is None or one.currency != currency else min(one.amount, most)


def _in_words(amount: Decimal | None, currency: str) -> str:
    """As a bank tells it, with fractions of a cent if it does."""
    return "-" if amount is None else f"{currency} {amount:,}".replace(",", "'")
