"""The ledger of bills as markup, for the page of the accounts; JSON carries it, as `pages` says."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.payments.routes.books import bills_among
from functions.payments.routes.common import api, store
from functions.payments.routes.ledger_now import ledger_now
from sozialakte.payments.see_doubts import DISCOUNT_AT_RISK
from sozialakte.payments.store import InvoicePage
from sozialakte.payments.views.hurry_view import Hurry, hurry_said, hurry_view
from sozialakte.payments.views.ledger_view import ledger_said, ledger_view
from sozialakte.payments.views.page_view import PageView
from sozialakte.runtime.guards import Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.shared.access import Action
from sozialakte.shared.clock import zurich_date


@api.get("/payments/books/ledger", Guard(Action.READ_LEDGER, lambda _: "ledger"))
def view_ledger() -> PageView:
    """The proof of the sum as markup, with what is open by state and age."""
    ledger = ledger_now()
    return PageView(html=ledger_view(ledger, api.asked.staff.roles), said=ledger_said(ledger))


@api.get("/payments/books/ledger/<list_name>", Guard(Action.LIST_INVOICES, lambda _: "invoices"))
def view_hurry(list_name: Annotated[Hurry, Path()], cursor: Cursor | None = None) -> PageView:
    """Unpaid bills that are overdue, or whose discount ends soon, as markup."""
    page = _page(list_name, cursor)
    bills = bills_among(page.invoices)
    html = hurry_view(list_name, bills, page.next_cursor, api.asked.staff.roles)
    return PageView(html=html, said=hurry_said(list_name, bills))


def _page(which: Hurry, cursor: str | None) -> InvoicePage:
    today = zurich_date(api.asked.envelope.at)
    if which is Hurry.OVERDUE:
        return store().unpaid_due((today - timedelta(days=1)).isoformat(), PAGE_SIZE, cursor)
    until = today + DISCOUNT_AT_RISK
    return store().discounts_ending(today.isoformat(), until.isoformat(), PAGE_SIZE, cursor)
