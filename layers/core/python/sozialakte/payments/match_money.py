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
    is_same_name,
    money_of,
    transfer_id,
    whole_of,
)
from sozialakte.payments.invoice import MACHINE
from sozialakte.payments.iso20022.bank_message import Entry, Transfer
from sozialakte.payments.money_store import MoneyChangedError, MoneyStore
from sozialakte.register import Person
from sozialakte.runtime.dynamo import WriteConflictError

MOST_PROPOSALS = 5
_ATTEMPTS = 10
FindPerson = Callable[[str], Person | None]


@dataclass(frozen=True)
class MatchMoney:
    """The use case with what it works on. ``person`` gives the person with an id, as the register knows them."""

    store: MoneyStore
    claims: ClaimStore
    person: FindPerson
    now: datetime

    def __call__(self, entry: Entry, transfers: Sequence[Transfer] | None, position: int = 0) -> None:
        """Keep the money of an entry.

        ``transfers``: those in it that are nothing else; None: the bank does not tell them. What was kept stays,
        however often it is told. A sum of which the bank tells the payments later, or told them before, is the same
        money. Raises `WriteConflictError`.
        """
        whole = entry_id(entry, position)
        known = self.store.find(whole)
        if known is not None and (known.state not in WAITING or transfers is None):
            return
        if transfers is None:
            self._keep(whole_of(entry, whole))
            return
        for place, one in enumerate(transfers):
            self._keep(money_of(entry, one, transfer_id(entry, one, f"{whole}#{place}")))
        self._divide(known or whole_of(entry, whole), is_new=known is None)

    def _keep(self, money: IncomingMoney) -> None:
        """New money, unless it is known."""
        for _ in range(_ATTEMPTS):
            if self.store.find(money.money_id) is not None:
                return
            matched, claim = self._matched(money)
            parts = self.claims.paid_parts(claim, claim.paid(money.amount)) if claim else ()
            try:
                self.store.save(None, matched, *parts)
            except MoneyChangedError:
                continue  # the claim has got other money meanwhile
            return
        raise WriteConflictError

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

    def _divide(self, whole: IncomingMoney, *, is_new: bool) -> None:
        """The sum counts no more, now that its payments do."""
        act = MoneyAct(MoneyState.DIVIDED, MACHINE, self.now)
        divided = replace(whole, state=MoneyState.DIVIDED, proposals=(), acts=(*whole.acts, act))
        try:
            if is_new:
                self.store.save(None, divided)
            else:
                self.store.save(whole, replace(divided, version=whole.version + 1))
        except MoneyChangedError as error:
            if error.current is None or error.current.state is not MoneyState.DIVIDED:
                raise WriteConflictError from error
