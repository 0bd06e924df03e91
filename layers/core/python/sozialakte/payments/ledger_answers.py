"""The proof of the sum, as the routes give it. Numbers and ids only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal

from sozialakte.payments.age_chart import LATE
from sozialakte.payments.bill_ledger import LIMITS, Age
from sozialakte.payments.ledger_books import NOBODY, Counts
from sozialakte.payments.ledger_counters import OwnersPage
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


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
        return cls(month=month, **_facts(counts))


class AgeAnswer(Model):
    """A bar of the chart: unpaid invoices received at most ``up_to_days`` ago (null: longer). ``late``: in orange."""

    age: Age
    name: str
    up_to_days: int | None
    count: int
    late: bool

    @classmethod
    def of(cls, age: Age, count: int) -> AgeAnswer:
        """The bar of an age."""
        name = say(Reason(f"bill_age.{age}"))
        return cls(age=age, name=name, up_to_days=LIMITS.get(age), count=count, late=age in LATE)


class LedgerAnswer(Model):
    """Every invoice ever received is in exactly one state: ``proven`` if that holds for every month, by the counters.

    The bills themselves are compared with the counters by the command ``sozialakte payments ledger``.

    ``ages``: how old the unpaid ones are, the bars of the chart in order.
    """

    proven: bool
    months: list[MonthAnswer]
    ages: list[AgeAnswer]

    @classmethod
    def of(cls, months: Sequence[MonthAnswer], ages: Mapping[Age, int]) -> LedgerAnswer:
        """All months."""
        proven = all(month.proven for month in months) and min(ages.values()) >= 0
        return cls(proven=proven, months=list(months), ages=[AgeAnswer.of(age, count) for age, count in ages.items()])


class OwnerAnswer(Model):
    """The invoices of a creditor or a client received in a month. ``id``: null if they have none, or it is hidden."""

    id: str | None
    hidden: bool
    received: int
    proven: bool
    by_state: dict[str, int]
    amounts: dict[str, dict[str, str]]
    without_amount: int


class OwnersAnswer(Model):
    """A page of creditors or clients of a month. ``proven``: of each of these, received is the sum over the states.

    ``received`` and ``in_a_state``: of all invoices of the month, on whatever page.
    """

    month: str
    proven: bool
    received: int
    in_a_state: int
    lines: list[OwnerAnswer]
    next: str | None

    @classmethod
    def of(cls, month: str, whole: Counts, page: OwnersPage, hidden: AbstractSet[str] = frozenset()) -> OwnersAnswer:
        """The page; of those ``hidden`` from the viewer only the numbers, which the sum needs."""
        lines = [
            OwnerAnswer(id=None if one in hidden or one == NOBODY else one, hidden=one in hidden, **_facts(counts))
            for one, counts in page.owners.items()
        ]
        proven = whole.is_proven and all(line.proven for line in lines)
        return cls(
            month=month,
            proven=proven,
            received=whole.received,
            in_a_state=whole.in_a_state,
            lines=lines,
            next=page.next_cursor,
        )


def _facts(counts: Counts) -> dict[str, object]:
    amounts: dict[str, dict[str, str]] = {}
    for (state, currency), cents in counts.cents.items():
        amounts.setdefault(str(state), {})[currency] = str(Decimal(cents) / 100)
    return {
        "received": counts.received,
        "proven": counts.is_proven,
        "by_state": {str(state): number for state, number in counts.by_state.items()},
        "amounts": amounts,
        "without_amount": sum(counts.without_amount.values()),
    }
