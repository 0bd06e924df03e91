"""What the routes about incoming money and claims take and give."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from sozialakte.payments.check_digits import squeezed
from sozialakte.payments.claims import Claim, ClaimKind, ClaimState, number_of, reference_of
from sozialakte.payments.incoming_money import IncomingMoney, MoneyAct, MoneyState
from sozialakte.payments.invoice import invoice_named
from sozialakte.payments.money_store import MoneyCounts
from sozialakte.payments.words import words_of_person
from sozialakte.runtime.free_text import Line, ShortText
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


def _reference(text: str) -> str:
    plain = squeezed(text).upper()
    if number_of(plain) is None:
        raise PydanticCustomError("reference", "no reference of a claim")
    return plain


class Fate(StrEnum):
    """What somebody says that money is: the payment of a claim; to be paid back; no matter of claims."""

    CLAIM = "claim"
    PAID_BACK = "paid_back"
    BOOKED_ELSEWHERE = "booked_elsewhere"


class AssignMoneyBody(Model):
    """What it is, and why. ``claim``: the reference of the claim that it pays, needed for just that."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: Annotated[int, Field(ge=1, description="`version` the person saw")]
    fate: Annotated[Fate, Field(strict=False)]
    claim: Annotated[Line, Field(min_length=5, max_length=50), AfterValidator(_reference)] | None = None
    reason: ShortText


class MoneyActAnswer(Model):
    """Who said what it is, when and why."""

    state: MoneyState
    state_name: str
    by: str
    at: datetime
    claim: str | None
    reason: str

    @classmethod
    def of(cls, act: MoneyAct) -> MoneyActAnswer:
        """In words."""
        return cls(
            state=act.state,
            state_name=state_name(act.state),
            by=words_of_person(act.by),
            at=act.at,
            claim=_reference_of(act.claim),
            reason=act.reason,
        )


class MoneyAnswer(Model):
    """Some money that came in. ``claim`` and ``proposals`` are references of claims. Of a sum that the bank told one
    by one, ``parts`` are ids of the first of that money, ``bills`` those of bills whose payment came back in it.

    ``hidden``: that it has to do with a dossier that is sealed from the viewer, in words. Of such money only what the
    sum needs is shown.
    """

    money_id: str
    account: str
    amount: str
    currency: str
    booked_on: date | None
    state: MoneyState
    state_name: str
    reference: str
    text: str
    payer: str
    payer_iban: str
    claim: str | None
    proposals: list[str]
    acts: list[MoneyActAnswer]
    parts: list[str]
    bills: list[str]
    hidden: str | None
    version: int

    @classmethod
    def of(cls, given: IncomingMoney, hidden_claims: AbstractSet[int] = frozenset()) -> MoneyAnswer:
        """In words."""
        hidden = bool(given.claims & hidden_claims)
        money = given.bare if hidden else given
        return cls(
            money_id=money.money_id,
            account=money.account,
            amount=f"{money.amount:.2f}",
            currency=money.currency,
            booked_on=money.booked_on,
            state=money.state,
            state_name=state_name(money.state),
            reference=money.reference,
            text=money.text,
            payer=money.payer,
            payer_iban=money.payer_iban,
            claim=_reference_of(money.claim),
            proposals=[reference_of(number) for number in money.proposals],
            acts=[MoneyActAnswer.of(act) for act in money.acts],
            parts=list(money.parts),
            bills=[named[0] for order in money.orders if (named := invoice_named(order))],
            hidden=say(Reason("money.hidden")) if hidden else None,
            version=money.version,
        )


class MoneyList(Model):
    """A page of money."""

    money: list[MoneyAnswer]
    next: str | None

    @classmethod
    def of(cls, money: Iterable[IncomingMoney], cursor: str | None, hidden_claims: AbstractSet[int]) -> MoneyList:
        """A page."""
        return cls(money=[MoneyAnswer.of(one, hidden_claims) for one in money], next=cursor)


class MoneyLedgerAnswer(Model):
    """All credits that came in: each is in exactly one state (``proven``), and so is every cent, by the counters.

    The credits themselves, and what statements tell, are compared with them by ``sozialakte payments money``. Amounts
    are texts.
    """

    proven: bool
    received: int
    received_amounts: dict[str, str]
    by_state: dict[str, int]
    amounts: dict[str, dict[str, str]]

    @classmethod
    def of(cls, counts: MoneyCounts) -> MoneyLedgerAnswer:
        """The proof."""
        amounts: dict[str, dict[str, str]] = {}
        for (state, currency), cents in counts.cents.items():
            amounts.setdefault(str(state), {})[currency] = _amount(cents)
        return cls(
            proven=counts.is_proven,
            received=counts.received,
            received_amounts={currency: _amount(cents) for currency, cents in counts.received_cents.items()},
            by_state={str(state): count for state, count in counts.by_state.items()},
            amounts=amounts,
        )


class IssuedClaim(Model):
    """A claim, and how far it is paid."""

    number: int
    reference: str
    kind: ClaimKind
    person_id: str
    amount: str
    currency: str
    paid_in: str
    still_owed: str
    state: ClaimState
    state_name: str
    reason: str
    issued_on: date
    due: date
    version: int

    @classmethod
    def of(cls, claim: Claim) -> IssuedClaim:
        """In words."""
        demand = claim.demand
        return cls(
            number=claim.number,
            reference=claim.reference,
            kind=demand.kind,
            person_id=demand.person_id,
            amount=f"{demand.money.amount:.2f}",
            currency=demand.money.currency,
            paid_in=f"{claim.paid_in:.2f}",
            still_owed=f"{claim.still_owed:.2f}",
            state=claim.state,
            state_name=say(Reason(f"claim_state.{claim.state}")),
            reason=demand.reason,
            issued_on=demand.issued_on,
            due=demand.due,
            version=claim.version,
        )


class ClaimList(Model):
    """A page of claims."""

    claims: list[IssuedClaim]
    next: str | None

    @classmethod
    def of(cls, claims: Iterable[Claim], cursor: str | None) -> ClaimList:
        """A page."""
        return cls(claims=[IssuedClaim.of(claim) for claim in claims], next=cursor)


def state_name(state: MoneyState) -> str:
    """A state in words."""
    return say(Reason(f"money_state.{state}"))


def _reference_of(number: int | None) -> str | None:
    return reference_of(number) if number else None


def _amount(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"
