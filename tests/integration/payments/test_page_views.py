"""The views of the bills page through the real function."""

from __future__ import annotations

import pytest

from functions.payments.api import handler
from tests.approvals import ANNA, CARLA, EMIL, OFFICE, furnish_office, registered, submitted
from tests.aws import AUDIT, counted_calls, rows
from tests.http_calls import Answer, Call

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def office(aws: None) -> None:  # noqa: ARG001
    furnish_office()


def get(path: str, staff: str = ANNA, groups: str = "[caseworker]", **query: str) -> Answer:
    return Call("GET", path, staff, groups, query=query).to(handler)


def test_the_list_and_a_bill_are_given_as_markup() -> None:
    bill = registered()

    work, detail = get("/payments/page"), get(f"/payments/page/{bill.invoice_id}")

    assert (work.status, work.body["said"]) == (200, "1 Rechnung wartet.")
    assert f'data-open="{bill.invoice_id}"' in str(work.body["html"])
    assert detail.status == 200
    assert "CH44 3199 9123 0008 8901 2" in str(detail.body["html"])
    assert detail.headers["content-type"] == "application/json", "no browser shows it as a page of its own"
    assert detail.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("staff", "groups", "chosen"),
    [(ANNA, "[caseworker]", "enter"), (CARLA, "[teamlead]", "teamlead"), (OFFICE, "[accounting]", "office")],
)
def test_everybody_begins_with_the_list_of_their_role(staff: str, groups: str, chosen: str) -> None:
    html = str(get("/payments/page", staff, groups).body["html"])

    assert f'value="{chosen}" selected' in html
    assert ('value="office"' in html) == (chosen == "office")


def test_what_waits_for_an_approval_is_another_list() -> None:
    bill = submitted(amount="400.00")

    html = str(get("/payments/page", of="caseworker").body["html"])

    assert bill.invoice_id in html
    assert bill.invoice_id not in str(get("/payments/page").body["html"])


def test_strangers_see_nothing_and_what_is_shown_is_in_the_audit_first() -> None:
    bill = registered()

    assert get(f"/payments/page/{bill.invoice_id}", EMIL).status == 403
    assert get("/payments/page", groups="[mailroom]").status == 403
    get("/payments/page")
    get(f"/payments/page/{bill.invoice_id}")

    seen = {(row["action"], row["subject"]) for row in rows(AUDIT) if "action" in row}
    assert {("list_payment_work", "work#enter"), ("read_invoice", f"invoice#{bill.invoice_id}")} <= seen


def test_the_list_is_one_query_of_the_invoices() -> None:
    registered()

    with counted_calls() as calls:
        get("/payments/page")

    assert calls.count("Query") <= 2
