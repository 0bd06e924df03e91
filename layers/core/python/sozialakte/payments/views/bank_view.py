"""What the bank told that somebody has to look at: messages, payments, sums that do not fit. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Set
from enum import StrEnum

from sozialakte.payments.bank_lists import (
    BankMessageAnswer,
    BankMessageList,
    BankPaymentAnswer,
    BankPaymentList,
    WaitingSumAnswer,
    WaitingSumList,
)
from sozialakte.payments.runs.run import run_named
from sozialakte.payments.views.bills_seen import Bills
from sozialakte.payments.views.books_parts import (
    Area,
    Column,
    Deed,
    choices,
    counted,
    deed_form,
    framed,
    more,
    nothing,
    table,
)
from sozialakte.payments.views.orders import reason_field, submit
from sozialakte.payments.views.words import grouped, money
from sozialakte.shared.access import Role
from sozialakte.shared.markup import Child, Html, join, tag
from sozialakte.shared.page_words import day, moment, words


class BankList(StrEnum):
    """What people look through, the most urgent first."""

    REFUSED = "refused"
    ODD = "odd"
    ODD_PAYMENTS = "odd_payments"
    EARLY_PAYMENTS = "early_payments"
    SUMS = "sums"


_KINDS = frozenset({"pain.002", "camt.053", "camt.054"})


def messages_view(which: BankList, listed: BankMessageList, roles: Set[Role]) -> Html:
    """Messages that were refused or tell something odd."""
    columns = [
        Column(words("books.column.message")), Column(words("books.column.arrived"), short=True),
        Column(words("books.column.accounts"), short=True), Column(words("books.column.told")),
    ]  # fmt: skip
    return _framed(which, roles, columns, map(_message, listed.messages), listed.next)


def payments_view(
    which: BankList, listed: BankPaymentList, bills: Bills, roles: Set[Role], to_decide: Set[str] = frozenset()
) -> Html:
    """Payments of which the bank told something odd, or too early.

    ``to_decide``: the bills of those of which the viewer may say that they count as come back.
    """
    columns = [
        Column(words("books.column.bill")), Column(words("books.column.sum"), number=True),
        Column(words("books.column.debited"), short=True), Column(words("books.column.bank_says")),
        Column(words("books.column.payment")),
    ]  # fmt: skip
    return _framed(which, roles, columns, (_payment(one, bills, to_decide) for one in listed.payments), listed.next)


def sums_view(listed: WaitingSumList, roles: Set[Role]) -> Html:
    """Debits of whole groups that do not fit their payments."""
    columns = [
        Column(words("books.column.run"), short=True), Column(words("books.column.sum"), number=True),
        Column(words("books.column.debited"), short=True), Column(words("books.column.why")),
    ]  # fmt: skip
    return _framed(BankList.SUMS, roles, columns, map(_sum, listed.sums), listed.next)


def bank_said(which: BankList, count: int) -> str:
    """What a screen reader says."""
    return f"{words(f'books.bank.{which}')}: {counted(count, 'entry')}."


def _framed(
    which: BankList, roles: Set[Role], columns: list[Column], rows: Iterable[list[Child]], following: str | None
) -> Html:
    listed, caption = list(rows), words(f"books.bank.{which}")
    offered = [(f"bank/{one}", words(f"books.bank.{one}")) for one in BankList]
    return framed(
        Area.BANK,
        roles,
        words("books.area.bank"),
        choices(words("books.bank_lists"), offered, f"bank/{which}"),
        tag("p", words(f"books.bank_means.{which}")),
        table(caption, columns, listed) if listed else nothing(words("books.bank_nothing")),
        more(f"{Area.BANK}/{which}", following),
    )


def _message(one: BankMessageAnswer) -> list[Child]:
    name = tag("span", _kind(one), class_="sender")
    file = tag("span", one.file.rsplit("/", 1)[-1], class_="line")
    accounts = tag("ul", *(tag("li", grouped(account)) for account in one.accounts)) if one.accounts else None
    return [tag("div", name, tag("br"), file), moment(one.at), accounts, _told(one.told)]


def _kind(one: BankMessageAnswer) -> str:
    """``Kontoauszug (camt.053)``."""
    if one.kind not in _KINDS:
        return words("books.message_kind.unknown")
    code = one.kind.replace(".", "_")
    return f"{words(f'books.message_kind.{code}')} ({one.kind})"


def _payment(one: BankPaymentAnswer, bills: Bills, to_decide: Set[str]) -> list[Child]:
    said = [
        *([words("books.rejected", why=one.rejected)] if one.rejected is not None else []),
        *([words("books.returned", why=one.returned)] if one.returned is not None else []),
        *one.problems,
    ]
    return [
        tag("span", one.hidden, class_="quiet") if one.hidden else bills.link(one.invoice_id),
        "" if one.hidden else bills.amount(one.invoice_id),
        day(one.booked_on) if one.booked_on else "",
        join([_told(said), _money_back(one.invoice_id, bills) if one.invoice_id in to_decide else None]),
        tag("code", one.end_to_end_id, class_="digest"),
    ]


def _money_back(invoice_id: str, bills: Bills) -> Html:
    """The bank gave back another amount than it took: somebody has to say that the bill is to be paid anew."""
    path, version = f"/payments/invoices/{invoice_id}/money-back", bills.seen[invoice_id].version
    deed = Deed(path, {"version": version}, words("books.done.money_back"))
    why = reason_field(f"back-{invoice_id}", words("books.why_so"), "")
    return deed_form(deed, why, submit(words("books.money_back")))


def _sum(one: WaitingSumAnswer) -> list[Child]:
    run_id = run_named(one.payment_information_id.rsplit("-", 1)[0])
    group = one.payment_information_id
    named = tag("a", run_id, href=f"#runs/{run_id}") if run_id else group
    return [named, money(one.amount, one.currency), day(one.booked_on) if one.booked_on else "", one.why]


def _told(said: list[str]) -> Html | None:
    return tag("ul", *(tag("li", one) for one in said), class_="plain") if said else None
