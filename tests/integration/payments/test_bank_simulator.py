"""The bank of tests, demo and rehearsal says the same of the same file, and only what a bank may say."""

from __future__ import annotations

from io import BytesIO

from sozialakte.payments.iso20022.read_bank_message import against_schema, open_bank_message
from tests.bank.office import DAY, payment_file, released
from tests.bank.simulator import BankDay, Incoming

FILE = payment_file([released(number) for number in range(1, 21)])
CAME = (Incoming("250.00", "000000000000000000000000017"), Incoming("12.00", payer="Söhne & <Töchter>"))


def day(seed: int = 1) -> BankDay:
    return BankDay(FILE, DAY, rejected=2, returned=1, incoming=CAME, seed=seed)


def test_the_same_file_gives_the_same_messages() -> None:
    assert day().messages() == day().messages()
    assert day(2).rejected_ids != day().rejected_ids


def test_every_message_can_be_taken_and_adds_up() -> None:
    for name, content in day().messages().items():
        message = open_bank_message(BytesIO(content))

        assert against_schema(message) == (), name
        assert message.told == [], name


def test_a_payment_has_one_fate() -> None:
    back = {order.end_to_end_id for order in day().returned_orders}
    booked = {order.end_to_end_id for order in day().booked_orders}

    assert (len(day().rejected_ids), len(back), len(booked)) == (2, 1, 18)
    assert back <= booked
    assert not day().rejected_ids & booked
