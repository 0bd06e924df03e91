"""Prove that no money that came in was lost: the money itself against the counters, and against the statements.

Every credit is a row. The rows of each state must be what the counters say, and those of an account and day must make
what the last statement of that day says came in. Payments of ours that came back are part of that, but no such money.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sozialakte.payments.incoming_money import IncomingMoney, MoneyState
from sozialakte.payments.money_answers import state_name
from sozialakte.payments.money_store import MoneyCounts, MoneyStore, StatedDay, counts_of
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason

PAUSE = 2.0
"""Seconds after which what differs is looked at again: an index follows its table, and money comes meanwhile."""
_LOOKS = 3
_PAGE = 500
_Owner = tuple[str, str]  # account and currency


@dataclass(frozen=True)
class MoneyProof:
    """``counts``: what the counters say; ``wrong``: where the money says otherwise; ``more``: days on which more is
    kept than the last statement tells, which proves nothing, for a bank may send several of a day.
    """

    counts: MoneyCounts
    wrong: tuple[Reason, ...]
    more: tuple[Reason, ...]

    @property
    def is_proven(self) -> bool:
        """Nothing is lost."""
        return self.counts.is_proven and not self.wrong


@dataclass(frozen=True)
class ProveMoney:
    """The use case. All money is read."""

    store: MoneyStore

    def __call__(self) -> MoneyProof:
        """The proof; what differs is looked at again."""
        for _ in range(_LOOKS - 1):
            proof = self._look()
            if proof.is_proven:
                return proof
            time.sleep(PAUSE)
        return self._look()

    def _look(self) -> MoneyProof:
        stated, counts = self.store.stated_days(), self.store.counts()
        kept = [money for state in MoneyState for money in self._in_state(state)]
        lost, more = _by_day(kept, stated)
        return MoneyProof(counts, (*_by_state(counts, counts_of(kept)), *lost), tuple(more))

    def _in_state(self, state: MoneyState) -> Iterator[IncomingMoney]:
        cursor: str | None = None
        while True:
            page, cursor = self.store.in_state(state, _PAGE, cursor)
            yield from page
            if cursor is None:
                return


def _by_state(counted: MoneyCounts, found: MoneyCounts) -> Iterator[Reason]:
    for state in MoneyState:
        numbers = {"counted": str(counted.by_state.get(state, 0)), "found": str(found.by_state.get(state, 0))}
        amounts = {"counted_amount": _amounts(counted, state), "found_amount": _amounts(found, state)}
        if numbers["counted"] != numbers["found"] or amounts["counted_amount"] != amounts["found_amount"]:
            yield Reason("cli.money.other_rows", {"state": state_name(state), **numbers, **amounts})


def _amounts(counts: MoneyCounts, state: MoneyState) -> str:
    sums = {currency: cents for (of, currency), cents in sorted(counts.cents.items()) if of is state and cents}
    return ", ".join(_in_words(cents, currency) for currency, cents in sums.items()) or "-"


def _by_day(kept: Iterable[IncomingMoney], stated: Iterable[StatedDay]) -> tuple[list[Reason], list[Reason]]:
    """Days of which less is kept than stated, and of which more is.

    What only a notification told, without a day of booking, may be of any of those days.
    """
    sums, undated = _sums(kept)
    less: dict[_Owner, list[Reason]] = {}
    missing: Counter[_Owner] = Counter()
    more: list[Reason] = []
    for one in stated:
        found, owner = sums[one.account, one.currency, one.day], (one.account, one.currency)
        said = {"account": one.account, "day": f"{one.day:%d.%m.%Y}", "stated": _in_words(one.cents, one.currency)}
        said["kept"] = _in_words(found, one.currency)
        if found < one.cents:
            missing[owner] += one.cents - found
            less.setdefault(owner, []).append(Reason("cli.money.less_than_stated", said))
        elif found > one.cents:
            more.append(Reason("cli.money.more_than_stated", said))
    lost = [reason for owner, reasons in less.items() if missing[owner] > undated[owner] for reason in reasons]
    return lost, more


def _sums(kept: Iterable[IncomingMoney]) -> tuple[Counter[tuple[str, str, date | None]], Counter[_Owner]]:
    """Cents by account, currency and day; and those of which only the day of value is known."""
    by_day: Counter[tuple[str, str, date | None]] = Counter()
    undated: Counter[_Owner] = Counter()
    for one in kept:
        cents = int((one.returned if one.state is MoneyState.DIVIDED else one.amount) * 100)
        by_day[one.account, one.currency, one.booked_on] += cents
        if any(one.days) and one.days[0] is None:
            undated[one.account, one.currency] += abs(cents)
    return by_day, undated


def _in_words(cents: int, currency: str) -> str:
    return str(Money(Decimal(cents) / 100, currency))
