"""Lists of bills at 1'000 bills a day for a year: by handler time and queries, as the other lists are measured.

All of the year's bills lie in the few lists that are asked for, and so do the money, claims, bookings and runs of such
a year: a list is never longer than here. The ledger has counters of as many creditors and clients as a month brings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sozialakte.payments.approval import Level
from sozialakte.payments.incoming_money import MoneyState
from sozialakte.payments.invoice import CodingLine, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Discount
from sozialakte.payments.views.bank_view import BankList
from sozialakte.payments.views.hurry_view import Hurry
from tests.aws import PAYMENTS, local_aws
from tests.bench.filled import many_invoices
from tests.bench.lists import MOST_MS, MOST_QUERIES, Asked, measured
from tests.bench.payment_rows import furnish_payments
from tests.bench.report import Report
from tests.bench.rows import at_most
from tests.http_calls import Call
from tests.integration.dossiers.test_calls_of_lists import furnish_office
from tests.invoice_calls import furnish_invoices
from tests.invoices import TERMS, an_invoice
from tests.office import CLERK, DOSSIER, RESPONSIBLE, furnish_access
from tests.runs import RUN

BILLS = 365_000
YEAR_END = date(2026, 12, 31)
CREDITOR = "c0ffee00c0ffee00"
CREDITORS, CLIENTS = 2_000, 6_000
"""Of whom a month's 30'000 bills tell."""
ACCOUNTING = (CLERK, "[accounting]")
ROUTES = {
    "to enter": Call("GET", "/payments/work", RESPONSIBLE, "[caseworker]", {"of": "enter"}),
    "to enter in the office": Call("GET", "/payments/work", *ACCOUNTING, {"of": "office"}),
    "to approve": Call("GET", "/payments/work", RESPONSIBLE, "[caseworker]", {"of": "caseworker"}),
    "to approve as team lead": Call("GET", "/payments/work", RESPONSIBLE, "[teamlead]", {"of": "teamlead"}),
    "to approve for another team": Call("GET", "/payments/work", RESPONSIBLE, "[teamlead]", {"of": "other_teamlead"}),
    **{state: Call("GET", "/payments/invoices", *ACCOUNTING, {"state": state}) for state in ("open", "approved")},
    "overdue": Call("GET", "/payments/overdue", *ACCOUNTING, {"until": str(YEAR_END)}),
    "discounts": Call("GET", "/payments/discounts", *ACCOUNTING, {"until": str(YEAR_END)}),
    "of a creditor": Call("GET", f"/payments/creditors/{CREDITOR}/invoices", *ACCOUNTING),
    "of a dossier": Call("GET", f"/payments/dossiers/{DOSSIER}/invoices", RESPONSIBLE),
    "ledger": Call("GET", "/payments/ledger", *ACCOUNTING),
    "ledger by creditor": Call("GET", "/payments/ledger/creditors", *ACCOUNTING, {"month": "2026-11"}),
    "ledger by client": Call("GET", "/payments/ledger/dossiers", *ACCOUNTING, {"month": "2026-11"}),
    "journal": Call("GET", "/payments/journal", *ACCOUNTING, {"month": "2026-11"}),
    "account of a client": Call("GET", f"/payments/dossiers/{DOSSIER}/account", RESPONSIBLE),
    "vouchers not filed": Call("GET", "/payments/vouchers/unfiled", *ACCOUNTING),
    **{f"money {state}": Call("GET", "/payments/money", *ACCOUNTING, {"state": str(state)}) for state in MoneyState},
    "ledger of money": Call("GET", "/payments/money/ledger", *ACCOUNTING),
    "claims of a dossier": Call("GET", f"/payments/dossiers/{DOSSIER}/claims", RESPONSIBLE),
    "runs": Call("GET", "/payments/runs", *ACCOUNTING),
    "run": Call("GET", f"/payments/runs/{RUN}", *ACCOUNTING),
    **{
        f"bank {what} {mark}": Call("GET", f"/payments/bank/{what}", *ACCOUNTING, {"mark": mark})
        for what, mark in (("messages", "refused"), ("messages", "odd"), ("payments", "odd"), ("payments", "early"))
    },
    "bank sums": Call("GET", "/payments/bank/sums", *ACCOUNTING),
    **{
        f"page {path}": Call("GET", f"/payments/books/{path}", *ACCOUNTING)
        for path in (
            "runs",
            f"runs/{RUN}",
            "ledger",
            *(f"ledger/{one}" for one in Hurry),
            *(f"bank/{one}" for one in BankList),
        )
    },
    **{
        f"page money {state}": Call("GET", "/payments/books/money", *ACCOUNTING, {"state": str(state)})
        for state in MoneyState
    },
    "rules": Call("GET", f"/payments/dossiers/{DOSSIER}/rules", RESPONSIBLE),
    "categories": Call("GET", "/payments/categories", RESPONSIBLE),
}


def measure(report: Report) -> None:
    """The slowest of the lists, and the one with most queries."""
    with local_aws():
        report.doing("filling")
        furnish_access()
        furnish_office()
        furnish_invoices("/payments/work", "team")
        for invoice in _invoices():
            PaymentsStore(PAYMENTS).save(None, invoice)
        furnish_payments(CREDITORS, CLIENTS)
        with many_invoices(BILLS):
            asked = {}
            for route, call in ROUTES.items():
                report.doing(route)
                asked[route] = measured(call)
    _tell(report, asked)


def _tell(report: Report, asked: dict[str, Asked]) -> None:
    slow = sorted(asked, key=lambda route: -asked[route].milliseconds)
    name = f"slowest of {len(asked)} lists of bills, P95 of handler CPU without AWS's, {BILLS} bills"
    report.add(at_most(name, asked[slow[0]].milliseconds, "ms", MOST_MS))
    most = max(one.queries for one in asked.values())
    report.add(at_most(f"queries of a list of bills, most, {BILLS} bills", most, "calls", MOST_QUERIES))
    three = ", ".join(f"{route} {asked[route].milliseconds:.1f} ms" for route in slow[:3])
    report.note(f"lists of bills: the slowest are {three}")


def _invoices() -> Iterator[Invoice]:
    """One for each list."""
    terms = replace(TERMS, discounts=(Discount(Decimal(2), YEAR_END),))
    line = CodingLine(Decimal("1450.00"), "21")
    coded = {"state": InvoiceState.CODED, "accepted": line.amount, "lines": (line,), "round": 1}
    states: list[dict[str, object]] = [
        {},
        {"dossier_id": None, "team": None},
        *({**coded, "waits_for": str(level)} for level in Level),
        {**coded, "state": InvoiceState.APPROVED},
        {**coded, "state": InvoiceState.PAID, "attempt": 1, "booked_on": date(2026, 11, 18)},
    ]
    for number, state in enumerate(states, start=20_000):
        kept = {"dossier_id": DOSSIER, "team": "nord", "creditor_id": CREDITOR, **state}
        yield replace(an_invoice(number, terms), **kept)  # type: ignore[arg-type]
