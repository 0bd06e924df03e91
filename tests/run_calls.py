"""Payment runs in the state that a route needs, and a body for each route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sozialakte.payments.runs.run import PaymentRun, RunAct, RunState, SampleItem, run_id_of
from sozialakte.payments.runs.store import RunStore
from tests.aws import PAYMENTS
from tests.invoice_calls import invoice_for
from tests.runs import DAY, DUE_UNTIL, MAKER, NOW

PATH = "/payments/runs"
_RELATIONS = ("none", "named", "break_glass", "nobodys", "office", "missing")
"""To the dossiers of the invoices in the sample."""
RUN_BODIES: Mapping[str, dict[str, object]] = {
    f"POST {PATH}": {"execution_day": "2026-12-01"},
    f"POST {PATH}/{{run_id}}/sample/{{invoice_id}}": {"right": False, "reason": "Betrag <b>falsch</b>"},
    f"POST {PATH}/{{run_id}}/release": {"version": 1},
    f"POST {PATH}/{{run_id}}/cancellation": {"version": 1, "reason": "Falsches <b>Datum</b>"},
}


def run_asked(path: str) -> str:
    """The run that a line of the table is about: one whose sample is right, or waits."""
    return run_id_of(DAY, 1 if path.endswith("/release") else 2)


def furnish_runs() -> None:
    """Two runs that are being checked."""
    run = PaymentRun(run_asked("/release"), DAY, DUE_UNTIL, RunState.CHECKING, NOW, (RunAct("made", MAKER, NOW),))
    sample = dict.fromkeys(invoice_for("open", relation) for relation in _RELATIONS)
    waiting = replace(run, run_id=run_asked(""), sample=tuple(map(SampleItem, sample)))
    for one in (run, waiting):
        RunStore(PAYMENTS).save(None, one)
