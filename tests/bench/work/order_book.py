"""Writes the order book of a run as it lies in the bank bucket. Arguments: how many payments, where to."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from sozialakte.payments.invoice import end_to_end_id
from sozialakte.payments.iso20022.payment import Payment
from sozialakte.payments.runs.bank_file import in_parts
from sozialakte.payments.runs.order_book import write_book
from sozialakte.payments.runs.orders import BookHeader, Order, OrderBook, PayingAccount
from tests.bench.meter import tell
from tests.bench.payment_sets import DAY, OWN_BIC, OWN_IBAN, OWN_NAME, payments
from tests.bench.work.write_payments import payment

ACCOUNT = PayingAccount(OWN_IBAN, OWN_NAME, OWN_BIC)


def order(number: int, made: Payment) -> Payment:
    """The payment under the ids of an invoice."""
    invoice_id = f"{number:032x}"
    return replace(made, invoice_id=invoice_id, end_to_end_id=end_to_end_id(invoice_id, 1))


if __name__ == "__main__":
    count, path = int(sys.argv[1]), Path(sys.argv[2])
    named = (order(number, payment(plain)) for number, plain in enumerate(payments(count)))
    orders = (Order(one, 3, OWN_IBAN, date(*DAY), persons=("ma-301", "ma-302")) for one in named)
    header = BookHeader("R20261126-01", date(*DAY), OWN_NAME, (ACCOUNT,))
    path.write_bytes(write_book(OrderBook(header, in_parts(orders, (ACCOUNT,)))))
    tell(orders=count)
