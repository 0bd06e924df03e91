"""Say what money that comes in pays: the claim that its reference names, or those that amount and name propose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import takewhile

from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.claims import Claim
from sozialakte.payments.incoming_money import (
    WAITING,
    IncomingMoney,
    MoneyAct,
    MoneyState,
    another_id,
    entry_id,
    is_numbered,
    is_other,
    is_same_day,
    is_same_name,
    money_in,
    telling_of,
    whole_of,
)
from sozialakte.payments.invoice import MACHINE
from sozialakte.payments.iso20022.bank_message import Entry, Transfer
from sozialakte.payments.money_store import MoneyChangedError, MoneyStore
from sozialakte.register import Person
from sozialakte.runtime.dynamo import WriteConflictError

MOST_PROPOSALS = 5
_ATTEMPTS = 10
_FEW, _MANY = 4, 100
"""Entries alike that are looked for at once: there is mostly one, and a batch get takes a hundred."""
_LISTED = 50
"""Ids of payments that a divided sum keeps: a row has its limit."""
FindPerson = Callable[[str], Person | None]
CountAlike = Callable[[str], int]
"""How many of this name there were before in the message."""


@dataclass(frozen=True)
class MatchMoney:
    """The use case with what it works on. ``person`` gives the person with an id, as the register knows them."""

    store: MoneyStore
    claims: ClaimStore
    person: FindPerson
    now: datetime

    def __call__(
        self, entry: Entry, transfers: Sequence[Transfer] | None, position: int = 0, nth: CountAlike = lambda _: 0
    ) -> bool:
        """Keep the money of an entry; whether a number of the bank's in it stands for other money too.

        ``transfers``: those in it that are nothing else; None: the bank does not tell them. ``position``: among the
        entries alike of its message, of those without a number; ``nth`` counts what else is alike there. What was kept
        stays, however often it is told. A sum of which the bank tells the payments later, or told them before, is the
        same money.

        Entries alike are as many as tell different payments, and no fewer than the most that one message has: a
        statement has all of its day. Raises `WriteConflictError`.
        """
        place = nth(f"{entry_id(entry)} {entry.booked_on}") if entry.own_ref else position
        used_twice = transfers is not None and self._tell(_Told.of(entry, transfers, place, nth))
        if transfers is None or place or not entry.own_ref:
            self._keep_sum(entry, place)
        return used_twice or (bool(entry.own_ref) and len(self._known_of(entry)) > 1)

    def _tell(self, told: _Told) -> bool:
        """Keep the payments of an entry, in place of its sum."""
        entry = told.entry
        sums, _ = self._sums(entry)
        if self._is_told(told, sums):
            return False
        undivided = _to_divide(sums)
        said = undivided.last_act if undivided and undivided.state not in WAITING else None
        kept = [self._keep(money, place, said) for money, place in zip(told.money, told.places, strict=True)]
        self._divide(told, [money.money_id for money, _ in kept])
        return any(odd for _, odd in kept)

    def _is_told(self, told: _Told, sums: Sequence[IncomingMoney]) -> bool:
        """Its payments are kept, in these words or, of an entry with a number, in others."""
        if any(one.told_by == told.telling and not self._is_other(one, told) for one in sums):
            return True
        if not told.entry.own_ref:
            return False
        divided = [one for one in sums if one.state is MoneyState.DIVIDED]
        in_words = [one for one in divided if not (is_numbered(one.told_by) and is_numbered(told.telling))]
        fitting = [one for one in in_words if not self._is_other(one, told)]
        return len(fitting) > told.same and len(sums) > told.place

    def _is_other(self, divided: IncomingMoney, told: _Told) -> bool:
        """The payments of a sum are not those that are told now, whatever the numbers say."""
        if len(divided.parts) != len(told.money) or len(told.money) >= _LISTED:
            return False
        left = list(self.store.find_many(divided.parts).values())
        for money in told.money:
            fitting = next((one for one in left if not is_other(one, money)), None)
            if fitting is None:
                return True
            left.remove(fitting)
        return False

    def _sums(self, entry: Entry) -> tuple[list[IncomingMoney], list[IncomingMoney]]:
        """The entries alike that are known, each as one sum, divided or not; and those of other days."""
        found = self._known_of(entry)
        if not entry.own_ref:
            return found, []
        of_day = [one for one in found if is_same_day(one, entry.days)]
        return of_day, [one for one in found if one not in of_day]

    def _known_of(self, entry: Entry) -> list[IncomingMoney]:
        return self._known(lambda place: entry_id(entry, place))

    def _known(self, id_at: Callable[[int], str]) -> list[IncomingMoney]:
        """What there is under ids that follow each other, up to the first that is free."""
        found: list[IncomingMoney] = []
        while True:
            size = _MANY if found else _FEW
            ids = [id_at(len(found) + place) for place in range(size)]
            known = self.store.find_many(ids)
            taken = list(takewhile(lambda one: one is not None, map(known.get, ids)))
            found += filter(None, taken)
            if len(taken) < size:
                return found

    def _keep_sum(self, entry: Entry, place: int) -> None:
        """A sum, unless as many as its message has are known."""
        for _ in range(_ATTEMPTS):
            sums, others = self._sums(entry)
            if len(sums) > place:
                return
            with suppress(MoneyChangedError):  # somebody kept one alike meanwhile
                self._save_new(whole_of(entry, entry_id(entry, len(sums) + len(others))))
        raise WriteConflictError

    def _keep(self, money: IncomingMoney, place: int, said: MoneyAct | None = None) -> tuple[IncomingMoney, bool]:
        """New money, unless it is known; and whether its id is that of other money too.

        ``place``: among those with its id and day in its message. ``said``: what a person has said of the sum that it
        was told in.
        """
        for _ in range(_ATTEMPTS):
            known = self._known(lambda position: another_id(money.money_id, position))
            of_day = [one for one in known if is_same_day(one, money.days)]
            same = [one for one in of_day if not is_other(one, money)]
            if same and len(of_day) > place:
                return same[0], len(same) < len(known)
            new = replace(money, money_id=another_id(money.money_id, len(known)))
            with suppress(MoneyChangedError):  # the claim has got other money meanwhile, or the id is taken
                self._save_new(new, said)
                return new, bool(known)
        raise WriteConflictError

    def _save_new(self, money: IncomingMoney, said: MoneyAct | None = None) -> None:
        matched, claim = self._as_said(money, said) if said else self._matched(money)
        parts = self.claims.paid_parts(claim, claim.paid(money.amount)) if claim else ()
        self.store.save(None, matched, *parts)

    def _as_said(self, money: IncomingMoney, said: MoneyAct) -> tuple[IncomingMoney, Claim | None]:
        claim = self.claims.get(said.claim) if said.claim else None
        if claim and claim.demand.money.currency != money.currency:
            return self._matched(money)
        return replace(money, state=said.state, claim=said.claim, acts=(said,)), claim

    def _matched(self, money: IncomingMoney) -> tuple[IncomingMoney, Claim | None]:
        claim = self.claims.find(money.reference) if money.reference else None
        if claim and claim.demand.money.currency == money.currency and money.amount > 0:
            act = MoneyAct(MoneyState.MATCHED, MACHINE, self.now, claim.number)
            return replace(money, state=MoneyState.MATCHED, claim=claim.number, acts=(act,)), claim
        numbers = (claim.number,) if claim else self._proposed(money)
        state = MoneyState.PROPOSED if numbers else MoneyState.UNMATCHED
        act = MoneyAct(state, MACHINE, self.now)
        return replace(money, state=state, proposals=numbers, acts=(act,)), None

    def _proposed(self, money: IncomingMoney) -> tuple[int, ...]:
        if money.amount <= 0 or not money.payer:
            return ()
        owed = self.claims.owed(money.amount, money.currency)
        return tuple(claim.number for claim in owed if self._may_be_of(money.payer, claim))[:MOST_PROPOSALS]

    def _may_be_of(self, payer: str, claim: Claim) -> bool:
        person = self.person(claim.demand.person_id)
        return person is not None and is_same_name(payer, person.family_name, person.given_names)

    def _divide(self, told: _Told, parts: Sequence[str]) -> None:
        """A sum counts no more, now that its payments do."""
        for _ in range(_ATTEMPTS):
            sums, others = self._sums(told.entry)
            if any(one.told_by == told.telling and one.parts == _first(parts) for one in sums):
                return
            before = _to_divide(sums)
            whole = before or whole_of(told.entry, entry_id(told.entry, len(sums) + len(others)))
            try:
                whole = replace(whole, parts=_first(parts), orders=_first(told.orders), returned=told.returned)
                self._save_divided(before, whole, told)
            except MoneyChangedError:
                continue  # somebody said meanwhile what it is, or another message told of an entry alike
            return
        raise WriteConflictError

    def _save_divided(self, before: IncomingMoney | None, whole: IncomingMoney, told: _Told) -> None:
        act = MoneyAct(MoneyState.DIVIDED, MACHINE, self.now)
        divided = replace(whole.said(act), proposals=(), told_by=told.telling)
        claim = self.claims.get(whole.claim) if whole.claim else None
        parts = self.claims.paid_parts(claim, claim.paid(-whole.amount)) if claim else ()
        self.store.save(before, divided, *parts)


@dataclass(frozen=True)
class _Told:
    """The payments of an entry, as a message tells them.

    ``place``: among the entries alike of the message; ``same``: among those that tell just the same payments.
    ``places``: of each payment, among those with its id and day in the message. ``orders``: payments of ours in it.
    """

    entry: Entry
    telling: str
    money: tuple[IncomingMoney, ...]
    orders: tuple[str, ...]
    place: int
    same: int
    places: tuple[int, ...]

    @property
    def returned(self) -> Decimal:
        """What of the sum is payments of ours."""
        return self.entry.signed - sum((one.amount for one in self.money), Decimal())

    @classmethod
    def of(cls, entry: Entry, transfers: Sequence[Transfer], place: int, nth: CountAlike) -> _Told:
        same = nth(f"{telling_of(entry)} {entry.booked_on}")
        telling = telling_of(entry, same)
        money = tuple(money_in(entry, transfers, telling))
        orders = tuple(one.end_to_end_id for one in entry.transfers if one not in transfers)
        places = tuple(nth(f"{one.money_id} {one.booked_on}") for one in money)
        return cls(entry, telling, money, orders, place, same, places)


def _first(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(ids[:_LISTED])


def _to_divide(sums: Sequence[IncomingMoney]) -> IncomingMoney | None:
    """The sum that payments are told of: one that waits; else one of which a person has said what it is."""
    undivided = [one for one in sums if one.state is not MoneyState.DIVIDED]
    return next((one for one in undivided if one.state in WAITING), next(iter(undivided), None))
