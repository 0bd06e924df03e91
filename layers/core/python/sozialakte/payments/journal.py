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
WARD_BANK, WARD_EXPENSE = "ward.bank", "ward.expense"
"""A ward's own money is not the commune's: it stands outside HRM2."""
UNKNOWN = "unknown"
"""Stands for the account of a category that the list does not have: people see it, and no payment stops for it."""
_MONEY = frozenset({BANK, CLEARING, WARD_BANK})

FindCategory = Callable[[str, date], Category | None]


class EntryKind(StrEnum):
    """An invoice was settled; or that was taken back."""

    BOOKING = "booking"
    REVERSAL = "reversal"


_NUMBER = {EntryKind.BOOKING: 1, EntryKind.REVERSAL: 2}


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
        return self.amount if self.credit in _MONEY else -self.amount

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
    def numbered(self) -> Iterator[tuple[str, Posting]]:
        """The postings with their ids."""
        for number, posting in enumerate(self.postings, start=1):
            yield f"{self.voucher_id}-{number:03d}", posting


@dataclass(frozen=True)
class Sums:
    """Of some entries in one currency: both sides of all accounts, and what went out."""

    debit: Decimal = Decimal()
    credit: Decimal = Decimal()
    settled: Decimal = Decimal()


def voucher_id_of(invoice_id: str, attempt: int, kind: EntryKind) -> str:
    """The id of the voucher for a payment of an invoice; it has the form of a letter's, as every document's."""
    return f"{invoice_id}-{attempt:04d}-{_NUMBER[kind]:04d}"


def entry_of_step(before: Invoice | None, after: Invoice, find: FindCategory) -> Entry | None:
    """What the step from one state to another books; None for most steps.

    Settled: a posting for each line. Settled no more: the same with the sides changed, on the day it came back.
    """
    was, is_now = before is not None and before.state in SETTLED, after.state in SETTLED
    if is_now and not was:
        return _entry(after, EntryKind.BOOKING, after.booked_on or zurich_date(after.since), find)
    if was and before and not is_now:
        return _entry(before, EntryKind.REVERSAL, zurich_date(after.since), find)
    return None


def sums_of(entries: Iterable[Entry]) -> dict[str, Sums]:
    """The sums by currency."""
    told: dict[str, Sums] = {}
    for entry in entries:
        known = told.get(entry.currency, Sums())
        told[entry.currency] = Sums(
            known.debit + sum(side for _, side in _sides(entry) if side > 0),
            known.credit - sum(side for _, side in _sides(entry) if side < 0),
            known.settled + entry.settles,
        )
    return told


def balances(entries: Iterable[Entry]) -> dict[tuple[str, str], Decimal]:
    """What each account has gained (debit) or lost (credit, below zero), by account and currency."""
    told: dict[tuple[str, str], Decimal] = {}
    for entry in entries:
        for account, side in _sides(entry):
            told[account, entry.currency] = told.get((account, entry.currency), Decimal()) + side
    return told


def _sides(entry: Entry) -> Iterator[tuple[str, Decimal]]:
    """Both accounts of each posting; the credit side below zero."""
    for posting in entry.postings:
        yield posting.debit, posting.amount
        yield posting.credit, -posting.amount


def _entry(invoice: Invoice, kind: EntryKind, booked_on: date, find: FindCategory) -> Entry | None:
    owed = invoice.owed
    if owed is None:
        return None
    money = _money_of(invoice)
    booked = [_posting(invoice, line, money, find) for line in invoice.lines or (CodingLine(owed.amount),)]
    postings = booked if kind is EntryKind.BOOKING else [posting.reversed for posting in booked]
    return Entry(
        voucher_id_of(invoice.invoice_id, invoice.attempt, kind),
        invoice.invoice_id,
        invoice.attempt,
        kind,
        booked_on,
        owed.currency,
        invoice.payer,
        tuple(postings),
        invoice.dossier_id,
    )


def _money_of(invoice: Invoice) -> str:
    if invoice.payer is Payer.WARD:
        return WARD_BANK
    return BANK if invoice.state is InvoiceState.PAID else CLEARING


def _posting(invoice: Invoice, line: CodingLine, money: str, find: FindCategory) -> Posting:
    """A category is that of the day its line was coded by: of the period, else of the invoice (`coding_rules`)."""
    day = line.period_from or invoice.terms.invoice_date or zurich_date(invoice.received_at)
    category = find(line.category, day) if line.category else None
    account = WARD_EXPENSE if money == WARD_BANK else category.account if category else UNKNOWN
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
