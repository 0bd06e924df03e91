"""Payment runs as markup, for the page of the accounts; JSON carries it, as `pages` says."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.payments.routes.books import bills_of
from functions.payments.routes.common import Settings, api
from functions.payments.routes.seen_runs import invoices_named, seen_run
from sozialakte.payments.runs.answers import RunList
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.views.page_view import PageView
from sozialakte.payments.views.run_view import run_said, run_view
from sozialakte.payments.views.runs_view import runs_said, runs_view
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.problems import ProblemError
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.ids import RunId


def _run(asked: Asked) -> str:
    return f"run#{asked.text('run_id')}"


@api.get("/payments/books/runs", Guard(Action.READ_RUN, lambda _: "runs"))
def view_runs(cursor: Cursor | None = None) -> PageView:
    """Payment runs as markup, and the form that begins one for who may."""
    runs, asked = RunList.of(_runs().newest(PAGE_SIZE, cursor, outlines=True)), api.asked
    others_pay = read_settings(Settings).payments_lead != "sozialakte"
    html = runs_view(runs, asked.staff.roles, zurich_date(asked.envelope.at), others_pay=others_pay)
    return PageView(html=html, said=runs_said(runs))


@api.get("/payments/books/runs/<run_id>", Guard(Action.READ_RUN, _run))
def view_run(run_id: Annotated[RunId, Path()]) -> PageView:
    """A payment run as markup: its sample payment by payment, what it leaves out, its files, what the caller may do."""
    run = _runs().find(run_id)
    if run is None:
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown_thing")
    bills = bills_of(invoices_named(run))
    seen = seen_run(run, bills.hidden)
    return PageView(html=run_view(seen, bills, api.asked.staff.roles), said=run_said(seen))


def _runs() -> RunStore:
    return RunStore(read_settings(Settings).payments_table)
