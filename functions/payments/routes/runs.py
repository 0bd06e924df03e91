"""Payment runs: made, looked at, their sample checked, released, cancelled."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.payments.routes.common import InvoiceInPath, Settings, actor, api, office, store, to_invoice
from functions.payments.routes.seen_runs import seen_run
from sozialakte.payments.runs.act_on_run import ActOnRun
from sozialakte.payments.runs.answers import RunList, words_of_run_act, words_of_state
from sozialakte.payments.runs.questions import CancelRun, CheckPayment, MakeRun, ReleaseRun
from sozialakte.payments.runs.run import PaymentRun
from sozialakte.payments.runs.seen_run import RunSeen
from sozialakte.payments.runs.standstills import Standstills
from sozialakte.payments.runs.store import (
    NoMoreRunsError,
    OtherRunOpenError,
    RunChangedError,
    RunStore,
    UnknownRunError,
)
from sozialakte.payments.words import words_of_person
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.problems import ProblemError, field_problem, invalid_request
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action
from sozialakte.shared.ids import RunId

RunInPath = Annotated[RunId, Path()]


def _runs() -> RunStore:
    return RunStore(read_settings(Settings).payments_table)


def _acting() -> ActOnRun:
    settings = read_settings(Settings)
    others_pay, standstills = settings.payments_lead != "sozialakte", Standstills(settings.payments_table)
    return ActOnRun(_runs(), store(), office(), actor(), api.asked.envelope.at, standstills, others_pay)


def _run(asked: Asked) -> str:
    return f"run#{asked.text('run_id')}"


def _invoice(asked: Asked) -> str:
    return f"invoice#{asked.text('invoice_id')}"


@api.get("/payments/runs", Guard(Action.READ_RUN, lambda _: "runs"))
def list_runs(cursor: Cursor | None = None) -> RunList:
    """Payment runs, the newest execution day first."""
    return RunList.of(_runs().newest(PAGE_SIZE, cursor, outlines=True))


@api.post("/payments/runs", Guard(Action.MAKE_RUN, lambda _: "runs"))
def make_run(body: MakeRun) -> RunSeen:
    """Begin a payment run of what is approved and due; the order book is ready some moments later."""
    return seen_run(_acting().make(body.execution_day, body.until))


@api.get("/payments/runs/<run_id>", Guard(Action.READ_RUN, _run))
def read_run(run_id: RunInPath) -> RunSeen:
    """A payment run: sums, the sample, what is not paid by it and why, its files, the bank's answer, who did what; and
    what stands against the caller's checking, releasing or cancelling it.
    """
    return seen_run(_runs().get(run_id))


@api.post("/payments/runs/<run_id>/sample/<invoice_id>", Guard(Action.CHECK_PAYMENT, _run, to_invoice, _invoice))
def check_payment(run_id: RunInPath, invoice_id: InvoiceInPath, body: CheckPayment) -> RunSeen:
    """Say of a payment of the sample that it is right, or what is wrong; a wrong one goes back to be entered anew.

    By somebody who may see the invoice: of a sealed dossier only those named.
    """
    if not body.right and body.reason is None:
        raise invalid_request([field_problem("body", "reason", "missing")])
    return seen_run(_acting().check(run_id, invoice_id, right=body.right, reason=body.reason))


@api.post("/payments/runs/<run_id>/release", Guard(Action.RELEASE_RUN, _run))
def release_run(run_id: RunInPath, body: ReleaseRun) -> RunSeen:
    """Pay it: by somebody who has neither entered nor approved any of its invoices."""
    return seen_run(_acting().release(run_id, body.version, no_emergency_open=body.no_emergency_open))


@api.post("/payments/runs/<run_id>/cancellation", Guard(Action.MAKE_RUN, _run))
def cancel_run(run_id: RunInPath, body: CancelRun) -> RunSeen:
    """Pay nothing of it; its invoices wait for another run."""
    return seen_run(_acting().cancel(run_id, body.version, body.reason))


def _conflict(code: str, run: PaymentRun) -> ProblemError:
    """409 that tells who was last at the run, what they did, when, and where it stands."""
    last = run.last_act
    by, what = words_of_person(last.by), words_of_run_act(last)
    facts: dict[str, str | int | None] = {
        "run_id": run.run_id,
        "by": last.by,
        "at": last.at.isoformat(),
        "what": what,
        "state": str(run.state),
        "version": run.version,
    }
    params = {"by": by, "what": what, "run_id": run.run_id, "state": words_of_state(run)}
    return ProblemError(HTTPStatus.CONFLICT, code, params=params, facts=facts)


api.on(RunChangedError, lambda error: _conflict("run_changed", error.current))
api.on(OtherRunOpenError, lambda error: _conflict("run_open", error.run))
api.on(NoMoreRunsError, lambda _: ProblemError(HTTPStatus.CONFLICT, "run_numbers"))
api.on(UnknownRunError, lambda _: ProblemError(HTTPStatus.NOT_FOUND, "unknown_thing"))
