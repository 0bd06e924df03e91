"""A withdrawal may end between any two AWS calls: run again, the file is away and every bill approved once.

One of its three bills was paid by an emergency file meanwhile: that one goes over to the emergency's run.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.runs.files import BankFiles, withdrawn_key
from sozialakte.payments.runs.run import RunState
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from tests.aws import BANK, PAYMENTS, local_aws
from tests.crash.probe import Moment, Probe
from tests.emergencies import exported, imported, withdrawing, withdrawn, written
from tests.pipeline import Crash, Pipeline
from tests.runs import DAY, RUN, add_approved, bank_files_out, release, start_run

FILE, EMERGENCY = f"{RUN}-1", "R20261201-01"


@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.AFTER, Moment.REFUSED])
def test_whoever_is_cut_off_between_any_two_calls_runs_it_again(moment: Moment) -> None:
    calls = _ends_as_if_nothing_had_happened(Probe())
    assert calls > 10
    for at in range(1, calls + 1):
        _ends_as_if_nothing_had_happened(Probe(at, moment))


def _ends_as_if_nothing_had_happened(probe: Probe) -> int:
    with local_aws():
        paid, *others = _a_run_and_an_emergency()
        body = bank_files_out()[FILE]
        withdraw = withdrawing()
        probe.attach()
        with suppress(Crash, ClientError), probe.watching():
            withdraw(RUN, "nicht übertragen")
        withdrawn()
        assert (list(bank_files_out()), BankFiles(BANK).get(withdrawn_key(FILE))) == ([f"{EMERGENCY}-1"], body)
        run, store = RunStore(PAYMENTS).get(RUN), PaymentsStore(PAYMENTS)
        assert (run.state, [act.what for act in run.acts].count("withdrawn")) == (RunState.CANCELLED, 1)
        moved = store.get(paid)
        assert (moved.state, moved.version, moved.run_id) == (InvoiceState.RELEASED, 6, EMERGENCY)
        found = store.get_many(others)
        assert {(one.state, one.version, one.run_id) for one in found} == {(InvoiceState.APPROVED, 5, None)}
    return len(probe.calls)


def _a_run_and_an_emergency() -> list[str]:
    """The bills of an exported run; the first was paid by an emergency file of another day."""
    pipeline, paid = Pipeline(), add_approved(1)
    body = written(exported(), day=DAY + timedelta(days=1))
    others = [add_approved(number) for number in (2, 3)]
    start_run()
    pipeline.run()
    release()
    pipeline.run()
    imported(*body)
    return [one.invoice_id for one in (paid, *others)]
