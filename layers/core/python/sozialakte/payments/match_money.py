"""Say what money that comes in pays: the claim that its reference names, or those that amount and name propose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.claims import Claim
from sozialakte.payments.incoming_money import (
    WAITING,
    IncomingMoney,
    MoneyAct,
    MoneyState,
    entry_id,
    is_numbered,
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
FindPerson = Callable[[str], Person | None]


@dataclass(frozen=True)
class MatchMoney:
    """The use case with what it works on. ``person`` gives the person with an id, as the register knows them."""

    store: MoneyStore
    claims: ClaimStore
    person: FindPerson
    now: datetime

    def __call__(self, entry: Entry, transfers: Sequence[Transfer] | None, position: int = 0, same: int = 0) -> None:
        """Keep the money of an entry.

        ``transfers``: those in it that are nothing else; None: the bank does not tell them. ``position``: among the
        entries alike of its message; ``same``: among those that tell just the same payments. What was kept stays,
        however often it is told. A sum of which the bank tells the payments later, or told them before, is the same
        money.

        Entries alike without a number are as many as tell different payments, and no fewer than the most that one
        message has: a statement has all of its day. Raises `WriteConflictError`.
        """
        if transfers is not None:
            self._tell(entry, transfers, telling_of(entry, same))
        if transfers is None or not entry.own_ref:
            self._keep(whole_of(entry, entry_id(entry, position)))

    def _tell(self, entry: Entry, transfers: Sequence[Transfer], telling: str) -> None:
        """Keep the payments of an entry, in place of its sum."""
        sums = self._sums(entry)
        if _is_told(entry, telling, sums):
            return
        undivided = _to_divide(sums)
        said = undivided.last_act if undivided and undivided.state not in WAITING else None
        for money in money_in(entry, transfers, telling):
            self._keep(money, said)
        self._divide(entry, telling)

    def _sums(self, entry: Entry) -> list[IncomingMoney]:
        """The entries alike that are known, each as one sum, divided or not."""
        found: list[IncomingMoney] = []
        while True:
            size = 1 if entry.own_ref else _MANY if found else _FEW
            ids = [entry_id(entry, len(found) + place) for place in range(size)]
            known = self.store.find_many(ids)
            found += [known[one] for one in ids if one in known]
            if entry.own_ref or len(known) < size:
                return found

    def _keep(self, money: IncomingMoney, said: MoneyAct | None = None) -> None:
        """New money, unless it is known. ``said``: what a person has said of the sum that it was told in."""
        for _ in range(_ATTEMPTS):
            if self.store.find(money.money_id) is not None:
                return
            matched, claim = self._as_said(money, said) if said else self._matched(money)
            parts = self.claims.paid_parts(claim, claim.paid(money.amount)) if claim else ()
            try:
                self.store.save(None, matched, *parts)
            except MoneyChangedError:
                continue  # the claim has got other money meanwhile
            return
        raise WriteConflictError

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

    def _divide(self, entry: Entry, telling: str) -> None:
        """A sum counts no more, now that its payments do."""
        for _ in range(_ATTEMPTS):
            sums = self._sums(entry)
            before = _to_divide(sums)
            if any(one.told_by == telling for one in sums) or (entry.own_ref and sums and before is None):
                return
            try:
                self._save_divided(before, before or whole_of(entry, entry_id(entry, len(sums))), telling)
            except MoneyChangedError:
                continue  # somebody said meanwhile what it is, or another message told of an entry alike
            return
        raise WriteConflictError

    def _save_divided(self, before: IncomingMoney | None, whole: IncomingMoney, telling: str) -> None:
        act = MoneyAct(MoneyState.DIVIDED, MACHINE, self.now)
        divided = replace(whole.said(act), proposals=(), told_by=telling)
        claim = self.claims.get(whole.claim) if whole.claim else None
        parts = self.claims.paid_parts(claim, claim.paid(-whole.amount)) if claim else ()
        self.store.save(before, divided, *parts)


def _is_told(entry: Entry, telling: str, sums: Sequence[IncomingMoney]) -> bool:
    """Its payments are kept, in these words or, of an entry with a number, in others."""
    if not entry.own_ref:
        return any(one.told_by == telling for one in sums)
    divided = [one for one in sums if one.state is MoneyState.DIVIDED and one.amount == entry.signed]
    return any(one.told_by == telling or not (is_numbered(one.told_by) and is_numbered(telling)) for one in divided)


def _to_divide(sums: Sequence[IncomingMoney]) -> IncomingMoney | None:
    """The sum that payments are told of: one that waits; else one of which a person has said what it is."""
    undivided = [one for one in sums if one.state is not MoneyState.DIVIDED]
    return next((one for one in undivided if one.state in WAITING), next(iter(undivided), None))
