"""The ledger of bills: the proof of the sum by month, by creditor and by client; how old the unpaid ones are."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.payments.routes.common import api, register, store
from functions.payments.routes.ledger_now import ledger_now
from sozialakte.payments.ledger_answers import LedgerAnswer, OwnersAnswer
from sozialakte.payments.ledger_books import Owner
from sozialakte.runtime.guards import Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.shared.access import Action

Month = Annotated[str, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="Of receipt: `2026-11`")]


@api.get("/payments/ledger", Guard(Action.READ_LEDGER, lambda _: "ledger"))
def read_ledger() -> LedgerAnswer:
    """The proof of the sum: by month of receipt, how many invoices came and in which state they are; and how old the
    unpaid ones are, for a chart.
    """
    return ledger_now()


@api.get("/payments/ledger/creditors", Guard(Action.READ_LEDGER, lambda asked: f"ledger#{asked.text('month')}"))
def list_ledger_of_creditors(month: Month, cursor: Cursor | None = None) -> OwnersAnswer:
    """The same proof for each creditor, of the invoices received in a month."""
    ledger = store().ledger
    page = ledger.page_of_owners(Owner.CREDITOR, month, PAGE_SIZE, cursor)
    return OwnersAnswer.of(month, ledger.of_month(month), page)


@api.get("/payments/ledger/dossiers", Guard(Action.READ_LEDGER, lambda asked: f"ledger#{asked.text('month')}"))
def list_ledger_of_dossiers(month: Month, cursor: Cursor | None = None) -> OwnersAnswer:
    """The same proof for each client; a dossier that is sealed from the caller is not named."""
    ledger = store().ledger
    page = ledger.page_of_owners(Owner.DOSSIER, month, PAGE_SIZE, cursor)
    hidden = register().access.hidden_from(api.asked.staff.staff_id, page.owners)
    return OwnersAnswer.of(month, ledger.of_month(month), page, hidden)
