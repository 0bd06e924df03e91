"""The payments that programs are compared with are right, and say what they are meant to say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.bench.payment_sets import payments
from tests.bench.work.order_book import order
from tests.bench.work.write_payments import build, payment

COUNT = 30


@pytest.mark.parametrize("of", ["plain", "mixed"])
def test_they_are_payments_that_a_bank_takes(of: str, tmp_path: Path) -> None:
    findings = build([payment(plain) for plain in payments(COUNT, of)], tmp_path / "payments.xml", "-")

    assert (findings.schema_errors, findings.rule_errors, findings.payments) == ((), (), COUNT)


def test_mixed_ones_are_of_every_kind() -> None:
    kinds = Counter((one.reference_type, one.currency, one.debtor is not None) for one in payments(COUNT))

    assert kinds == {
        ("QRR", "CHF", True): 15,
        ("SCOR", "CHF", True): 6,
        ("NON", "CHF", True): 6,
        ("NON", "EUR", False): 3,
    }


def test_plain_ones_say_nothing_that_a_peer_cannot() -> None:
    some = payments(COUNT, "plain")

    assert {(one.reference, one.debtor) for one in some} == {("", None)}
    assert all(one.message for one in some)


def test_no_two_orders_have_the_same_id() -> None:
    made = [order(number, payment(one)) for number, one in enumerate(payments(COUNT))]

    assert len({one.end_to_end_id for one in made}) == COUNT
