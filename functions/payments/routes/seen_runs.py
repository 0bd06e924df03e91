"""A payment run as the caller sees it, for the routes that give it as data and as markup."""

from __future__ import annotations

from collections.abc import Set

from functions.payments.routes.common import Settings, actor, api, hidden_invoices, office
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.runs.run import PaymentRun, RunState
from sozialakte.payments.runs.seen_run import RunSeen, Viewer
from sozialakte.payments.runs.standstills import Standstills
from sozialakte.runtime.dynamo import Table
from sozialakte.runtime.settings import read_settings


def seen_run(run: PaymentRun, hidden: Set[str] | None = None) -> RunSeen:
    """With what stands against the caller's doing something with it. ``hidden``: invoices that they may not see, if
    that is known; else batch gets.
    """
    if hidden is None:
        hidden = hidden_invoices(invoices_named(run))
    table, now = read_settings(Settings).payments_table, api.asked.envelope.at
    circles = office().circle_of(run.payees, now)
    heard = BankBook(Table(table)).file_answers(file.message_id for file in run.files)
    stood_still = run.state is RunState.CHECKING and Standstills(table).get().is_open(now)
    viewer = Viewer(api.asked.staff.roles, actor().persons, circles)
    return RunSeen.by(viewer, run, hidden, heard, stood_still=stood_still)


def invoices_named(run: PaymentRun) -> list[str]:
    """The ids of the invoices in the run itself."""
    unpaid = (*run.left_out, *run.dropped)
    return [*(item.invoice_id for item in run.sample), *(one.invoice_id for one in unpaid)]
