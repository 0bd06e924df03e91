"""What the bank told that somebody has to look at: messages, payments, sums; each list is one query by page."""

from __future__ import annotations

from enum import StrEnum

from functions.payments.routes.common import Settings, api, hidden_invoices
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank_lists import BankMessageList, BankPaymentList, WaitingSumList
from sozialakte.runtime.dynamo import Table
from sozialakte.runtime.guards import Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action


class MessageMark(StrEnum):
    """``REFUSED``: nothing of it was done. ``ODD``: all of it was, but something in it is wrong or unusual."""

    REFUSED = "refused"
    ODD = "odd"


class PaymentMark(StrEnum):
    """``ODD``: something is wrong with it. ``EARLY``: the bank knows of it, the platform does not (yet)."""

    ODD = "odd"
    EARLY = "early"


@api.get("/payments/bank/messages", Guard(Action.LIST_BANK, lambda _: "bank#messages"))
def list_bank_messages(mark: MessageMark = MessageMark.REFUSED, cursor: Cursor | None = None) -> BankMessageList:
    """Messages of the bank that were refused, or that tell something odd, the newest first, and why in words."""
    return BankMessageList.of(*_book().files(mark, PAGE_SIZE, cursor))


@api.get("/payments/bank/payments", Guard(Action.LIST_BANK, lambda _: "bank#payments"))
def list_bank_payments(mark: PaymentMark = PaymentMark.ODD, cursor: Cursor | None = None) -> BankPaymentList:
    """Payments of which the bank told something odd, or too early, the longest waiting first."""
    payments, following = _book().payments(mark, PAGE_SIZE, cursor)
    return BankPaymentList.of(payments, following, hidden_invoices(one.invoice_id for one in payments))


@api.get("/payments/bank/sums", Guard(Action.LIST_BANK, lambda _: "bank#sums"))
def list_waiting_sums(cursor: Cursor | None = None) -> WaitingSumList:
    """Debits of whole groups that do not fit their payments, the longest waiting first."""
    return WaitingSumList.of(*_book().sums(PAGE_SIZE, cursor))


def _book() -> BankBook:
    return BankBook(Table(read_settings(Settings).payments_table))
