"""A payment run from the question for it to the file for the bank."""

from __future__ import annotations

import pytest

from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.runs.run import RunState
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from tests.aws import PAYMENTS
from tests.pipeline import Pipeline
from tests.runs import RUN, add_approved, bank_files_out, release, start_run

pytestmark = pytest.mark.usefixtures("aws")


def test_what_is_approved_and_due_goes_out_in_one_file() -> None:
    pipeline, invoices = Pipeline(), [add_approved(number) for number in range(1, 8)]
    start_run()
    pipeline.run()
    built = RunStore(PAYMENTS).get(RUN)
    assert (built.state, built.totals["CHF"].count) == (RunState.CHECKING, 7)

    release()
    pipeline.run()

    run, (body,) = RunStore(PAYMENTS).get(RUN), bank_files_out().values()
    assert (run.state, run.files[0].count) == (RunState.EXPORTED, 7)
    assert all(invoice.invoice_id.encode() in body for invoice in invoices)
    assert {one.state for one in PaymentsStore(PAYMENTS).get_many(one.invoice_id for one in invoices)} == {
        InvoiceState.RELEASED
    }
