"""A withdrawal may end between any two AWS calls: run again, the file is away and every bill approved once."""

from __future__ import annotations

from contextlib import suppress

import pytest
from botocore.exceptions import ClientError

from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.runs.files import BankFiles, withdrawn_key
from sozialakte.payments.runs.run import RunState
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from tests.aws import BANK, PAYMENTS, local_aws
from tests.crash.probe import Moment, Probe
from tests.emergencies import withdrawing, withdrawn
from tests.pipeline import Crash, Pipeline
from tests.runs import RUN, add_approved, bank_files_out, release, start_run


@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.AFTER, Moment.REFUSED])
def test_whoever_is_cut_off_between_any_two_calls_runs_it_again(moment: Moment) -> None:
    calls = _ends_as_if_nothing_had_happened(Probe())
    assert calls > 10
    for at in range(1, calls + 1):
        _ends_as_if_nothing_had_happened(Probe(at, moment))


def _ends_as_if_nothing_had_happened(probe: Probe) -> int:
    with local_aws():
        invoices = [add_approved(number) for number in (1, 2)]
        _exported()
        (body,) = bank_files_out().values()
        withdraw = withdrawing()
        probe.attach()
        with suppress(Crash, ClientError), probe.watching():
            withdraw(RUN, "nicht übertragen")
        withdrawn()
        assert (bank_files_out(), BankFiles(BANK).get(withdrawn_key(f"{RUN}-1"))) == ({}, body)
        run = RunStore(PAYMENTS).get(RUN)
        assert (run.state, [act.what for act in run.acts].count("withdrawn")) == (RunState.CANCELLED, 1)
        found = PaymentsStore(PAYMENTS).get_many(one.invoice_id for one in invoices)
        assert {(one.state, one.version, one.run_id) for one in found} == {(InvoiceState.APPROVED, 5, None)}
    return len(probe.calls)


def _exported() -> None:
    pipeline = Pipeline()
    start_run()
    pipeline.run()
    release()
    pipeline.run()
