"""Incoming money as markup, for the page of the accounts; JSON carries it, as `pages` says."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.payments.routes.books import bills_of
from functions.payments.routes.common import Settings, api, hidden_dossiers, register
from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.claims import Claim
from sozialakte.payments.incoming_money import IncomingMoney, MoneyState
from sozialakte.payments.money_answers import IssuedClaim, MoneyAnswer, MoneyLedgerAnswer, MoneyList
from sozialakte.payments.money_store import MoneyStore
from sozialakte.payments.views.claims_seen import ClaimsSeen
from sozialakte.payments.views.credit_view import credit_view, title_of
from sozialakte.payments.views.money_list_view import money_list_said, money_list_view
from sozialakte.payments.views.page_view import PageView
from sozialakte.runtime.dynamo import Table
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.problems import ProblemError
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action

Sight = tuple[ClaimsSeen, frozenset[int]]
"""Claims that the caller may see, and the numbers of those hidden from them."""


def _money(asked: Asked) -> str:
    return f"money#{asked.text('money_id')}"


@api.get("/payments/books/money", Guard(Action.LIST_MONEY, lambda _: "money"))
def view_money(state: MoneyState = MoneyState.UNMATCHED, cursor: Cursor | None = None) -> PageView:
    """Money in a state as markup, with the claims that it pays or may pay, and the proof of the sum."""
    money, following = _store().in_state(state, PAGE_SIZE, cursor)
    claims, hidden = _claims(money)
    listed, ledger = MoneyList.of(money, following, hidden), MoneyLedgerAnswer.of(_store().counts())
    html = money_list_view(listed, state, ledger, claims, api.asked.staff.roles)
    return PageView(html=html, said=money_list_said(listed, state))


@api.get("/payments/books/money/<money_id>", Guard(Action.LIST_MONEY, _money))
def view_credit(money_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]) -> PageView:
    """Some money as markup: what the bank told, what it may be, who said what it is."""
    money = _store().find(money_id)
    if money is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown_thing")
    claims, hidden = _claims([money])
    answer = MoneyAnswer.of(money, hidden)
    html = credit_view(answer, claims, api.asked.staff.roles, bills_of(answer.bills))
    return PageView(html=html, said=title_of(answer))


def _claims(money: Iterable[IncomingMoney]) -> Sight:
    """Three batch gets."""
    store = ClaimStore(read_settings(Settings).payments_table)
    claims = store.get_many(number for one in money for number in one.claims)
    sealed = hidden_dossiers(claim.demand.dossier_id for claim in claims.values())
    seen = [claim for claim in claims.values() if claim.demand.dossier_id not in sealed]
    return _named(seen), frozenset(claims) - {claim.number for claim in seen}


def _named(claims: Iterable[Claim]) -> ClaimsSeen:
    issued = {claim.reference: IssuedClaim.of(claim) for claim in claims}
    persons = register().find_persons({claim.person_id for claim in issued.values()})
    names = {person_id: f"{one.family_name} {one.given_names}" for person_id, one in persons.items()}
    return ClaimsSeen(issued, names)


def _store() -> MoneyStore:
    return MoneyStore(Table(read_settings(Settings).payments_table))
