"""No entry, no data: every route writes its audit entry before it reads or changes anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from sozialakte.runtime.aws import client
from tests.apis import apis
from tests.aws import AUDIT, DOSSIERS, INTAKE, PAYMENTS, REGISTER, rows
from tests.contract.test_access import VERSIONED, add_letter_of_two_pages, call_of, lines
from tests.http_calls import Answer, Call
from tests.invoice_calls import furnish_invoices
from tests.money_calls import add_money
from tests.office import DOSSIER, furnish, furnish_access
from tests.rule_calls import furnish_rules
from tests.run_calls import furnish_runs

if TYPE_CHECKING:
    from botocore.model import OperationModel

pytestmark = pytest.mark.usefixtures("office")


@dataclass(frozen=True)
class Good:
    """A request that answers 2xx, and what it is about."""

    call: Call
    path: str
    relation: str

    def furnish(self) -> None:
        """An invoice, rules, runs and money, if it is about them."""
        if self.path.startswith("/payments"):
            furnish_invoices(self.path, self.relation)
            if "{money_id}" in self.path:
                add_money()
            furnish_rules()
            furnish_runs()


def good_calls() -> dict[str, Good]:
    """One request a route that answers 2xx: the first such cell of the table of access.

    Of seals the auditor's: a team lead who seals a dossier for others has no access to it any more, asked again.
    """
    allowed = (
        (route, Good(call_of(route, relation, role), route.split()[1], relation))
        for route, relation, statuses in lines()
        for role, status in statuses.items()
        if status < 300 and (role == "auditor" or not route.endswith(VERSIONED))
    )
    return dict(reversed(list(allowed)))


GOOD = good_calls()


@pytest.fixture
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish()
    furnish_access()
    add_letter_of_two_pages()


def send(call: Call) -> Answer:
    return call.to(apis()[call.path.split("/")[1]].handle)


@contextmanager
def watched() -> Iterator[list[tuple[str, str]]]:
    """The calls to DynamoDB, as operation and table, in their order; of a transaction its parts."""
    seen: list[tuple[str, str]] = []

    def note(model: OperationModel, params: dict[str, bytes], **_: object) -> None:
        asked = json.loads(params["body"])
        tables = [asked.get("TableName"), *asked.get("RequestItems", ())]
        parts = [(name, what["TableName"]) for part in asked.get("TransactItems", ()) for name, what in part.items()]
        seen.extend(parts or [(model.name, str(table)) for table in tables if table])

    events = client("dynamodb").meta.events
    events.register("before-call.dynamodb", note)
    yield seen
    events.unregister("before-call.dynamodb", note)


def test_there_is_a_good_request_for_every_route() -> None:
    assert set(GOOD) == {f"{route.method} {route.path}" for api in apis().values() for route in api.routes}


@pytest.mark.parametrize("good", GOOD.values(), ids=GOOD)
def test_entry_is_written_once_and_before_anything_is_read(good: Good) -> None:
    good.furnish()
    with watched() as calls:
        answer = send(good.call)

    assert answer.status < 300
    assert calls.count(("Put", AUDIT)) == 1
    before = calls[: calls.index(("Put", AUDIT))]
    # whose an invoice is stands in its own row; whose the money is, in the claims that it may pay
    is_in_payments = "{invoice_id}" in good.path or good.path.endswith("/money/{money_id}/assignment")
    looked_up = {REGISTER, PAYMENTS} if is_in_payments else {REGISTER}
    assert {table for _, table in before} <= looked_up, "only the relation may be looked up before"
    assert {operation for operation, _ in before} <= {"GetItem", "BatchGetItem", "Query"}
    assert [entry["allowed"] for entry in rows(AUDIT)] == [True]


@pytest.mark.parametrize("good", GOOD.values(), ids=GOOD)
def test_without_the_entry_there_is_no_data_and_no_change(good: Good) -> None:
    good.furnish()
    before = [rows(table) for table in (INTAKE, DOSSIERS, REGISTER, PAYMENTS)]
    client("dynamodb").delete_table(TableName=AUDIT)

    answer = send(good.call)

    assert (answer.status, answer.problem) == (503, "audit_unavailable")
    assert set(answer.body) == {"type", "title", "status", "detail", "request_id"}
    assert answer.headers["retry-after"]
    assert [rows(table) for table in (INTAKE, DOSSIERS, REGISTER, PAYMENTS)] == before


@pytest.mark.parametrize("good", GOOD.values(), ids=GOOD)
def test_request_delivered_twice_leaves_one_entry(good: Good) -> None:
    good.furnish()
    answers = [send(good.call) for _ in range(2)]

    assert answers[0].status == answers[1].status < 300
    assert len(rows(AUDIT)) == 1


def test_refusals_are_written_down_too() -> None:
    send(Call("GET", f"/dossiers/{DOSSIER}/documents", "ma-104"))

    (entry,) = rows(AUDIT)
    assert (entry["allowed"], entry["staff_id"], entry["subject"]) == (False, "ma-104", f"dossier#{DOSSIER}")
    assert (entry["relation"], entry["action"]) == ("none", "list_documents")
    assert "role" not in entry


@pytest.mark.parametrize("good", GOOD.values(), ids=GOOD)
def test_answers_are_never_kept_on_the_way(good: Good) -> None:
    good.furnish()
    headers = send(good.call).headers
    assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")
