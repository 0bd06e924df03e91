"""The ledger of bills: the proof of the sum by month, what is open by state and age, the ways to what hurries. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from decimal import Decimal

from sozialakte.payments.invoice_states import SETTLED, UNPAID, InvoiceState
from sozialakte.payments.ledger_answers import AgeAnswer, LedgerAnswer, MonthAnswer
from sozialakte.payments.views.books_parts import (
    Area,
    Column,
    framed,
    grouped_number,
    nothing,
    part,
    proof,
    sum_of,
    table,
)
from sozialakte.payments.views.hurry_view import Hurry
from sozialakte.shared.access import Role
from sozialakte.shared.markup import Html, tag
from sozialakte.shared.page_words import words

_FATES = {
    "settled": frozenset(SETTLED),
    "open": UNPAID,
    "duplicate": frozenset({InvoiceState.DUPLICATE}),
    "away": frozenset(InvoiceState) - SETTLED - UNPAID - {InvoiceState.DUPLICATE},
}
"""As the sum is proved: received = paid + open + duplicate + rejected or another's."""
_OPEN = [state for state in InvoiceState if state in UNPAID]
_MONTHS = 6
"""Months of receipt that have a column of their own; what is older is one."""
_LENGTH = 100


def ledger_view(ledger: LedgerAnswer, roles: Set[Role]) -> Html:
    """The ledger."""
    title = words("books.area.ledger")
    if not ledger.months:
        return framed(Area.LEDGER, roles, title, nothing(words("books.no_bills")))
    ways = [tag("li", tag("a", words(f"books.{one}"), href=f"#{Area.LEDGER}/{one}")) for one in Hurry]
    return framed(
        Area.LEDGER,
        roles,
        title,
        proof(_sentence(ledger), proven=ledger.proven),
        tag("nav", tag("ul", *ways), class_="choices", aria_label=words("books.hurry")),
        _ages(ledger.ages),
        _open_by_state(ledger.months),
        _months(ledger.months),
    )


def ledger_said(ledger: LedgerAnswer) -> str:
    """What a screen reader says."""
    return _sentence(ledger)


def _sentence(ledger: LedgerAnswer) -> str:
    received = sum(month.received for month in ledger.months)
    counts = {fate: grouped_number(_fate(ledger.months, fate)) for fate in _FATES}
    code = "books.proven" if ledger.proven else "books.not_proven"
    return words(code, received=grouped_number(received), **counts)


def _fate(months: Iterable[MonthAnswer], fate: str) -> int:
    return sum(month.by_state.get(state, 0) for month in months for state in _FATES[fate])


def _ages(ages: Sequence[AgeAnswer]) -> Html:
    title, most = words("books.ages"), max((one.count for one in ages), default=0) or 1
    columns = [
        Column(words("books.column.age")), Column(words("books.column.bills"), number=True),
        Column(words("books.column.bar")),
    ]  # fmt: skip
    rows = [(one.name, grouped_number(one.count), _bar(one, most)) for one in ages]
    total = (words("books.total"), grouped_number(sum(one.count for one in ages)), "")
    return part("ages", title, tag("p", words("books.ages_means"), class_="quiet"), table(title, columns, rows, total))


def _bar(age: AgeAnswer, most: int) -> Html:
    """The table says the number; the bar is for the eye alone."""
    length = max(age.count * _LENGTH // most, 1) if age.count > 0 else 0
    drawn = tag("rect", width=length, height=10, class_="late" if age.late else None)
    return tag("svg", drawn, viewBox=f"0 0 {_LENGTH} 10", preserveAspectRatio="none", class_="bar", aria_hidden="true")


def _open_by_state(months: Sequence[MonthAnswer]) -> Html:
    title = words("books.open_by_state")
    own, older = months[-_MONTHS:][::-1], months[:-_MONTHS]
    columns = [
        Column(words("books.column.state")), Column(words("books.column.bills"), number=True),
        Column(words("books.column.sum"), number=True),
        *(Column(words("books.from_month", month=_named(month)), number=True) for month in own),
        *([Column(words("books.older"), number=True)] if older else []),
    ]  # fmt: skip
    groups = [*([month] for month in own), *([older] if older else [])]
    rows = [_state_row(words(f"invoice_state.{state}"), {state}, months, groups) for state in _OPEN]
    return part("open", title, table(title, columns, rows, _state_row(words("books.total"), UNPAID, months, groups)))


def _state_row(
    name: str, states: Set[InvoiceState], months: Sequence[MonthAnswer], groups: Sequence[Sequence[MonthAnswer]]
) -> list[str]:
    by_group = [_count(group, states) for group in groups]
    return [name, grouped_number(_count(months, states)), _amount(months, states), *map(grouped_number, by_group)]


def _count(months: Iterable[MonthAnswer], states: Set[InvoiceState]) -> int:
    return sum(month.by_state.get(state, 0) for month in months for state in states)


def _amount(months: Iterable[MonthAnswer], states: Set[InvoiceState]) -> str:
    sums: Counter[str] = Counter()
    for month in months:
        for state in states:
            for currency, amount in month.amounts.get(state, {}).items():
                sums[currency] += int(Decimal(amount) * 100)
    return sum_of({currency: str(Decimal(cents) / 100) for currency, cents in sums.items()})


def _months(months: Sequence[MonthAnswer]) -> Html:
    title = words("books.months")
    columns = [
        Column(words("books.column.month")), Column(words("books.column.received"), number=True),
        *(Column(words(f"books.fate.{fate}"), number=True) for fate in _FATES),
        Column(words("books.column.without_amount"), number=True), Column(words("books.column.proof")),
    ]  # fmt: skip
    return part("months", title, table(title, columns, map(_month, reversed(months)), _total(months)))


def _month(month: MonthAnswer) -> list[Html | str]:
    verdict = words("books.is_proven" if month.proven else "books.is_not_proven")
    return [
        _named(month),
        *_numbers([month]),
        tag("span", verdict, class_="good" if month.proven else "bad"),
    ]


def _total(months: Sequence[MonthAnswer]) -> list[str]:
    return [words("books.total"), *_numbers(months), ""]


def _numbers(months: Sequence[MonthAnswer]) -> list[str]:
    fates = [_fate(months, fate) for fate in _FATES]
    received, without = (sum(month.received for month in months), sum(month.without_amount for month in months))
    return [grouped_number(number) for number in (received, *fates, without)]


def _named(month: MonthAnswer) -> str:
    """``11.2026``."""
    year, number = month.month.split("-")
    return f"{number}.{year}"
