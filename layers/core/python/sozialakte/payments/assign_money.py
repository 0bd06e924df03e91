"""A person says what some money is: the payment of a claim, money to pay back, or nothing that claims are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.claims import Claim
from sozialakte.payments.incoming_money import IncomingMoney, MoneyAct, MoneyState
from sozialakte.payments.money_store import MoneyChangedError, MoneyStore
from sozialakte.runtime.dynamo import Part, WriteConflictError

_ATTEMPTS = 5


class UnknownMoneyError(LookupError):
    """There is no such money."""


class UnknownClaimError(LookupError):
    """The reference names no claim of ours in this currency."""


class DividedMoneyError(Exception):
    """It is a sum whose payments are listed one by one: those are what somebody says something about."""


@dataclass(frozen=True)
class AssignMoney:
    """The use case: ``by`` decides, having seen ``version``."""

    store: MoneyStore
    claims: ClaimStore
    money_id: str
    version: int
    by: str
    now: datetime

    def pays(self, reference: str, reason: str) -> IncomingMoney:
        """It pays the claim with this reference.

        Raises `UnknownMoneyError`, `UnknownClaimError`, `DividedMoneyError`, `MoneyChangedError`, `WriteConflictError`.
        """
        claim = self.claims.find(reference)
        if claim is None:
            raise UnknownClaimError(self.money_id)
        return self._say(MoneyState.ASSIGNED, reason, claim.number)

    def is_no_payment(self, state: MoneyState, reason: str) -> IncomingMoney:
        """It is paid back, or no matter of claims. Raises as `pays` does."""
        return self._say(state, reason, None)

    def _say(self, state: MoneyState, reason: str, claim: int | None) -> IncomingMoney:
        for _ in range(_ATTEMPTS):
            before = self._seen(state, reason, claim)
            if before.version != self.version:
                return before  # just this was said: its answer was lost
            after = before.said(MoneyAct(state, self.by, self.now, claim, reason))
            try:
                self.store.save(before, after, *self._claim_parts(before, after))
            except MoneyChangedError as error:
                if error.current != before:
                    raise
                continue  # a claim has got other money meanwhile
            return after
        raise WriteConflictError

    def _seen(self, state: MoneyState, reason: str, claim: int | None) -> IncomingMoney:
        money = self.store.find(self.money_id)
        if money is None:
            raise UnknownMoneyError(self.money_id)
        if money.state is MoneyState.DIVIDED:
            raise DividedMoneyError(self.money_id)
        last = money.last_act
        said = last and (last.state, last.by, last.reason, last.claim) == (state, self.by, reason, claim)
        if money.version == self.version or (money.version == self.version + 1 and said):
            return money
        raise MoneyChangedError(money)

    def _claim_parts(self, before: IncomingMoney, after: IncomingMoney) -> Iterator[Part]:
        if before.claim == after.claim:
            return
        for number, amount in ((before.claim, -before.amount), (after.claim, after.amount)):
            claim = self.claims.get(number) if number else None
            if claim:
                self._require_currency(claim, after)
                yield from self.claims.paid_parts(claim, claim.paid(amount))

    def _require_currency(self, claim: Claim, money: IncomingMoney) -> None:
        if claim.demand.money.currency != money.currency:
            raise UnknownClaimError(self.money_id)
