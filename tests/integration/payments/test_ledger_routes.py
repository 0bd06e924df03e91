"""The ledger as accounting sees it: by month, creditor and client, with the ages; where it is wrong, it says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.payments import api
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.ledger_books import Owner, owner_pk
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import Change, Table
from sozialakte.runtime.parameters import PAGE_SIZE
from tests.aws import PAYMENTS, counted_calls
from tests.http_calls import SAMPLE, Call
from tests.invoices import an_invoice
from tests.office import CLERK, DOSSIER, SEALED, furnish, furnish_access

pytestmark = pytest.mark.usefixtures("aws")
ACCOUNTING, AUDITOR = (CLERK, "[accounting]"), (CLERK, "[auditor]")
MONTH: Mapping[str, Any] = {"month": "2026-11"}


def asked(path: str, who: tuple[str, str] = ACCOUNTING, **query: str) -> Mapping[str, Any]:
    with counted_calls() as calls:
        answer = Call("GET", f"/payments/ledger{path}", *who, query).to(api.handler)
    assert answer.status == 200, answer.body
    assert calls.count("Query") <= 2
    return answer.body


@pytest.fixture(autouse=True)
def office(aws: None) -> None:  # noqa: ARG001 # the tables come first
    furnish()
    furnish_access()


def register(number: int, **what: Any) -> None:
    PaymentsStore(PAYMENTS).save(None, replace(an_invoice(number), **what))


def test_months_and_the_bars_of_the_chart() -> None:
    now = datetime.fromtimestamp(SAMPLE["requestContext"]["timeEpoch"] / 1000, UTC)
    for number, days in enumerate((0, 7, 8, 45, 90, 91, 400)):
        register(number, received_at=now - timedelta(days=days))
    register(20, received_at=now, state=InvoiceState.REJECTED)

    told = asked("")

    assert told["proven"]
    assert sum(month["received"] for month in told["months"]) == 8
    assert [(bar["age"], bar["count"], bar["up_to_days"], bar["late"]) for bar in told["ages"]] == [
        ("week", 2, 7, False),
        ("fortnight", 1, 14, False),
        ("month", 0, 30, False),
        ("two_months", 1, 60, True),
        ("quarter", 1, 90, True),
        ("older", 2, None, True),
    ]
    assert told["ages"][0]["name"] == "bis 7 Tage"


def test_a_line_for_every_creditor_and_every_client() -> None:
    register(1, dossier_id=DOSSIER)
    register(2, dossier_id=DOSSIER, creditor_id="beef0000beef0000", state=InvoiceState.DUPLICATE)
    register(3)

    creditors, clients = asked("/creditors", **MONTH), asked("/dossiers", **MONTH)

    assert [(line["id"], line["received"], line["by_state"]) for line in creditors["lines"]] == [
        ("beef0000beef0000", 1, {"duplicate": 1}),
        ("c0ffee00c0ffee00", 2, {"open": 2}),
    ]
    assert creditors["lines"][1]["amounts"] == {"open": {"CHF": "2900"}}
    assert [(line["id"], line["received"], line["hidden"]) for line in clients["lines"]] == [
        (None, 1, False),
        (DOSSIER, 2, False),
    ]
    assert all((page["proven"], page["received"], page["in_a_state"]) == (True, 3, 3) for page in (creditors, clients))
    assert asked("/dossiers", month="2026-10")["lines"] == []


def test_a_wrong_counter_is_shown_in_its_line() -> None:
    register(1, dossier_id=DOSSIER)
    row = f"{DOSSIER}#{an_invoice(1).invoice_id[0]}"
    Table(PAYMENTS).update(owner_pk(Owner.DOSSIER, "2026-11"), row, Change(add={"count/open": -1}))

    told = asked("/dossiers", **MONTH)

    assert (told["proven"], [line["proven"] for line in told["lines"]]) == (False, [False])
    assert asked("/creditors", **MONTH)["proven"]


def test_a_sealed_dossier_is_counted_and_not_named() -> None:
    register(1, dossier_id=SEALED)

    for who in (ACCOUNTING, AUDITOR):
        (line,) = asked("/dossiers", who, **MONTH)["lines"]
        assert (line["id"], line["hidden"], line["received"]) == (None, True, 1)


def test_all_pages_together_are_all_clients_whole() -> None:
    count = 3 * PAGE_SIZE
    for number in range(count):
        register(number, dossier_id=f"SH-2026-{number // 3:05d}")
        register(1000 + number, dossier_id="SH-2026-99999")
    seen: list[tuple[str, int]] = []
    cursor: dict[str, Any] = {}
    while True:
        page = asked("/dossiers", **MONTH, **cursor)
        seen += [(line["id"], line["received"]) for line in page["lines"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}

    assert len(page["lines"]) < PAGE_SIZE
    assert seen == [*((f"SH-2026-{number:05d}", 3) for number in range(PAGE_SIZE)), ("SH-2026-99999", count)]


@pytest.mark.parametrize("query", [{}, {"month": "2026-13"}, {"month": "2026-11-01"}])
def test_a_month_is_asked_for(query: dict[str, str]) -> None:
    for path in ("creditors", "dossiers"):
        assert Call("GET", f"/payments/ledger/{path}", *ACCOUNTING, query).to(api.handler).status == 422


def test_the_cursor_of_another_list_is_refused() -> None:
    for number in range(2 * PAGE_SIZE):
        register(number, dossier_id=f"SH-2026-{number:05d}")
    foreign = asked("/dossiers", **MONTH)["next"]

    for query in ({"month": "2026-10", "cursor": foreign}, {**MONTH, "cursor": "e30"}):
        answer = Call("GET", "/payments/ledger/dossiers", *ACCOUNTING, query).to(api.handler)
        assert answer.status in {400, 422}
