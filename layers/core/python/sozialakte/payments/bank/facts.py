"""What the bank has said about one payment, in whatever order it said it, and what that makes of the invoice. Pure.

Facts only add up: hearing one again, or hearing two the other way round, ends in the same. A payment is one attempt to
pay an invoice; what the bank says of an older attempt changes nothing about the invoice, but stays known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice, invoice_named
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.shared.reasons import Reason

_NUMBERED = "t:"
_DOUBT = "bank_problem."


class FactKind(StrEnum):
    """The bank refused the payment; it took the money; the money came back."""

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
class PaymentFacts:
    """All it said of a payment. ``bookings``: what told of the money going, each a different debit.

    ``problems``: codes (``bank_problem.<code>``) of what a person has to look at. ``early``: the invoice does not know
    of this attempt yet. ``version`` grows with every change; 0: nothing was said.
    """

    end_to_end_id: str
    rejected: str | None = None
    booked_on: date | None = None
    bookings: tuple[str, ...] = ()
    returned: str | None = None
    problems: tuple[str, ...] = ()
    early: bool = False
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

    def heard(self, fact: BankFact) -> PaymentFacts:
        """With one more fact; the same object if it says nothing new."""
        match fact.kind:
            case FactKind.REJECTED:
                return self if self.rejected is not None else replace(self, rejected=fact.why)
            case FactKind.RETURNED:
                return self if self.returned is not None else replace(self, returned=fact.why)
        return self._booked(fact)

    def _booked(self, fact: BankFact) -> PaymentFacts:
        if fact.key in self.bookings:
            return self
        first = min(filter(None, (self.booked_on, fact.on)), default=None)
        return replace(self, booked_on=first, bookings=tuple(sorted({*self.bookings, fact.key})))

    def judged(self, invoice: Invoice | None, fact: BankFact | None = None) -> PaymentFacts:
        """With what is wrong, seen from the invoice; ``fact``: the one that is new."""
        if invoice is None:
            return replace(self, problems=("unknown_invoice",), early=False)
        found = {
            # A sum of a group, and what the bank does not number, may be what was told before in other words.
            "booked_twice": sum(key.startswith(_NUMBERED) for key in self.bookings) > 1,
            "booked_though_rejected": self.rejected is not None and self.is_out,
            "booked_before": self.is_out and invoice.attempt > self.attempt,
            "other_amount": "other_amount" in self.problems or (fact is not None and _is_other_amount(invoice, fact)),
        }
        problems = tuple(sorted(problem for problem, holds in found.items() if holds))
        return replace(self, problems=problems, early=invoice.attempt < self.attempt)


def booking_key(own_ref_key: str | None, entry_key: str) -> str:
    """What told of a debit: the bank's own number of the payment if it gave one, else the entry."""
    return f"{_NUMBERED}{own_ref_key}" if own_ref_key else f"e:{entry_key}"


def after_facts(invoice: Invoice, facts: PaymentFacts, at: datetime) -> Invoice:
    """The invoice as it is once the bank has said this; the same object if nothing changes."""
    if invoice.attempt != facts.attempt:
        return invoice
    warned = _warned(invoice, facts)
    if facts.returned is not None or facts.rejected is not None:
        return _sent_back(warned, facts, at, invoice)
    if facts.bookings and invoice.state is InvoiceState.RELEASED:
        act = Act(Duty.SETTLE, "booked", MACHINE, at, invoice.round, reason=facts.bookings[0])
        return replace(warned.step(InvoiceState.PAID, act, booked_on=facts.booked_on), version=invoice.version + 1)
    if facts.bookings and invoice.state is InvoiceState.APPROVED:
        return _sent_back(warned, facts, at, invoice)  # the money is out, though we thought it was not in the file
    return _noted(warned, at, invoice)


def _sent_back(warned: Invoice, facts: PaymentFacts, at: datetime, invoice: Invoice) -> Invoice:
    if invoice.state not in {InvoiceState.RELEASED, InvoiceState.PAID, InvoiceState.APPROVED} or (
        invoice.state is InvoiceState.APPROVED and not facts.is_out
    ):
        return _noted(warned, at, invoice)
    why = facts.returned if facts.returned is not None else facts.rejected
    what = "bank_returned" if facts.returned is not None else "bank_rejected"
    act = Act(Duty.SETTLE, what if why is not None else "bank_booked", MACHINE, at, invoice.round, reason=why or None)
    told = {"waits_for": None, "round": invoice.round + 1, "booked_on": None}
    return replace(warned.step(InvoiceState.RETURNED, act, **told), version=invoice.version + 1)


def _warned(invoice: Invoice, facts: PaymentFacts) -> Invoice:
    """With a doubt for everything that whoever pays it once more must know, and none that holds no more."""
    others = tuple(doubt for doubt in invoice.doubts if not doubt.code.startswith(_DOUBT))
    doubts = (*others, *(Reason(f"bank_problem.{problem}") for problem in facts.problems))
    return replace(invoice, doubts=doubts) if doubts != invoice.doubts else invoice


def _noted(warned: Invoice, at: datetime, invoice: Invoice) -> Invoice:
    if warned is invoice:
        return invoice
    return warned.changed(Act(Duty.SETTLE, "bank_note", MACHINE, at, invoice.round))


def _is_other_amount(invoice: Invoice, fact: BankFact) -> bool:
    owed = invoice.owed
    if owed is None or fact.amount is None or invoice.attempt != _attempt_of(fact):
        return False
    return fact.currency == owed.currency and abs(fact.amount) != abs(owed.amount)


def _attempt_of(fact: BankFact) -> int:
    named = invoice_named(fact.end_to_end_id)
    return named[1] if named else 0
