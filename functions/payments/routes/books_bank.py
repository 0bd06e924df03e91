"""What the bank told that somebody has to look at, as markup, for the page of the accounts; JSON carries it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.payments.routes.books import bills_of
from functions.payments.routes.common import Settings, api
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.facts import PaymentFacts
from sozialakte.payments.bank_lists import BankMessageList, BankPaymentList, WaitingSumList
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.views.bank_view import BankList, bank_said, messages_view, payments_view, sums_view
from sozialakte.payments.views.bills_seen import Bills
from sozialakte.payments.views.page_view import PageView
from sozialakte.runtime.dynamo import Table
from sozialakte.runtime.guards import Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action, Relation, decide

_MARKS = {BankList.ODD_PAYMENTS: "odd", BankList.EARLY_PAYMENTS: "early"}


@api.get("/payments/books/bank", Guard(Action.LIST_BANK, lambda _: "bank#messages"))
def view_bank() -> PageView:
    """The list with which people begin: messages that were refused."""
    return _messages(BankList.REFUSED, None)


@api.get("/payments/books/bank/<list_name>", Guard(Action.LIST_BANK, lambda asked: f"bank#{asked.text('list_name')}"))
def view_bank_list(list_name: Annotated[BankList, Path()], cursor: Cursor | None = None) -> PageView:
    """Messages, payments or sums that somebody has to look at, as markup."""
    if list_name in _MARKS:
        return _payments(list_name, cursor)
    return _sums(cursor) if list_name is BankList.SUMS else _messages(list_name, cursor)


def _messages(which: BankList, cursor: str | None) -> PageView:
    listed = BankMessageList.of(*_book().files(which, PAGE_SIZE, cursor))
    html = messages_view(which, listed, api.asked.staff.roles)
    return PageView(html=html, said=bank_said(which, len(listed.messages)))


def _payments(which: BankList, cursor: str | None) -> PageView:
    payments, following = _book().payments(_MARKS[which], PAGE_SIZE, cursor)
    bills = bills_of(one.invoice_id for one in payments if one.invoice_id)
    listed = BankPaymentList.of(payments, following, bills.hidden)
    html = payments_view(which, listed, bills, api.asked.staff.roles, _to_decide(payments, bills))
    return PageView(html=html, said=bank_said(which, len(listed.payments)))


def _to_decide(payments: Iterable[PaymentFacts], bills: Bills) -> frozenset[str]:
    """The bills of which the caller may say that another amount than went counts as come back."""
    if not decide(api.asked.staff.roles, Relation.OPEN_BUSINESS, Action.DECIDE_MONEY_BACK).allowed:
        return frozenset()
    paid = {invoice_id for invoice_id, bill in bills.seen.items() if bill.state is InvoiceState.PAID}
    back = {one.invoice_id for one in payments if one.backs and one.returned is None}
    return frozenset(paid & back)


def _sums(cursor: str | None) -> PageView:
    listed = WaitingSumList.of(*_book().sums(PAGE_SIZE, cursor))
    html = sums_view(listed, api.asked.staff.roles)
    return PageView(html=html, said=bank_said(BankList.SUMS, len(listed.sums)))


def _book() -> BankBook:
    return BankBook(Table(read_settings(Settings).payments_table))
