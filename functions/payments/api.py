"""The routes of the payments: what waits for me, lists, the ledger, what people do with invoices."""

from __future__ import annotations

from functools import partial
from importlib import import_module

from functions.payments.routes.common import api

_ONE = "/payments/invoices/[^/]+"
ROUTES = {
    "coding": f"/payments/categories|{_ONE}/proposal",
    "deciding": f"{_ONE}/(approval|return|rejection|reopening|twins|iban|money-back)",
    "journal": "/payments/(journal|vouchers/unfiled|dossiers/[^/]+/account)",
    "entering": f"{_ONE}/(dossier|fields|submission)",
    "money": "/payments/(money(/.*)?|dossiers/[^/]+/claims)",
    # the page shows the lists, so they come together
    "pages": "/payments/(page(/[^/]+)?|work|invoices|overdue|discounts|ledger|(creditors|dossiers)/[^/]+/invoices)",
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
