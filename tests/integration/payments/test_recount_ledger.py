"""Counters that went astray are set right, and never by what people do meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from sozialakte.payments.invoice import MACHINE, Act, Duty
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.ledger_counters import LEDGER, Counts
from sozialakte.payments.recount_ledger import PAUSE, LedgerInUseError, RecountLedger
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


def recount(store: PaymentsStore, meanwhile: Callable[[], None] = lambda: None) -> int:
    waited = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        meanwhile()

    mended = RecountLedger(store, pause).mend()
    assert set(waited) <= {PAUSE}
    return mended


def counts(store: PaymentsStore) -> Counts:
    return store.ledger.by_month()["2026-11"]


def spoil(store: PaymentsStore, numbers: Mapping[str, int]) -> None:
    row = f"2026-11#{FIRST.invoice_id[0]}"
    assert row in store.ledger.by_row()
    Table(PAYMENTS).update(LEDGER, row, Change(add=numbers))


def test_right_counters_are_left_alone(store: PaymentsStore) -> None:
    before = store.ledger.by_row()

    assert recount(store) == 0
    assert store.ledger.by_row() == before


def test_no_counter_has_the_name_of_a_key_of_an_index(store: PaymentsStore) -> None:
    """DynamoDB refuses a number where an index has a text; the emulation of the tests does not."""
    keys = {name for _, *names in INDEXES[PAYMENTS] for name in names}

    assert keys
    assert keys.isdisjoint(name for row in store.ledger.by_row().values() for name in row)


def test_wrong_counters_are_set_to_the_invoices(store: PaymentsStore) -> None:
    right = counts(store)
    spoil(store, {"received_count": 2, "count/open": -1, "count/approved": 7})
    assert not counts(store).is_proven

    assert recount(store) == 3

    assert counts(store) == right
    assert right.is_proven


def test_counters_that_were_lost_are_made_anew(store: PaymentsStore) -> None:
    right = counts(store)
    for row in store.ledger.by_row():
        Table(PAYMENTS).delete(LEDGER, row)

    assert recount(store) > 0
    assert counts(store) == right


def test_what_people_do_meanwhile_stays_counted(store: PaymentsStore) -> None:
    spoil(store, {"received_count": 1})
    once = iter([an_invoice(7)])

    def meanwhile() -> None:
        for invoice in once:
            store.save(None, invoice)
            _reject(store, FIRST.invoice_id)

    assert recount(store, meanwhile) == 1

    assert counts(store).is_proven
    assert (counts(store).received, counts(store).by_state[InvoiceState.REJECTED]) == (4, 1)


def test_where_people_never_pause_it_gives_up_and_changes_nothing(store: PaymentsStore) -> None:
    spoil(store, {"received_count": 1})
    numbers = iter(range(10, 100))

    def meanwhile() -> None:
        store.save(None, an_invoice(next(numbers)))
        spoil(store, {"received_count": 1})

    with pytest.raises(LedgerInUseError):
        recount(store, meanwhile)

    assert not counts(store).is_proven


def _reject(store: PaymentsStore, invoice_id: str) -> None:
    invoice = store.get(invoice_id)
    assert invoice.acts[-1].by == MACHINE
    store.save(invoice, invoice.step(InvoiceState.REJECTED, REJECTED))
