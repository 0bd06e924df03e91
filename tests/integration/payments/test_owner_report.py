"""The proof for every client and creditor fails where something is wrong, and says where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sozialakte.payments.invoice import MACHINE, Act, Duty
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.ledger_books import LEDGER, Owner, owner_pk
from sozialakte.payments.owner_report import OwnerReport, ReadOwnerReport
from sozialakte.payments.records import invoice_item, invoice_key
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Change, Table
from tests.aws import PAYMENTS
from tests.builders import NOW
from tests.invoices import an_invoice

pytestmark = pytest.mark.usefixtures("aws")
FIRST, SECOND = "SH-2026-00001", "SH-2026-00002"
RENT, POWER = "c0ffee00c0ffee00", "beef0000beef0000"
BILLS = (
    an_invoice(1, dossier_id=FIRST),
    replace(an_invoice(2, dossier_id=FIRST), creditor_id=POWER),
    an_invoice(3, dossier_id=SECOND),
    replace(an_invoice(4), creditor_id=None),
)


@pytest.fixture(autouse=True)
def bills(aws: None) -> None:  # noqa: ARG001 # the table comes first
    for bill in BILLS:
        PaymentsStore(PAYMENTS).save(None, bill)


def report(owner: Owner = Owner.DOSSIER) -> OwnerReport:
    waited: list[float] = []
    found = ReadOwnerReport(PaymentsStore(PAYMENTS), date(2026, 11, 22), waited.append)(owner)
    assert bool(waited) is not found.is_proven  # what differs is looked at twice
    return found


def wrong(owner: Owner) -> list[tuple[str, int, int]]:
    return [
        (line.owner_id, line.counted.received, line.found.in_a_state)
        for line in report(owner).lines
        if not line.is_proven
    ]


def spoil(pk: str, owner_id: str, name: str) -> None:
    Table(PAYMENTS).update(pk, f"{owner_id}#{BILLS[0].invoice_id[0]}", Change(add={name: 1}))


def test_all_is_right() -> None:
    assert (report().is_proven, report(Owner.CREDITOR).is_proven) == (True, True)
    assert [(line.owner_id, line.counted.received) for line in report().lines] == [("-", 1), (FIRST, 2), (SECOND, 1)]
    assert sum(report().ages.values()) == len(BILLS)


def test_a_row_that_is_gone_is_missing_at_its_client_and_its_creditor() -> None:
    Table(PAYMENTS).delete(*invoice_key(BILLS[0].invoice_id))

    assert wrong(Owner.DOSSIER) == [(FIRST, 2, 1)]
    assert wrong(Owner.CREDITOR) == [(RENT, 2, 1)]
    assert report().wrong_months == ("2026-11",)


def test_a_row_that_no_list_shows_is_missing() -> None:
    unlisted = invoice_item(BILLS[1])
    del unlisted["state_key"]
    Table(PAYMENTS).put(unlisted)

    assert wrong(Owner.DOSSIER) == [(FIRST, 2, 1)]
    assert wrong(Owner.CREDITOR) == [(POWER, 1, 0)]


def test_a_counter_that_went_astray_is_named() -> None:
    spoil(owner_pk(Owner.DOSSIER, "2026-11"), FIRST, "count/paid")

    (line,) = (line for line in report().lines if not line.is_proven)
    assert (line.owner_id, line.wrong, report().wrong_months) == (FIRST, ("count/paid",), ())
    assert report(Owner.CREDITOR).is_proven


def test_a_wrong_counter_of_the_whole_is_named_by_its_month() -> None:
    spoil(LEDGER, "2026-11", "received_count")

    found = report()
    assert (found.is_proven, found.wrong_months) == (False, ("2026-11",))
    assert all(line.is_proven for line in found.lines)


def test_an_invoice_that_moves_is_received_where_it_lies_now() -> None:
    moved = BILLS[0].changed(Act(Duty.SETTLE, "letter_filed", MACHINE, NOW), dossier_id=SECOND)
    PaymentsStore(PAYMENTS).save(BILLS[0], moved)
    last = BILLS[1].changed(Act(Duty.SETTLE, "letter_filed", MACHINE, NOW), dossier_id=SECOND)
    PaymentsStore(PAYMENTS).save(BILLS[1], last)

    found = report()
    assert [(line.owner_id, line.counted.by_state) for line in found.lines] == [
        ("-", {InvoiceState.OPEN: 1}),
        (SECOND, {InvoiceState.OPEN: 3}),
    ]
    assert found.is_proven
