"""What a file of ours told the bank to pay, read again: all of it, or an error."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest

from sozialakte.payments.iso20022.orders import orders_in, read_sent
from sozialakte.payments.iso20022.xml_parsers import UnreadableMessageError
from sozialakte.payments.runs.bank_file import bank_files, in_parts
from sozialakte.payments.runs.orders import BookHeader, OrderBook, PayingAccount
from tests.aws import PAYING_ACCOUNT
from tests.runs import DAY, RELEASED_AT, RUN, an_order

OWN = PayingAccount(**PAYING_ACCOUNT)


def a_file(count: int = 3) -> bytes:
    """As a run writes it."""
    orders = in_parts((an_order(number) for number in range(1, count + 1)), [OWN])
    (one,) = bank_files(OrderBook(BookHeader(RUN, DAY, "Stadt", (OWN,)), orders), frozenset(), RELEASED_AT)
    return one.written()


def test_a_file_is_read_as_it_was_written() -> None:
    sent, wanted = read_sent(a_file()), [an_order(number).payment for number in (1, 2, 3)]

    assert (sent.message_id, sent.total) == (f"{RUN}-1", Decimal("1200.00"))
    assert {(one.end_to_end_id, one.iban, one.amount, one.currency) for one in sent.orders} == {
        (one.end_to_end_id, one.iban, one.amount, one.currency) for one in wanted
    }
    assert {one.account for one in sent.orders} == {OWN.iban}
    assert sent.orders == tuple(orders_in(BytesIO(a_file())))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<InstdAmt Ccy="CHF">400.00</InstdAmt>', b""),
        (b'"CHF">400.00', b'"CHF">4OO.00'),
        (b'"CHF">400.00', b'"CHF">-400.00'),
        (b'"CHF">400.00', b'"CHF">400.005'),
        (b"pain.001.001.09", b"pain.001.001.03"),
        (b"</Document>", b""),
    ],
)
def test_what_is_broken_in_it_is_an_error(before: bytes, after: bytes) -> None:
    body = a_file()
    assert before in body

    with pytest.raises(UnreadableMessageError):
        read_sent(body.replace(before, after))
