"""The proof of the sum, as the routes give it. Numbers only."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sozialakte.payments.ledger_counters import Counts
from sozialakte.shared.model import Model


class MonthAnswer(Model):
    """The invoices received in a month: how many, how many in each state, and their amounts by state and currency."""

    month: str
    received: int
    proven: bool
    by_state: dict[str, int]
    amounts: dict[str, dict[str, str]]
    without_amount: int

    @classmethod
    def of(cls, month: str, counts: Counts) -> MonthAnswer:
        """The counts of a month."""
        amounts: dict[str, dict[str, str]] = {}
        for (state, currency), cents in counts.cents.items():
            amounts.setdefault(str(state), {})[currency] = str(Decimal(cents) / 100)
        return cls(
            month=month,
            received=counts.received,
            proven=counts.is_proven,
            by_state={str(state): number for state, number in counts.by_state.items()},
            amounts=amounts,
            without_amount=sum(counts.without_amount.values()),
        )


class LedgerAnswer(Model):
    """Every invoice ever received is in exactly one state: ``proven`` if that holds for every month."""

    proven: bool
    months: list[MonthAnswer]

    @classmethod
    def of(cls, months: Sequence[MonthAnswer]) -> LedgerAnswer:
        """All months."""
        return cls(proven=all(month.proven for month in months), months=list(months))
