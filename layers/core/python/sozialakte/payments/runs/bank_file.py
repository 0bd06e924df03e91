"""The files for the bank, made of an order book alone: the same run always gives the same files, byte for byte.

A file goes to one bank, and holds no more payments than a bank takes. Which file an order belongs to is settled by the
book, so what is dropped later moves nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from sozialakte.payments.iso20022.bank_profile import PROFILES, BankProfile
from sozialakte.payments.iso20022.pain001 import write_payment_file
from sozialakte.payments.iso20022.payment import PaymentFile, grouped
from sozialakte.payments.iso20022.refuse_payments import MOST_PAYMENTS
from sozialakte.payments.runs.orders import Order, OrderBook, PayingAccount
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


def in_parts(
    orders: Iterable[Order], accounts: Iterable[PayingAccount], most: int = MOST_PAYMENTS
) -> tuple[Order, ...]:
    """The orders in the same sequence, each told which file it goes into: one bank a file, at most so many payments."""
    banks: dict[tuple[str, str], list[Order]] = {}
    of_account = {account.iban: (account.debtor.institution, account.profile) for account in accounts}
    all_orders = tuple(orders)
    for order in all_orders:
        banks.setdefault(of_account[order.account], []).append(order)
    shares = [found[start : start + most] for _, found in sorted(banks.items()) for start in range(0, len(found), most)]
    part_of = {order.invoice_id: part for part, share in enumerate(shares, start=1) for order in share}
    return tuple(replace(order, part=part_of[order.invoice_id]) for order in all_orders)


def bank_files(book: OrderBook, dropped: Set[str], created_at: datetime) -> Iterator[BankFile]:
    """The files of a book, without the dropped invoices; one that would be empty is not written."""
    parts: dict[int, list[Order]] = {}
    for order in book.orders:
        if order.invoice_id not in dropped:
            parts.setdefault(order.part, []).append(order)
    for part, orders in sorted(parts.items()):
        yield _file(book, message_id_of(book.header.run_id, part), orders, created_at)


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
