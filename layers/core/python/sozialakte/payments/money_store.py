"""Money that came in, in the payments table, and the counters that prove that none got lost.

| to find | how |
|---|---|
| some money | get ``MONEY#<money_id>`` / ``MONEY`` |
| money that is (``money#<state>``), the longest there first | index ``by_state``: ``state_key`` / ``since`` |
| all counters | query ``MONEYLEDGER`` |
| what statements tell of days | query ``MONEYSTATED``: ``<account>#<day>#<currency>`` |

Money, its counters and the claim that it pays change in one transaction. So what came in is always the sum of what is
in each state; money that the bank later told one by one (``DIVIDED``) is not counted, but those are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sozialakte.payments.incoming_money import IncomingMoney, MoneyState
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import (
    NEW,
    Attr,
    Change,
    ConditionFailedError,
    Item,
    Key,
    Part,
    Put,
    Query,
    Table,
    Update,
    transact,
)
from sozialakte.runtime.items import number

_LEDGER, _STATED = "MONEYLEDGER", "MONEYSTATED"
_RECEIVED = "received_count"  # `received` is the key of an index, and a text


class MoneyChangedError(Exception):
    """Somebody said meanwhile what it is (``current`` is what it is now), or the claim got other money."""

    def __init__(self, current: IncomingMoney | None) -> None:
        super().__init__(f"version {current.version}" if current else "gone")
        self.current = current


@dataclass(frozen=True)
class MoneyCounts:
    """How many credits came in, how many are in each state, and their cents by state and currency, and received."""

    received: int
    received_cents: Mapping[str, int] = field(default_factory=dict)
    by_state: Mapping[MoneyState, int] = field(default_factory=dict)
    cents: Mapping[tuple[MoneyState, str], int] = field(default_factory=dict)

    @property
    def is_proven(self) -> bool:
        """By these counts, every credit is in exactly one state, and so is every cent."""
        sums: Counter[str] = Counter()
        for (_, currency), cents in self.cents.items():
            sums[currency] += cents
        kept = {currency: cents for currency, cents in self.received_cents.items() if cents}
        return self.received == sum(self.by_state.values()) and kept == {c: s for c, s in sums.items() if s}


@dataclass(frozen=True)
class StatedDay:
    """What a statement tells of the entries booked on a day that brought money, or took some back."""

    account: str
    day: date
    currency: str
    cents: int


@dataclass(frozen=True)
class MoneyStore:
    """The money in the payments table."""

    table: Table

    def find(self, money_id: str) -> IncomingMoney | None:
        """The money, or None."""
        item = self.table.get(*_key(money_id), consistent=True)
        return _money_of(item) if item else None

    def find_many(self, money_ids: Sequence[str]) -> dict[str, IncomingMoney]:
        """Those of these that exist, by id."""
        rows = self.table.get_many([_key(money_id) for money_id in dict.fromkeys(money_ids)], consistent=True)
        return {money.money_id: money for money in map(_money_of, rows)}

    def save(self, before: IncomingMoney | None, after: IncomingMoney, *others: Part) -> None:
        """New money (``before`` None) or its next version, with what else changes with it.

        Raises `MoneyChangedError`; repeated with the same: nothing.
        """
        when = Attr("version").eq(before.version) if before else NEW
        name = self.table.name
        try:
            transact([Put(name, _item(after), when), *_counter_parts(name, before, after), *others])
        except ConditionFailedError as error:
            current = self.find(after.money_id)
            if current != after:
                raise MoneyChangedError(current) from error

    def in_state(
        self, state: MoneyState, limit: int, cursor: str | None = None
    ) -> tuple[tuple[IncomingMoney, ...], str | None]:
        """Money in a state, the first booked first, and the cursor of the next."""
        page = self.table.query_page(Query(Key("state_key").eq(f"money#{state}"), index="by_state"), limit, cursor)
        return tuple(map(_money_of, page.items)), page.next_cursor

    def note_stated(self, stated: Iterable[StatedDay]) -> None:
        """Keep what the last statement tells."""
        for one in stated:
            keys = {"pk": _STATED, "sk": f"{one.account}#{one.day}#{one.currency}", "entity": "money_stated"}
            self.table.put({**adapter(StatedDay).dump_python(one, mode="json"), **keys})

    def stated_days(self) -> tuple[StatedDay, ...]:
        """Of every account and day, what the last statement told."""
        rows = self.table.query(Query(Key("pk").eq(_STATED), consistent=True))
        names = StatedDay.__dataclass_fields__
        return tuple(adapter(StatedDay).validate_python({name: row[name] for name in names}) for row in rows)

    def counts(self) -> MoneyCounts:
        """What the counters say. That the money itself says so too, `ProveMoney` finds out."""
        told: Counter[str] = Counter()
        for row in self.table.query(Query(Key("pk").eq(_LEDGER), consistent=True)):
            told.update({name: number(row, name) for name in row if name not in {"pk", "sk"}})
        return _counts(told)


def counts_of(money: Sequence[IncomingMoney]) -> MoneyCounts:
    """The counts of this money, counted one by one."""
    told: Counter[str] = Counter()
    for one in money:
        told.update(_counted(one))
    return _counts(told)


def _counter_parts(table: str, before: IncomingMoney | None, after: IncomingMoney) -> Iterator[Update]:
    change = _counted(after)
    change.subtract(_counted(before) if before else {})
    added = {name: value for name, value in change.items() if value}
    if added:
        yield Update(table, _LEDGER, after.money_id[0], Change(add=added))


def _counted(money: IncomingMoney) -> Counter[str]:
    if money.state is MoneyState.DIVIDED:
        return Counter()
    cents = int(money.amount * 100)
    told = {_RECEIVED: 1, f"count/{money.state}": 1}
    return Counter({**told, f"came/{money.currency}": cents, f"cents/{money.state}/{money.currency}": cents})


def _counts(told: Counter[str]) -> MoneyCounts:
    cents, came = {}, {}
    for name, value in told.items():
        kind, *rest = name.split("/")
        if kind == "cents" and value:
            cents[MoneyState(rest[0]), rest[1]] = value
        elif kind == "came":
            came[rest[0]] = value
    states = {state: told[f"count/{state}"] for state in MoneyState if told[f"count/{state}"]}
    return MoneyCounts(told[_RECEIVED], came, states, cents)


def _key(money_id: str) -> tuple[str, str]:
    return f"MONEY#{money_id}", "MONEY"


def _item(money: IncomingMoney) -> Item:
    stored: Item = adapter(IncomingMoney).dump_python(money, mode="json", exclude_none=True)
    pk, sk = _key(money.money_id)
    since = f"{money.booked_on or ''}#{money.money_id}"
    return {**stored, "pk": pk, "sk": sk, "entity": "money", "state_key": f"money#{money.state}", "since": since}


def _money_of(item: Mapping[str, object]) -> IncomingMoney:
    fields = IncomingMoney.__dataclass_fields__
    return adapter(IncomingMoney).validate_python({name: item[name] for name in fields if name in item})
