"""No entry, no data: every route writes its audit entry before it reads or changes anything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sozialakte.intake.letter import letter_id_of
from sozialakte.intake.store import IntakeStore
from sozialakte.runtime.aws import client
from tests.apis import apis
from tests.aws import AUDIT, DOSSIERS, INTAKE, REGISTER, rows
from tests.http_calls import Answer, Call
from tests.office import BATCH_ID, CLERK, DOSSIER, FILED, FORWARDED, IN_REVIEW, furnish, letter_in_review

if TYPE_CHECKING:
    from botocore.model import OperationModel

pytestmark = pytest.mark.usefixtures("office")

OF_TWO_PAGES = letter_id_of("f" * 32, (4, 5))


def decision(what: str, body: Mapping[str, object] | None, letter_id: str = IN_REVIEW) -> Call:
    """Somebody of the mailroom decides about a letter in version 3."""
    seen = None if body is None else {**body, "version": 3}
    return Call("POST", f"/intake/letters/{letter_id}/{what}", CLERK, "[mailroom]", body=seen)


AT_THE_DESK = {
    "claim": decision("claim", None),
    "release": decision("release", None),
    "split": decision("split", {"first_pages": [2]}, OF_TWO_PAGES),
    "merge": decision("merge", {"others": [{"letter_id": FORWARDED, "version": 3}]}),
    "blanks": decision("blanks", {"pages": [2]}, OF_TWO_PAGES),
    "turns": decision("turns", {"turns": [{"page": 1, "clockwise": 90}]}),
    "kind": decision("kind", {"kind": "bill"}),
    "rejection": decision("rejection", {"reason": "duplicate"}),
    "rescan": decision("rescan", {"reason": "cut_off"}),
    "undo": decision("undo", {}, FORWARDED),
}
# One request a route that answers 2xx.
GOOD = {
    **{f"POST /intake/letters/{{letter_id}}/{what}": call for what, call in AT_THE_DESK.items()},
    "GET /intake/letters/{letter_id}": Call("GET", f"/intake/letters/{IN_REVIEW}", CLERK, "[mailroom]"),
    "GET /intake/letters/{letter_id}/pages/{page}/image": Call(
        "GET", f"/intake/letters/{IN_REVIEW}/pages/1/image", CLERK, "[mailroom]"
    ),
    "GET /intake/rescans": Call("GET", "/intake/rescans", CLERK, "[mailroom]"),
    "GET /intake/batches": Call("GET", "/intake/batches", CLERK, "[mailroom]"),
    "GET /intake/batches/{batch_id}": Call("GET", f"/intake/batches/{BATCH_ID}", CLERK, "[auditor]"),
    "GET /intake/review": Call("GET", "/intake/review", CLERK, "[mailroom]"),
    "GET /intake/review/{letter_id}": Call("GET", f"/intake/review/{IN_REVIEW}", CLERK, "[mailroom]"),
    "POST /intake/letters/{letter_id}/assignment": Call(
        "POST",
        f"/intake/letters/{IN_REVIEW}/assignment",
        CLERK,
        "[mailroom]",
        body={"dossier_id": DOSSIER, "version": 3},
    ),
    "GET /intake/forwarded": Call(
        "GET", "/intake/forwarded", CLERK, "[mailroom]", query={"destination": "job_applications"}
    ),
    "POST /intake/letters/{letter_id}/forwarding": Call(
        "POST",
        f"/intake/letters/{IN_REVIEW}/forwarding",
        CLERK,
        "[mailroom]",
        body={"destination": "new_case", "version": 3},
    ),
    "POST /intake/letters/{letter_id}/receipt": Call(
        "POST", f"/intake/letters/{FORWARDED}/receipt", CLERK, "[mailroom]", body={"version": 3}
    ),
    "GET /partners/handover/open": Call("GET", "/partners/handover/open", CLERK, "[administrator]"),
    "GET /partners/handover/receipts/unusable": Call(
        "GET", "/partners/handover/receipts/unusable", CLERK, "[administrator]"
    ),
    "GET /dossiers/inbox": Call("GET", "/dossiers/inbox"),
    "GET /dossiers/{dossier_id}/documents": Call("GET", f"/dossiers/{DOSSIER}/documents"),
    "GET /dossiers/{dossier_id}/documents/{document_id}": Call("GET", f"/dossiers/{DOSSIER}/documents/{FILED}"),
}


@pytest.fixture
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish()
    IntakeStore(INTAKE).add_letter(replace(letter_in_review("f" * 32), letter_id=OF_TWO_PAGES, pages=(4, 5)))


def send(call: Call) -> Answer:
    return call.to(apis()[call.path.split("/")[1]].handle)


@contextmanager
def watched() -> Iterator[list[tuple[str, str]]]:
    """The calls to DynamoDB, as operation and table, in their order."""
    seen: list[tuple[str, str]] = []

    def note(model: OperationModel, params: dict[str, bytes], **_: object) -> None:
        seen.append((model.name, str(json.loads(params["body"]).get("TableName"))))

    events = client("dynamodb").meta.events
    events.register("before-call.dynamodb", note)
    yield seen
    events.unregister("before-call.dynamodb", note)


def test_there_is_a_good_request_for_every_route() -> None:
    assert set(GOOD) == {f"{route.method} {route.path}" for api in apis().values() for route in api.routes}


@pytest.mark.parametrize("call", GOOD.values(), ids=GOOD)
def test_entry_is_written_once_and_before_anything_is_read(call: Call) -> None:
    with watched() as calls:
        answer = send(call)

    assert answer.status < 300
    assert calls.count(("PutItem", AUDIT)) == 1
    before = calls[: calls.index(("PutItem", AUDIT))]
    assert {table for _, table in before} <= {REGISTER}, "only the relation may be looked up before"
    assert [entry["allowed"] for entry in rows(AUDIT)] == [True]


@pytest.mark.parametrize("call", GOOD.values(), ids=GOOD)
def test_without_the_entry_there_is_no_data_and_no_change(call: Call) -> None:
    before = rows(INTAKE), rows(DOSSIERS)
    client("dynamodb").delete_table(TableName=AUDIT)

    answer = send(call)

    assert (answer.status, answer.problem) == (503, "audit_unavailable")
    assert set(answer.body) == {"type", "title", "status", "detail", "request_id"}
    assert answer.headers["retry-after"]
    assert (rows(INTAKE), rows(DOSSIERS)) == before


@pytest.mark.parametrize("call", GOOD.values(), ids=GOOD)
def test_request_delivered_twice_leaves_one_entry(call: Call) -> None:
    answers = [send(call) for _ in range(2)]

    assert answers[0].status == answers[1].status < 300
    assert len(rows(AUDIT)) == 1


def test_refusals_are_written_down_too() -> None:
    send(Call("GET", f"/dossiers/{DOSSIER}/documents", "ma-104"))

    (entry,) = rows(AUDIT)
    assert (entry["allowed"], entry["staff_id"], entry["subject"]) == (False, "ma-104", f"dossier#{DOSSIER}")
    assert (entry["relation"], entry["action"]) == ("none", "list_documents")
    assert "role" not in entry


def test_answers_are_never_kept_on_the_way() -> None:
    for call in GOOD.values():
        headers = send(call).headers
        assert (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")
