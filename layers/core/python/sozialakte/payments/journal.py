"""The journal of client accounts: what a settled invoice is booked on, and what takes it back when the money returns.

Every posting has one amount above zero and two accounts, so debit is credit in whatever part of the journal. A credit
note, or money that came back, changes the sides (STANDARDS: HRM2, function.nature of the category). Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sozialakte.payments.categories import Category
from sozialakte.payments.invoice import CodingLine, Invoice, Payer
from sozialakte.payments.invoice_states import SETTLED, InvoiceState
from sozialakte.shared.clock import zurich_date

BANK = "1002.00"
"""HRM2, balance: bank. What we pay."""
CLEARING = "1015.00"
"""HRM2, balance: internal current accounts. What those who lead the payments pay for us."""
DIFFERENCE = "1015.90"
"""HRM2, balance: as above. What the bank moved otherwise than the invoice says, until people have cleared it up."""
WARD_BANK, WARD_EXPENSE, WARD_DIFFERENCE = "ward.bank", "ward.expense", "ward.difference"
"""A ward's own money is not the commune's: it stands outside HRM2."""
UNKNOWN = "unknown"
"""Stands for the account of a category that the list does not have: people see it, and no payment stops for it."""
_MONEY = frozenset({BANK, CLEARING, WARD_BANK})
DIFFERENCES = frozenset({DIFFERENCE, WARD_DIFFERENCE})

FindCategory = Callable[[str, date], Category | None]


class EntryKind(StrEnum):
    """An invoice was settled; or that was taken back."""

    BOOKING = "booking"
    REVERSAL = "reversal"


_NUMBER = {EntryKind.BOOKING: 1, EntryKind.REVERSAL: 2}
_WHOLE = max(_NUMBER.values())


@dataclass(frozen=True)
class Posting:
    """``amount`` (above zero) goes from ``credit`` to ``debit``.

    ``support``: counts as support under Art. 3 ZUG, so statistics want the person. ``person_id`` None: for the whole
    support unit. ``category_name``: as the list had it then.
    """

    debit: str
    credit: str
    amount: Decimal
    category: str | None = None
    category_name: str | None = None
    person_id: str | None = None
    period_from: date | None = None
    period_to: date | None = None
    support: bool = False

    @property
    def settles(self) -> Decimal:
        """What of it went out: below zero if money came in."""
        return self._moved(_MONEY)

    @property
    def difference(self) -> Decimal:
        """What of it went out, or stayed out, and settles nothing: below zero if we have money that is not cleared."""
        return -self._moved(DIFFERENCES)

    def _moved(self, accounts: frozenset[str]) -> Decimal:
        """What left these accounts."""
        return self.amount * ((self.credit in accounts) - (self.debit in accounts))

    @property
    def reversed(self) -> Posting:
        """The same with the sides changed."""
        return Posting(**{**vars(self), "debit": self.credit, "credit": self.debit})


@dataclass(frozen=True)
class Entry:
    """What one settlement of an invoice puts on the account of its client; ``voucher_id`` names it for ever."""

    voucher_id: str
    invoice_id: str
    attempt: int
    kind: EntryKind
    booked_on: date
    currency: str
    payer: Payer
    postings: tuple[Posting, ...]
    dossier_id: str | None = None

    @property
    def settles(self) -> Decimal:
        """What of it went out."""
        return sum((posting.settles for posting in self.postings), Decimal())

    @property
    def difference(self) -> Decimal:
        """What of it is to be cleared up (`Posting.difference`)."""
        return sum((posting.difference for posting in self.postings), Decimal())

    @property
    def takes_back(self) -> bool:
        """It says that the invoice is settled no more, not only that some money came back."""
        return self.kind is EntryKind.REVERSAL and self.settles != self.difference

    @property
    def numbered(self) -> Iterator[tuple[str, Posting]]:
        """The postings with their ids."""
        for number, posting in enumerate(self.postings, start=1):
            yield f"{self.voucher_id}-{number:03d}", posting


def voucher_id_of(invoice_id: str, attempt: int, kind: EntryKind, part: int = 0) -> str:
    """The id of the voucher for a payment of an invoice; it has the form of a letter's, as every document's.

    ``part`` (from 1): of money that came back by and by, or went once more.
    """
    number = _WHOLE + part if part else _NUMBER[kind]
    return f"{invoice_id}-{attempt:04d}-{number:04d}"


def entry_of_step(before: Invoice | None, after: Invoice, find: FindCategory) -> Entry | None:
    """What the step from one state to another books; None for most steps.

    Settled: a posting for each line. Settled no more: the same with the sides changed, on the day it came back.
    """
    was, is_now = before is not None and before.state in SETTLED, after.state in SETTLED
    if is_now and not was:
        return entry_of(after, EntryKind.BOOKING, after.booked_on or zurich_date(after.since), find)
    if was and before and not is_now:
        return entry_of(before, EntryKind.REVERSAL, zurich_date(after.since), find)
    return None


def entry_of(
    invoice: Invoice,
    kind: EntryKind,
    booked_on: date,
    find: FindCategory,
    *,
    moved: Decimal | None = None,
    held: bool = False,
) -> Entry | None:
    """What a settled invoice, or taking that back, books; None if it owes nothing.

    ``moved``: what the bank moved, if that is not what is owed; the rest is a difference. ``held``: it moved nothing.
    """
    owed = invoice.owed
    if owed is None:
        return None
    money = _difference_of(invoice) if held else _money_of(invoice)
    booked = [_posting(invoice, line, money, find) for line in invoice.lines or (CodingLine(owed.amount),)]
    gap = abs(moved) - abs(owed.amount) if moved is not None and not held else Decimal()
    if gap:
        more = Posting(_difference_of(invoice), money, abs(gap))
        booked.append(more if (gap > 0) == (owed.amount > 0) else more.reversed)
    postings = booked if kind is EntryKind.BOOKING else [posting.reversed for posting in booked]
    return _entry(invoice, voucher_id_of(invoice.invoice_id, invoice.attempt, kind), kind, booked_on, postings)


def part_of_return(invoice: Invoice, number: int, booked_on: date, amount: Decimal) -> Entry:
    """Some of the money of a settled invoice came back: it is settled all the same until people say otherwise."""
    back = Posting(_money_of(invoice), _difference_of(invoice), amount)
    credit = invoice.owed is not None and invoice.owed.amount < 0
    name = voucher_id_of(invoice.invoice_id, invoice.attempt, EntryKind.REVERSAL, number)
    return _entry(invoice, name, EntryKind.REVERSAL, booked_on, [back.reversed if credit else back])


def more_paid(invoice: Invoice, number: int, booked_on: date, amount: Decimal) -> Entry:
    """The bank took the money of a settled invoice once more: that settles nothing, until people have cleared it up."""
    more = Posting(_difference_of(invoice), _money_of(invoice), amount)
    name = voucher_id_of(invoice.invoice_id, invoice.attempt, EntryKind.BOOKING, number)
    return _entry(invoice, name, EntryKind.BOOKING, booked_on, [more])


def _entry(invoice: Invoice, voucher_id: str, kind: EntryKind, booked_on: date, postings: Iterable[Posting]) -> Entry:
    currency = invoice.owed.currency if invoice.owed else invoice.terms.currency
    return Entry(
        voucher_id,
        invoice.invoice_id,
        invoice.attempt,
        kind,
        booked_on,
        currency,
        invoice.payer,
        tuple(postings),
        invoice.dossier_id,
    )


def _difference_of(invoice: Invoice) -> str:
    return WARD_DIFFERENCE if invoice.payer is Payer.WARD else DIFFERENCE


def _money_of(invoice: Invoice) -> str:
    if invoice.payer is Payer.WARD:
        return WARD_BANK
    return CLEARING if invoice.state is InvoiceState.PASSED_ON else BANK


def _posting(invoice: Invoice, line: CodingLine, money: str, find: FindCategory) -> Posting:
    """A category is that of the day its line was coded by: of the period, else of the invoice (`coding_rules`)."""
    day = line.period_from or invoice.terms.invoice_date or zurich_date(invoice.received_at)
    category = find(line.category, day) if line.category else None
    account = WARD_EXPENSE if invoice.payer is Payer.WARD else category.account if category else UNKNOWN
    posting = Posting(
        account,
        money,
        abs(line.amount),
        line.category,
        category.name if category else None,
        line.person_id,
        line.period_from,
        line.period_to,
        support=category.support if category else False,
    )
    return posting if line.amount > 0 else posting.reversed
