"""The files for the bank, made of an order book alone: the same run always gives the same files, byte for byte.

A file goes to one bank, and holds no more payments than a bank takes. Which file an order belongs to is settled by the
book, so what is dropped later moves nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from sozialakte.payments.iso20022.bank_profile import PROFILES, BankProfile
from sozialakte.payments.iso20022.pain001 import write_payment_file
from sozialakte.payments.iso20022.payment import PaymentFile, grouped
from sozialakte.payments.iso20022.refuse_payments import MOST_PAYMENTS
from sozialakte.payments.runs.orders import Order, OrderBook
from sozialakte.payments.runs.run import message_id_of


@dataclass(frozen=True)
class BankFile:
    """A file and what its bank wants otherwise."""

    file: PaymentFile
    profile: BankProfile

    def written(self) -> bytes:
        """As pain.001. Raises `PaymentsRefusedError`."""
        target = BytesIO()
        write_payment_file(self.file, target, self.profile)
        return target.getvalue()


def bank_files(
    book: OrderBook, dropped: Set[str], created_at: datetime, most: int = MOST_PAYMENTS
) -> Iterator[BankFile]:
    """The files of a book, without the dropped invoices; one that would be empty is not written."""
    for number, part in enumerate(_parts(book, most), start=1):
        orders = [order for order in part if order.invoice_id not in dropped]
        if orders:
            yield _file(book, message_id_of(book.header.run_id, number), orders, created_at)


def _parts(book: OrderBook, most: int) -> Iterator[list[Order]]:
    banks: dict[tuple[str, str], list[Order]] = {}
    of_account = {account.iban: (account.debtor.institution, account.profile) for account in book.header.accounts}
    for order in book.orders:
        banks.setdefault(of_account[order.account], []).append(order)
    for _, orders in sorted(banks.items()):
        for start in range(0, len(orders), most):
            yield orders[start : start + most]


def _file(book: OrderBook, message_id: str, orders: list[Order], created_at: datetime) -> BankFile:
    accounts = {account.iban: account for account in book.header.accounts}
    used = [accounts[iban] for iban in sorted({order.account for order in orders})]
    groups = [
        group
        for account in used
        for group in grouped(account.debtor, [one.payment for one in orders if one.account == account.iban])
    ]
    file = PaymentFile(message_id, created_at, book.header.payer, book.header.execution_day, groups)
    return BankFile(file, PROFILES[used[0].profile])
