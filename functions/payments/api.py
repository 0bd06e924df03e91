"""The routes of the payments: what waits for me, lists, the ledger, what people do with invoices."""

from __future__ import annotations

from functools import partial
from importlib import import_module

from functions.payments.routes.common import api

_ONE = "/payments/invoices/[^/]+"
ROUTES = {
    "bank": "/payments/bank/(messages|payments|sums)",
    "books_bank": "/payments/books/bank(/[^/]+)?",
    "books_ledger": "/payments/books/ledger(/[^/]+)?",
    "books_money": "/payments/books/money(/[^/]+)?",
    "books_runs": "/payments/books/runs(/[^/]+)?",
    "coding": f"/payments/categories|{_ONE}/proposal",
    "deciding": f"{_ONE}/(approval|return|rejection|reopening|twins|iban|money-back)",
    "journal": "/payments/(journal|vouchers/unfiled|dossiers/[^/]+/account)",
    "entering": f"{_ONE}/(dossier|fields|submission)",
    "ledger": "/payments/ledger(/creditors|/dossiers)?",
    "money": "/payments/(money(/.*)?|dossiers/[^/]+/claims)",
    # the page shows the lists, so they come together
    "pages": "/payments/(page(/[^/]+)?|work|invoices|overdue|discounts|(creditors|dossiers)/[^/]+/invoices)",
    "reading": _ONE,
    "registering": "/payments/invoices",
    "runs": "/payments/runs(/.*)?",
}
"""The modules whose routes this function answers, and their paths."""


def _ruling() -> None:
    from functions.payments.routes.standing_rules import StandingRuleRoutes  # noqa: PLC0415 (loaded when asked for)

    StandingRuleRoutes(api).add()


for routes, paths in ROUTES.items():
    api.later(paths, partial(import_module, f"functions.payments.routes.{routes}"))
api.later("/payments/dossiers/[^/]+/rules(/.*)?", _ruling)
handler = api.handle
