"""What the bank's words about a payment put into the journal: from all that is known, in whatever order it came. Pure.

The money goes out on the day of the booking and comes in on the day of the return, as on the bank's statement. What of
that settles no invoice stands on an account of differences: people clear it up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from sozialakte.payments.bank.bill_steps import act_back, act_booked
from sozialakte.payments.bank.facts import PaymentFacts
from sozialakte.payments.bank.movements import Movement
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal import Entry, EntryKind, FindCategory, entry_of, more_paid, part_of_return
from sozialakte.shared.clock import zurich_date

_BOOKING, _REVERSAL = str(EntryKind.BOOKING), str(EntryKind.REVERSAL)
_OUT = "out:"
"""Before the name of a debit that is in the journal."""
_Other = tuple[str, Callable[[int], Entry], Invoice]


@dataclass(frozen=True)
class Due:
    """An entry that is not in the journal yet. ``names``: what of `PaymentFacts` is then posted.

    ``invoice``: as its voucher shows it.
    """

    names: tuple[str, ...]
    entry: Entry
    invoice: Invoice


@dataclass(frozen=True)
class BankPostings:
    """Of one payment. ``before`` and ``after``: its invoice, before and after what the bank says is done."""

    facts: PaymentFacts
    before: Invoice
    after: Invoice
    at: datetime
    find: FindCategory

    def due(self) -> Iterator[Due]:
        """What is to be booked now. Nothing, before the bank has booked the payment and the invoice knows of it."""
        if self.facts.bookings and not self.facts.early:
            yield from self._booking()
            yield from self._others()
            if not self._is_paid:
                yield from self._reversal()

    @property
    def _is_paid(self) -> bool:
        return self.after.attempt == self.facts.attempt and self.after.state is InvoiceState.PAID

    @property
    def _was_paid(self) -> bool:
        return self.before.attempt == self.facts.attempt and self.before.state is InvoiceState.PAID

    @property
    def _whole(self) -> Movement | None:
        """All came back at once, and is not posted yet: reversal and return are one."""
        if self.facts.returned is None or len(self.facts.backs) != 1 or self._is_paid:
            return None
        (back,) = self.facts.backs
        if back.count != 1:
            return None
        return None if self._has(_REVERSAL, back.name) else back

    def _has(self, *names: str) -> bool:
        return not set(names).isdisjoint(self.facts.posted)

    def _booking(self) -> Iterator[Due]:
        if not self._is_booked:
            first = self._first
            entry = entry_of(self._paid, EntryKind.BOOKING, self._first_day, self.find, moved=self._took(first))
            if entry:
                yield Due((_BOOKING, *((_OUT + first.name,) if first else ())), entry, self._paid)

    @property
    def _is_booked(self) -> bool:
        return self._has(_BOOKING) or self._was_paid

    @property
    def _first(self) -> Movement | None:
        """The debit that settles the invoice: of several the least, and of those the first."""
        told = [one for one in self.facts.debits if self._comparable(one)]
        return min(told, key=lambda one: (one.amount or 0, one.on or date.max), default=None)

    @property
    def _first_day(self) -> date:
        only_one = self.facts.times_booked == 1 or self._first is None
        return self._day(self.facts.booked_on if only_one else self._first.on if self._first else None)

    def _took(self, first: Movement | None) -> Decimal | None:
        """What the bank took, if that is not what is owed."""
        if first is None:
            return self.facts.took if self.facts.took_other else None
        return first.amount if self.facts.owed and first.amount != abs(self.facts.owed.amount) else None

    def _others(self) -> Iterator[Due]:
        """What else went, and what came back in parts: each under a number of its own."""
        number = sum(name.startswith(_OUT) or "/" in name for name in self.facts.posted)
        for name, entry_with, invoice in (*self._more(), *self._parts()):
            number += 1
            yield Due((name,), entry_with(number), invoice)

    def _more(self) -> Iterator[_Other]:
        """Every debit after the first, as often as one kind of message tells of it."""
        first = _OUT + self._first.name if self._first and not self._is_booked else ""
        posted = sum(name.startswith(_OUT) for name in self.facts.posted)
        missing = self.facts.times_booked - (posted if posted and self._is_booked else 1)
        names = ((_OUT + name, one) for one in self.facts.debits for name in one.names)
        new = [(name, one) for name, one in names if name != first and not self._has(name) and self._comparable(one)]
        for name, one in new[: max(missing, 0)]:
            yield name, partial(self._once_more, one), self._paid

    def _once_more(self, one: Movement, number: int) -> Entry:
        return more_paid(self._paid, number, self._day(one.on), one.amount or Decimal())

    def _parts(self) -> Iterator[_Other]:
        for back in self.facts.backs:
            for name in back.names:
                if back is not self._whole and not self._has(name) and self._comparable(back) and back.amount:
                    yield name, partial(self._came, back), self._back if not self._is_paid else self.after

    def _came(self, back: Movement, number: int) -> Entry:
        return part_of_return(self._paid, number, self._day(back.on), back.amount or Decimal())

    def _reversal(self) -> Iterator[Due]:
        whole = self._whole if self._whole and self._comparable(self._whole) else None
        if self._has(_REVERSAL):
            return
        last = max((back.on for back in self.facts.backs if back.on), default=None)
        on = whole.on if whole else last if self.facts.returned is not None else self.facts.booked_on
        moved = whole.amount if whole else None
        entry = entry_of(self._paid, EntryKind.REVERSAL, self._day(on), self.find, moved=moved, held=whole is None)
        if entry:
            yield Due((_REVERSAL, *((whole.name,) if whole else ())), entry, self._back)

    def _comparable(self, back: Movement) -> bool:
        return self.facts.owed is not None and back.currency == self.facts.owed.currency and back.amount is not None

    def _day(self, on: date | None) -> date:
        return on or zurich_date(self.at)

    @property
    def _paid(self) -> Invoice:
        """The invoice as the bank booked it, though it may have gone back before, or been paid anew since."""
        for known in (self.after, self.before):
            if known.state is InvoiceState.PAID and known.attempt == self.facts.attempt:
                return known
        was = self.facts.sent_back or replace(self.before, attempt=self.facts.attempt)
        act = act_booked(self.facts, self.at, was.round)
        return replace(was, state=InvoiceState.PAID, booked_on=self.facts.booked_on, acts=(*was.acts, act))

    @property
    def _back(self) -> Invoice:
        """The invoice as it went back."""
        if self.after is not self.before and self.before.state is InvoiceState.PAID:
            return self.after
        paid = self._paid
        acts = (*paid.acts, act_back(self.facts, self.at, paid.round))
        return replace(paid, state=InvoiceState.RETURNED, booked_on=None, acts=acts)


def with_posted(facts: PaymentFacts, before: Invoice, after: Invoice, due: tuple[Due, ...]) -> PaymentFacts:
    """What is known once these entries are in the journal; the invoice is kept until its booking is."""
    posted = (*facts.posted, *(name for one in due for name in one.names))
    went_back = after is not before and after.state is InvoiceState.RETURNED
    kept = before if went_back and facts.sent_back is None else facts.sent_back
    return replace(facts, posted=tuple(sorted(set(posted))), sent_back=None if _BOOKING in posted else kept)
