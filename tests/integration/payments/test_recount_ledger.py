"""Counters that went astray are set right, and never by what people do meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from sozialakte.payments.invoice import MACHINE, Act, Duty
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.ledger_books import LEDGER, Counts, Numbers
from sozialakte.payments.records import invoice_key
from sozialakte.payments.recount_ledger import PAUSE, LedgerInUseError, LostInvoicesError, RecountLedger
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Change, Table
from tests.aws import INDEXES, PAYMENTS
from tests.builders import NOW
from tests.invoices import TERMS, an_invoice

pytestmark = pytest.mark.usefixtures("aws")
FIRST = an_invoice(0)
REJECTED = Act(Duty.SETTLE, "end_rejected", "ma-101", NOW, reason="Nicht unsere.")


@pytest.fixture
def store() -> PaymentsStore:
    """Three invoices, a credit note among them."""
    store = PaymentsStore(PAYMENTS)
    for number, amount in enumerate(("1450.00", "-42.40", None)):
        terms = replace(TERMS, amount=Decimal(amount) if amount else None)
        store.save(None, an_invoice(number, terms))
    return store


def recount(store: PaymentsStore, meanwhile: Callable[[], None] = lambda: None, lost: int = 0) -> int:
    waited = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        meanwhile()

    mended = RecountLedger(store, pause, lost).mend()
    assert set(waited) <= {PAUSE}
    return mended


def counts(store: PaymentsStore) -> Counts:
    return store.ledger.by_month()["2026-11"]


def spoil(store: PaymentsStore, numbers: Mapping[str, int]) -> None:
    row = f"2026-11#{FIRST.invoice_id[0]}"
    assert (LEDGER, row) in rows(store)
    Table(PAYMENTS).update(LEDGER, row, Change(add=numbers))


def rows(store: PaymentsStore) -> Numbers:
    return store.ledger.by_row(["2026-11"])


def test_right_counters_are_left_alone(store: PaymentsStore) -> None:
    before = rows(store)

    assert recount(store) == 0
    assert rows(store) == before


def test_no_counter_has_the_name_of_a_key_of_an_index(store: PaymentsStore) -> None:
    """DynamoDB refuses a number where an index has a text; the emulation of the tests does not."""
    keys = {name for _, *names in INDEXES[PAYMENTS] for name in names}

    assert keys
    assert keys.isdisjoint(name for row in rows(store).values() for name in row)


def test_wrong_counters_are_set_to_the_invoices(store: PaymentsStore) -> None:
    right = counts(store)
    spoil(store, {"received_count": -2, "count/open": -1, "count/approved": 7})
    assert not counts(store).is_proven

    assert recount(store) == 3

    assert counts(store) == right
    assert right.is_proven


def test_counters_that_were_lost_are_made_anew(store: PaymentsStore) -> None:
    right = counts(store)
    before = rows(store)
    for key in before:
        Table(PAYMENTS).delete(*key)

    assert recount(store) > 0
    assert counts(store) == right
    assert rows(store) == before


def test_what_people_do_meanwhile_stays_counted(store: PaymentsStore) -> None:
    spoil(store, {"received_count": -1})
    once = iter([an_invoice(7)])

    def meanwhile() -> None:
        for invoice in once:
            store.save(None, invoice)
            _reject(store, FIRST.invoice_id)

    assert recount(store, meanwhile) == 1

    assert counts(store).is_proven
    assert (counts(store).received, counts(store).by_state[InvoiceState.REJECTED]) == (4, 1)


def test_where_people_never_pause_it_gives_up_and_changes_nothing(store: PaymentsStore) -> None:
    spoil(store, {"received_count": -1})
    numbers = iter(range(10, 100))

    def meanwhile() -> None:
        store.save(None, an_invoice(next(numbers)))
        spoil(store, {"received_count": -1})

    with pytest.raises(LedgerInUseError):
        recount(store, meanwhile)

    assert not counts(store).is_proven


def test_a_lost_invoice_is_not_counted_away(store: PaymentsStore) -> None:
    Table(PAYMENTS).delete(*invoice_key(FIRST.invoice_id))

    with pytest.raises(LostInvoicesError, match="1"):
        recount(store)
    with pytest.raises(LostInvoicesError):
        recount(store, lost=2)
    assert counts(store).received == 3

    assert recount(store, lost=1) > 0
    assert counts(store).received == 2
    assert RecountLedger(store).look() == {}


def _reject(store: PaymentsStore, invoice_id: str) -> None:
    invoice = store.get(invoice_id)
    assert invoice.acts[-1].by == MACHINE
    store.save(invoice, invoice.step(InvoiceState.REJECTED, REJECTED))
