"""The sums of entries of the journal, by currency and by account. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from sozialakte.payments.journal import Entry


@dataclass(frozen=True)
class Sums:
    """Of some entries in one currency: both sides of all accounts, and what went out.

    ``difference``: what of that settles no invoice, as long as people have not cleared it up.
    """

    debit: Decimal = Decimal()
    credit: Decimal = Decimal()
    settled: Decimal = Decimal()
    difference: Decimal = Decimal()


def sums_of(entries: Iterable[Entry]) -> dict[str, Sums]:
    """The sums by currency."""
    told: dict[str, Sums] = {}
    for entry in entries:
        known = told.get(entry.currency, Sums())
        told[entry.currency] = Sums(
            known.debit + sum(side for _, side in _sides(entry) if side > 0),
            known.credit - sum(side for _, side in _sides(entry) if side < 0),
            known.settled + entry.settles,
            known.difference + entry.difference,
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
