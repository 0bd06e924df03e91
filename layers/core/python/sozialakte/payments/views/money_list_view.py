"""Money that came in, by state, with the proof that every credit is in one. Pure."""

from __future__ import annotations

from collections.abc import Sequence, Set

from sozialakte.payments.incoming_money import MoneyState
from sozialakte.payments.money_answers import MoneyAnswer, MoneyLedgerAnswer, MoneyList
from sozialakte.payments.views.books_parts import (
    Area,
    Column,
    choices,
    counted,
    framed,
    grouped_number,
    more,
    nothing,
    proof,
    sum_of,
    table,
)
from sozialakte.payments.views.claims_seen import ClaimsSeen, shown_reference
from sozialakte.payments.views.words import money
from sozialakte.shared.access import Role
from sozialakte.shared.markup import Child, Html, tag
from sozialakte.shared.page_words import day, words

STATES = (
    MoneyState.UNMATCHED, MoneyState.PROPOSED, MoneyState.MATCHED, MoneyState.ASSIGNED, MoneyState.PAID_BACK,
    MoneyState.BOOKED_ELSEWHERE,
)  # fmt: skip
"""Those that count, what waits for somebody first."""


def money_list_view(
    listed: MoneyList, state: MoneyState, ledger: MoneyLedgerAnswer, claims: ClaimsSeen, roles: Set[Role]
) -> Html:
    """The list of a state."""
    title = words("books.area.money")
    caption = words(f"books.money.{state}")
    return framed(
        Area.MONEY,
        roles,
        title,
        proof(proof_of(ledger), proven=ledger.proven),
        _choices(state, ledger),
        tag("p", words(f"books.money_means.{state}")),
        _table(caption, listed.money, claims) if listed.money else nothing(words("books.no_money")),
        more(Area.MONEY, listed.next, f"state={state}&"),
    )


def money_list_said(listed: MoneyList, state: MoneyState) -> str:
    """What a screen reader says."""
    return f"{words(f'books.money.{state}')}: {counted(len(listed.money), 'credit')}."


def proof_of(ledger: MoneyLedgerAnswer) -> str:
    """Received = the sum of the states, as a sentence."""
    if not ledger.received:
        return words("books.money_none")
    shares = [_share(ledger, state) for state in STATES if ledger.by_state.get(state)]
    code = "books.money_proven" if ledger.proven else "books.money_not_proven"
    received = f"{sum_of(ledger.received_amounts)} ({counted(ledger.received, 'credit')})"
    return words(code, received=received, shares=" + ".join(shares))


def _share(ledger: MoneyLedgerAnswer, state: MoneyState) -> str:
    amount = sum_of(ledger.amounts.get(state, {})) or "0"
    return f"{amount} {words(f'books.money_share.{state}')}"


def _choices(chosen: MoneyState, ledger: MoneyLedgerAnswer) -> Html:
    named = [
        (f"money?state={one}", f"{words(f'books.money.{one}')} ({grouped_number(ledger.by_state.get(one, 0))})")
        for one in STATES
    ]
    return choices(words("books.money_states"), named, f"money?state={chosen}")


def _table(caption: str, listed: Sequence[MoneyAnswer], claims: ClaimsSeen) -> Html:
    columns = [
        Column(words("books.column.payer")), Column(words("books.column.sum"), number=True),
        Column(words("books.column.booked_on"), short=True), Column(words("books.column.said")),
        Column(words("books.column.claim")),
    ]  # fmt: skip
    return table(caption, columns, (_row(one, claims) for one in listed))


def _row(one: MoneyAnswer, claims: ClaimsSeen) -> list[Child]:
    payer = one.payer or words("books.no_payer")
    named = tag("a", payer, href=f"#money/{one.money_id}", class_="sender")
    return [
        tag("span", one.hidden, class_="quiet") if one.hidden else named,
        money(one.amount, one.currency),
        day(one.booked_on) if one.booked_on else words("books.no_day"),
        " · ".join(filter(None, (shown_reference(one.reference), one.text))),
        _claims(one, claims),
    ]


def _claims(one: MoneyAnswer, claims: ClaimsSeen) -> Html | None:
    references = [one.claim] if one.claim else one.proposals
    return tag("ul", *(tag("li", claims.named(reference)) for reference in references)) if references else None
