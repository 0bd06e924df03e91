"""Runs of payments that are built, released, and changed under their feet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sozialakte.payments.invoice import Act, Duty
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.store import PaymentsStore
from tests.aws import PAYMENTS
from tests.runs import APPROVER, RELEASED_AT, add_approved, check_sample, release, start_run

if TYPE_CHECKING:
    from tests.crash.scenarios import Run, Scenario

ADVANCE_RUN, PUBLISH_PAYMENTS = "functions.payments.advance_run", "functions.payments.publish_changes"


def a_payment_run(run: Run) -> None:
    """Two of three invoices go out; the third is sent back after the order book was written."""
    invoices = [add_approved(number) for number in range(1, 4)]
    start_run()
    run.run()
    check_sample()
    _send_back(invoices[2].invoice_id)
    release()
    run.run()


def _send_back(invoice_id: str) -> None:
    store = PaymentsStore(PAYMENTS)
    invoice = store.get(invoice_id)
    act = Act(Duty.SETTLE, "return", APPROVER, RELEASED_AT, 1, reason="Betrag falsch")
    store.save(invoice, invoice.step(InvoiceState.RETURNED, act))


RUN_SCENARIOS: Mapping[str, Scenario] = {ADVANCE_RUN: a_payment_run, PUBLISH_PAYMENTS: a_payment_run}
