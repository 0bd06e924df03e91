"""What the bank told that somebody has to look at: in words, without rights in AWS, in one query a page."""

from __future__ import annotations

from typing import Any

import pytest

from functions.payments.api import handler
from sozialakte.payments.invoice import end_to_end_id
from sozialakte.runtime.parameters import PAGE_SIZE
from tests.aws import counted_calls
from tests.bank.office import MESSAGE, released, sent, take
from tests.bank.words import batch, camt, details, document, entry, status_report
from tests.http_calls import Answer, Call
from tests.office import CLERK, furnish

pytestmark = pytest.mark.usefixtures("aws")


@pytest.fixture(autouse=True)
def office(aws: None) -> None:  # noqa: ARG001 # the tables come first
    furnish()


def asked(path: str, **query: str) -> Answer:
    return Call("GET", f"/payments/bank/{path}", CLERK, "[accounting]", query).to(handler)


def listed(path: str, **query: str) -> list[dict[str, Any]]:
    with counted_calls() as calls:
        answer = asked(path, **query)
    assert (answer.status, calls.count("Query")) == (200, 1)
    return answer.body[path]  # type: ignore[return-value]


def debit(number: int, attempt: int = 1, amount: str = "100.00") -> bytes:
    name = end_to_end_id(released(number).invoice_id, attempt)
    return camt("camt.054", [entry(amount, details(amount, end_to_end_id=name, ref="d1"), ref="E1")])


def test_refused_messages_are_listed_with_the_reason_the_newest_first() -> None:
    for version in ("02", "04"):
        take(document(f"camt.053.001.{version}", "<BkToCstmrStmt/>"))

    newest, _ = listed("messages")

    assert (newest["state_name"], newest["kind"], newest["version"]) == ("abgewiesen", "camt.053", "04")
    assert "alten Version 04" in newest["told"][0]
    assert listed("messages", mark="odd") == []


def test_a_message_about_a_file_that_is_not_ours_is_odd() -> None:
    take(status_report("FREMD-1", status="ACCP"))

    (message,) = listed("messages", mark="odd")

    assert (message["state_name"], message["told"]) == (
        "verarbeitet",
        ["Die Datei FREMD-1, von der die Bank spricht, haben wir nicht geschickt."],
    )


def test_a_payment_of_which_the_bank_spoke_too_early_says_what_to_do() -> None:
    invoice = released(1)
    sent([invoice])
    take(debit(1, attempt=2))

    (payment,) = listed("payments", mark="early")

    assert (payment["invoice_id"], payment["attempt"], payment["hidden"]) == (invoice.invoice_id, 2, None)
    assert "Notfalldatei" in payment["problems"][0]
    assert listed("payments") == []


def test_a_payment_with_another_amount_is_odd() -> None:
    sent([released(1)])
    take(debit(1, amount="99.00"))

    (payment,) = listed("payments", mark="odd")

    assert payment["problems"] == ["Die Bank hat einen anderen Betrag belastet: CHF 99.00 statt CHF 100.00."]


def test_a_sum_that_does_not_fit_waits_with_words() -> None:
    sent([released(1), released(2)])
    take(camt("camt.054", [entry("1.00", batch(f"{MESSAGE}-01"), ref="SUM")]))

    (one,) = listed("sums")

    assert (one["payment_information_id"], one["amount"], one["currency"]) == (f"{MESSAGE}-01", "1.00", "CHF")
    assert "passt nicht" in one["why"]


def test_a_page_is_followed_by_the_next() -> None:
    for number in range(PAGE_SIZE + 1):
        take(status_report(f"FREMD-{number}", status="ACCP"))

    first = asked("messages", mark="odd").body
    rest = asked("messages", mark="odd", cursor=str(first["next"])).body

    assert [len(first["messages"]), len(rest["messages"])] == [PAGE_SIZE, 1]  # type: ignore[arg-type]


@pytest.mark.parametrize("mark", ["", "taken", "' OR 1=1", "x" * 10_000])
def test_a_mark_that_is_none_is_refused(mark: str) -> None:
    assert asked("messages", mark=mark).status == 422
