"""However invoices change, the counters tell what is there: of each month, creditor, dossier and day."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.bill_ledger import Age, ages_by_day
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.ledger_books import (
    DAYS,
    LEDGER,
    NOBODY,
    Numbers,
    Owner,
    changes_of,
    counts_in,
    owner_pk,
    rows_of,
)
from tests.invoices import TERMS, an_invoice

CHANGES = st.fixed_dictionaries(
    {
        "state": st.sampled_from(InvoiceState),
        "dossier_id": st.sampled_from([None, "SH-2026-00001", "SH-2026-00002"]),
        "creditor_id": st.sampled_from([None, "c0ffee00c0ffee00", "beef0000beef0000"]),
        "accepted": st.sampled_from([None, Decimal("12.35"), Decimal(-7)]),
    }
)
HISTORIES = st.lists(st.lists(CHANGES, min_size=1, max_size=5), min_size=1, max_size=6)


def versions(number: int, changes: list[dict[str, object]]) -> list[Invoice]:
    """Of one invoice, received on a day of its own."""
    received = datetime(2026, 11, 28, 12, tzinfo=UTC) + timedelta(days=number)
    first = replace(an_invoice(number), received_at=received)
    return [replace(first, **change) for change in changes]  # type: ignore[arg-type]


def without_zeros(rows: Numbers) -> Numbers:
    kept = {key: Counter({name: value for name, value in told.items() if value}) for key, told in rows.items()}
    return {key: told for key, told in kept.items() if told}


@given(HISTORIES)
def test_all_changes_together_are_what_is_there_now(histories: list[list[dict[str, object]]]) -> None:
    counted: Numbers = {}
    now = []
    for number, changes in enumerate(histories):
        before = None
        for after in versions(number, changes):
            for key, added in changes_of(before, after).items():
                counted.setdefault(key, Counter()).update(added)
            before = after
        now += [before] if before else []

    assert without_zeros(counted) == without_zeros(rows_of(now))


@given(HISTORIES)
def test_every_invoice_is_received_once_by_one_creditor_and_in_one_dossier(
    histories: list[list[dict[str, object]]],
) -> None:
    rows = rows_of(versions(number, changes)[-1] for number, changes in enumerate(histories))

    def received(start: str) -> int:
        return sum(counts_in(told).received for (pk, _), told in rows.items() if pk.startswith(start))

    every = sum(counts_in(told).received for (pk, _), told in rows.items() if pk == LEDGER)
    assert {every, *(received(owner_pk(owner, "")) for owner in Owner)} == {len(histories)}


def test_finer_counters_make_nobody_wait_who_would_not_wait_anyway() -> None:
    """Rows of the same transaction differ in the shard only as the month's row does."""
    for number in range(40):
        shards = {sk.rpartition("#")[2] for _, sk in rows_of([an_invoice(number)])}
        assert shards == {an_invoice(number).invoice_id[0]}


def test_what_belongs_to_nobody_is_counted_too() -> None:
    rows = rows_of([replace(an_invoice(), creditor_id=None)])

    assert {sk.rpartition("#")[0] for pk, sk in rows if pk.startswith(f"{LEDGER}#c")} == {NOBODY}


def test_a_settled_invoice_leaves_its_day() -> None:
    bill = an_invoice(terms=TERMS)
    changed = changes_of(bill, replace(bill, state=InvoiceState.REJECTED))

    assert [told for (pk, _), told in changed.items() if pk == DAYS] == [Counter({"unpaid_count": -1})]


def test_ages_of_days_and_what_is_older_than_all_of_them() -> None:
    day = date(2026, 11, 22)
    by_day = {day: 2, day - timedelta(7): 1, day - timedelta(8): 4, day - timedelta(90): 3}

    ages = ages_by_day(by_day, 15, day)

    assert ages == {Age.WEEK: 3, Age.FORTNIGHT: 4, Age.MONTH: 0, Age.TWO_MONTHS: 0, Age.QUARTER: 3, Age.OLDER: 5}
