"""Bills that hurry: overdue, or with a discount that ends soon. Pure."""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum

from sozialakte.payments.views.bills_seen import Bills
from sozialakte.payments.views.books_parts import Area, Column, back, counted, framed, more, nothing, table
from sozialakte.shared.access import Role
from sozialakte.shared.markup import Child, Html, tag
from sozialakte.shared.page_words import day, words


class Hurry(StrEnum):
    """Which list."""

    OVERDUE = "overdue"
    DISCOUNTS = "discounts"


def hurry_view(which: Hurry, bills: Bills, following: str | None, roles: Set[Role]) -> Html:
    """The list; its bills are links for who may read them."""
    title = words(f"books.{which}")
    listed = _table(which, title, bills) if bills.seen else nothing(words("books.no_hurry"))
    return framed(
        Area.LEDGER,
        roles,
        title,
        back(Area.LEDGER, words("books.area.ledger")),
        tag("p", words(f"books.{which}_means")),
        listed,
        more(f"{Area.LEDGER}/{which}", following),
    )


def hurry_said(which: Hurry, bills: Bills) -> str:
    """What a screen reader says."""
    return f"{words(f'books.{which}')}: {counted(len(bills.seen), 'bill')}."


def _table(which: Hurry, title: str, bills: Bills) -> Html:
    columns = [
        Column(words("books.column.bill")), Column(words("books.column.sum"), number=True),
        Column(words("books.column.until" if which is Hurry.DISCOUNTS else "books.column.due"), short=True),
        Column(words("books.column.dossier"), short=True), Column(words("books.column.state")),
    ]  # fmt: skip
    return table(title, columns, (_row(which, bills, invoice_id) for invoice_id in bills.seen))


def _row(which: Hurry, bills: Bills, invoice_id: str) -> list[Child]:
    one = bills.seen[invoice_id]
    until = one.discount_until if which is Hurry.DISCOUNTS else one.due_by
    dossier = one.dossier_id or words("bills.no_dossier")
    return [bills.link(invoice_id), bills.amount(invoice_id), day(until) if until else "", dossier, one.state_name]
