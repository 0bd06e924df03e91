"""What the bank did not say, or said oddly, rings an alarm once: when it is old enough to be no delay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from sozialakte.payments.bank.attention import after_bank_days, attention
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Table
from sozialakte.shared.texts import say
from tests.aws import PAYMENTS, counted_calls
from tests.bank.office import MESSAGE, NOW, released, sent, take
from tests.bank.words import batch, camt, details, entry, status_report
from tests.runs import RELEASED_AT, a_run_of_files

pytestmark = pytest.mark.usefixtures("aws")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BOOKED = details("100.00", end_to_end_id=f"{released(1).invoice_id}-01", ref="d")


def rung(days: int, begun: datetime = NOW) -> Iterator[tuple[int, str, str]]:
    """What is told hour by hour: after how many hours, its code, and its words."""
    runs, store, book = RunStore(PAYMENTS), PaymentsStore(PAYMENTS), BankBook(Table(PAYMENTS))
    for hour in range(1, days * 24 + 1):
        for reason in attention(book, runs, store, HOUR, begun + hour * HOUR + timedelta(seconds=1)):
            yield hour, reason.code.removeprefix("bank_attention."), say(reason)


def test_a_file_without_an_answer_and_its_payments_ring_once_each() -> None:
    sent([released(1), released(2)])
    RunStore(PAYMENTS).save(None, a_run_of_files(MESSAGE))

    told = list(rung(12, RELEASED_AT))

    # Exported on Friday 16:00, to be paid on Monday, so both days end on the Tuesday and the Wednesday after.
    assert [(hour, code) for hour, code, _ in told] == [(96, "no_answer"), (104, "unbooked")]
    assert MESSAGE in told[0][2]
    assert "2 Zahlungen des Laufs R20261127-01" in told[1][2]


def test_a_file_that_was_answered_and_booked_rings_nothing() -> None:
    sent([released(1)])
    RunStore(PAYMENTS).save(None, a_run_of_files(MESSAGE))
    take(status_report(MESSAGE, status="ACCP"), RELEASED_AT)
    take(camt("camt.054", [entry("100.00", BOOKED, ref="e")]), RELEASED_AT)

    assert list(rung(12, RELEASED_AT)) == []


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (camt("camt.054", [entry("7.00", batch(f"{MESSAGE}-01"), ref="B")]), "sums"),
        (camt("camt.054", [entry("90.00", BOOKED.replace("100.00", "90.00"), ref="e")]), "odd_payments"),
        (camt("camt.054", [entry("100.00", BOOKED.replace("-01", "-02"), ref="e")]), "early"),
        (status_report("OTHER-1", status="ACCP"), "odd_files"),
    ],
)
def test_what_does_not_fit_rings_after_a_day(message: bytes, code: str) -> None:
    sent([released(1)])
    take(message)

    assert [(hour, found) for hour, found, _ in rung(4)] == [(24, code)]


def test_nothing_is_lost_while_nobody_looks() -> None:
    runs, store, book = RunStore(PAYMENTS), PaymentsStore(PAYMENTS), BankBook(Table(PAYMENTS))
    attention(book, runs, store, HOUR, NOW - HOUR)
    take(b"<html>")

    (reason,) = attention(book, runs, store, HOUR, NOW + 30 * DAY)

    assert reason.code == "bank_attention.refused"


def test_a_quiet_hour_costs_few_calls() -> None:
    with counted_calls() as calls:
        assert list(rung(1)) == []

    assert len(calls) <= 24 * 8


@pytest.mark.parametrize(
    ("begun", "end"),
    [
        (datetime(2026, 11, 25, 9, 0, tzinfo=UTC), date(2026, 11, 27)),  # Wednesday: Friday
        (datetime(2026, 11, 26, 9, 0, tzinfo=UTC), date(2026, 11, 30)),  # Thursday: Monday
        (datetime(2026, 11, 28, 9, 0, tzinfo=UTC), date(2026, 12, 1)),  # Saturday: Tuesday
    ],
)
def test_banks_work_on_weekdays(begun: datetime, end: date) -> None:
    assert after_bank_days(begun, 2).date() == end
