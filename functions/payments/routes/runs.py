"""Payment runs: made, looked at, their sample checked, released, cancelled."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.payments.routes.common import (
    InvoiceInPath,
    Settings,
    actor,
    api,
    hidden_invoices,
    office,
    store,
    to_invoice,
)
from sozialakte.payments.runs.act_on_run import ActOnRun
from sozialakte.payments.runs.answers import RunDetail, RunList, words_of_run_act, words_of_state
from sozialakte.payments.runs.questions import CancelRun, CheckPayment, MakeRun, SeenRun
from sozialakte.payments.runs.run import PaymentRun
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
    others_pay = read_settings(Settings).payments_lead != "sozialakte"
    return ActOnRun(_runs(), store(), office(), actor(), api.asked.envelope.at, others_pay)


def _run(asked: Asked) -> str:
    return f"run#{asked.text('run_id')}"


def _invoice(asked: Asked) -> str:
    return f"invoice#{asked.text('invoice_id')}"


@api.get("/payments/runs", Guard(Action.READ_RUN, lambda _: "runs"))
def list_runs(cursor: Cursor | None = None) -> RunList:
    """Payment runs, the newest execution day first."""
    return RunList.of(_runs().newest(PAGE_SIZE, cursor))


@api.post("/payments/runs", Guard(Action.MAKE_RUN, lambda _: "runs"))
def make_run(body: MakeRun) -> RunDetail:
    """Begin a payment run of what is approved and due; the order book is ready some moments later."""
    return _seen(_acting().make(body.execution_day, body.until))


@api.get("/payments/runs/<run_id>", Guard(Action.READ_RUN, _run))
def read_run(run_id: RunInPath) -> RunDetail:
    """A payment run: sums, the sample with its results, what is not paid by it and why, its files, who did what."""
    return _seen(_runs().get(run_id))


@api.post("/payments/runs/<run_id>/sample/<invoice_id>", Guard(Action.CHECK_PAYMENT, _run, to_invoice, _invoice))
def check_payment(run_id: RunInPath, invoice_id: InvoiceInPath, body: CheckPayment) -> RunDetail:
    """Say of a payment of the sample that it is right, or what is wrong; a wrong one goes back to be entered anew.

    By somebody who may see the invoice: of a sealed dossier only those named.
    """
    if not body.right and body.reason is None:
        raise invalid_request([field_problem("body", "reason", "missing")])
    return _seen(_acting().check(run_id, invoice_id, right=body.right, reason=body.reason))


@api.post("/payments/runs/<run_id>/release", Guard(Action.RELEASE_RUN, _run))
def release_run(run_id: RunInPath, body: SeenRun) -> RunDetail:
    """Pay it: by somebody who has neither entered nor approved any of its invoices."""
    return _seen(_acting().release(run_id, body.version))


@api.post("/payments/runs/<run_id>/cancellation", Guard(Action.MAKE_RUN, _run))
def cancel_run(run_id: RunInPath, body: CancelRun) -> RunDetail:
    """Pay nothing of it; its invoices wait for another run."""
    return _seen(_acting().cancel(run_id, body.version, body.reason))


def _seen(run: PaymentRun) -> RunDetail:
    """As far as the caller may see what it pays; batch gets."""
    several = (*run.sample, *run.left_out, *run.dropped)
    return RunDetail.of(run, hidden=hidden_invoices(one.invoice_id for one in several))


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
