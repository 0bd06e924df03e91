"""The journal as those who keep the books see it: every posting once, nothing of a sealed dossier, in two queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from functions.payments import api
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.parameters import PAGE_SIZE
from tests.aws import PAYMENTS, counted_calls
from tests.booked import an_approved, came_back, furnish_categories, paid, released
from tests.http_calls import Call
from tests.office import CLERK, DOSSIER, RESPONSIBLE, SEALED, furnish, furnish_access

pytestmark = pytest.mark.usefixtures("aws")
ACCOUNTING = (CLERK, "[accounting]")


def settled(number: int = 1, dossier_id: str = DOSSIER) -> Invoice:
    store, approved = PaymentsStore(PAYMENTS), an_approved(number, dossier_id=dossier_id)
    done = paid(released(approved))
    store.save(None, approved)
    store.save(approved, done)
    return done


def asked(path: str, who: tuple[str, str] = ACCOUNTING, **query: str) -> Mapping[str, Any]:
    answer = Call("GET", path, *who, query).to(api.handler)
    assert answer.status == 200, answer.body
    return answer.body


@pytest.fixture(autouse=True)
def office(aws: None) -> None:  # noqa: ARG001 # the tables come first
    furnish()
    furnish_access()
    furnish_categories()


def test_a_month_with_its_sums() -> None:
    first = settled()
    PaymentsStore(PAYMENTS).save(first, came_back(first))
    settled(2)

    told = asked("/payments/journal", month="2026-11")

    assert told["sums"] == {
        "CHF": {"debit": "4350.00", "credit": "4350.00", "settled": "1450.00", "difference": "0.00"}
    }
    assert [(one["kind"], one["amount"]) for one in told["entries"]] == [
        ("booking", "1450.00"),
        ("booking", "1450.00"),
        ("reversal", "-1450.00"),
    ]
    assert asked("/payments/journal", month="2026-10") == {"month": "2026-10", "sums": {}, "entries": [], "next": None}


def test_all_pages_together_are_the_whole_month_in_two_queries_each() -> None:
    for number in range(1, PAGE_SIZE + 4):
        settled(number)
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        with counted_calls() as calls:
            page = asked("/payments/journal", ACCOUNTING, month="2026-11", **cursor)
        assert calls.count("Query") <= 2
        seen += [one["voucher_id"] for one in page["entries"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}

    assert len(seen) == len({*seen}) == PAGE_SIZE + 3


def test_the_account_of_a_client_is_for_who_looks_after_them_and_who_keeps_the_books() -> None:
    settled()

    for who in ((RESPONSIBLE, "[caseworker]"), ACCOUNTING):
        with counted_calls() as calls:
            (entry,) = asked(f"/payments/dossiers/{DOSSIER}/account", who)["entries"]
        assert [one["category_name"] for one in entry["postings"]] == ["Miete", "Beiträge aus Fonds"]
        asked_after_the_guard = calls[calls.index("TransactWriteItems") :]
        assert asked_after_the_guard.count("Query") == 1


def test_of_a_sealed_dossier_the_sums_are_seen_and_nothing_else() -> None:
    settled(1, SEALED)

    (entry,) = asked("/payments/journal", month="2026-11")["entries"]
    (voucher,) = asked("/payments/vouchers/unfiled")["vouchers"]

    assert (entry["hidden"], entry["dossier_id"], entry["amount"]) == (True, None, "1450.00")
    assert {one["person_id"] for one in entry["postings"]} == {None}
    assert voucher["dossier_id"] is None
    assert Call("GET", f"/payments/dossiers/{SEALED}/account", *ACCOUNTING).to(api.handler).status == 403


def test_vouchers_that_are_not_filed_are_listed_with_the_reason() -> None:
    invoice = settled()

    (voucher,) = asked("/payments/vouchers/unfiled")["vouchers"]

    assert (voucher["invoice_id"], voucher["state"], voucher["state_name"]) == (
        invoice.invoice_id,
        "wanted",
        "wird geschrieben",
    )


@pytest.mark.parametrize(
    "month", ["", "2026", "2026-13", "2026-1", "\u0662\u0660\u0662\u0666-\u0661\u0661", "2026-11' OR 1=1", "x" * 10_000]
)
def test_a_month_that_is_none_is_refused(month: str) -> None:
    assert Call("GET", "/payments/journal", *ACCOUNTING, {"month": month}).to(api.handler).status == 422
