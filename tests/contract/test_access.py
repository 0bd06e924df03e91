"""Every route, every role, every relation, and no token: what the answer must be. The table is the rule to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from sozialakte.intake.letter import letter_id_of
from sozialakte.intake.store import IntakeStore
from sozialakte.shared.access import Action, Role
from tests.apis import apis
from tests.aws import AUDIT, INTAKE, rows
from tests.http_calls import Answer, Call
from tests.office import (
    BATCH_ID,
    CLERK,
    COLLEAGUE,
    DEPUTY,
    DOSSIER,
    FILED,
    FOREIGN,
    FORWARDED,
    IN_REVIEW,
    MISSING,
    RESPONSIBLE,
    STRANGER,
    furnish,
    letter_in_review,
)

pytestmark = pytest.mark.usefixtures("aws")

# One line a route and relation, one column a role. ``missing`` asks for a dossier that does not exist.
# "stranger" is a group that is no role of ours; no token at all is 401 for every line.
TABLE = """
                                                 mailroom caseworker teamlead accounting paymentrelease auditor administrator stranger
GET  /intake/batches                                none       200 403 403 403 403 200 403 403
GET  /intake/batches/{batch_id}                     none       200 403 403 403 403 200 403 403
GET  /intake/review                                 none       200 403 403 403 403 403 403 403
GET  /intake/review/{letter_id}                     none       200 403 403 403 403 403 403 403
GET  /intake/forwarded                              none       200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/assignment         none       202 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/forwarding         none       200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/receipt            none       200 403 403 403 403 403 403 403
GET  /intake/letters/{letter_id}                    none       200 403 403 403 403 200 403 403
GET  /intake/letters/{letter_id}/pages/{page}/image none       200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/claim              none       200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/release            none       200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/split              none       202 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/merge              none       202 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/blanks             none       202 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/turns              none       202 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/kind               none       200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/rejection          none       200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/rescan             none       200 403 403 403 403 403 403 403
POST /intake/letters/{letter_id}/undo               none       202 403 403 403 403 403 403 403
GET  /intake/rescans                                none       200 403 403 403 403 403 403 403
GET  /dossiers/inbox                                own        403 200 200 403 403 403 403 403
GET  /dossiers/inbox                                team       403 200 200 403 403 403 403 403
GET  /dossiers/inbox                                deputy     403 200 200 403 403 403 403 403
GET  /dossiers/inbox                                office     200 403 403 403 403 403 403 403
GET  /dossiers/inbox                                none       403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               responsible 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               deputy     403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               team       403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               none       403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents               missing    403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} responsible 403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} deputy     403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} team       403 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} none       403 403 403 403 403 403 403 403
GET  /dossiers/{dossier_id}/documents/{document_id} missing    403 403 403 403 403 403 403 403
GET  /partners/handover/open                        none       403 403 403 403 403 200 200 403
GET  /partners/handover/receipts/unusable           none       403 403 403 403 403 200 200 403
"""  # noqa: E501 (a table is read across)

BODIES: Mapping[str, object] = MappingProxyType(
    {
        "POST /intake/letters/{letter_id}/assignment": {"dossier_id": DOSSIER, "version": 3},
        "POST /intake/letters/{letter_id}/forwarding": {"destination": "new_case", "version": 3},
        "POST /intake/letters/{letter_id}/receipt": {"version": 3},
        "POST /intake/letters/{letter_id}/split": {"first_pages": [2], "version": 3},
        "POST /intake/letters/{letter_id}/merge": {"others": [{"letter_id": FORWARDED, "version": 3}], "version": 3},
        "POST /intake/letters/{letter_id}/blanks": {"pages": [1], "version": 3},
        "POST /intake/letters/{letter_id}/turns": {"turns": [{"page": 1, "clockwise": 90}], "version": 3},
        "POST /intake/letters/{letter_id}/kind": {"kind": "bill", "version": 3},
        "POST /intake/letters/{letter_id}/rejection": {"reason": "duplicate", "version": 3},
        "POST /intake/letters/{letter_id}/rescan": {"reason": "cut_off", "version": 3},
        "POST /intake/letters/{letter_id}/undo": {"version": 3},
    }
)
LETTERS_OF = {"receipt": FORWARDED, "undo": FORWARDED, "split": letter_id_of("f" * 32, (4, 5))}
TO_DOSSIER = {"responsible": RESPONSIBLE, "deputy": DEPUTY, "team": COLLEAGUE, "none": STRANGER, "missing": RESPONSIBLE}
TO_INBOX = {"own": RESPONSIBLE, "team": COLLEAGUE, "deputy": DEPUTY, "office": CLERK, "none": STRANGER}
INBOX = {"own": RESPONSIBLE, "team": "team-nord", "deputy": RESPONSIBLE, "office": "office", "none": RESPONSIBLE}


def lines() -> Iterator[tuple[str, str, dict[str, int]]]:
    """Route, relation, and the expected status by role."""
    head, *body = (line for line in TABLE.splitlines() if line.strip())
    for line in body:
        method, path, relation, *statuses = line.split()
        yield f"{method} {path}", relation, dict(zip(head.split(), map(int, statuses), strict=True))


def call_of(route: str, relation: str, role: str) -> Call:
    """The request that tries a line of the table."""
    method, path = route.split()
    values = {
        "batch_id": BATCH_ID,
        "letter_id": LETTERS_OF.get(path.rsplit("/", 1)[-1], IN_REVIEW),
        "page": 1,
        "document_id": FILED,
        "dossier_id": MISSING if relation == "missing" else DOSSIER,
    }
    staff = (TO_INBOX if path == "/dossiers/inbox" else TO_DOSSIER)[relation]
    queries = {"/dossiers/inbox": {"inbox": INBOX.get(relation, "")}, "/intake/forwarded": {"destination": "new_case"}}
    query = queries.get(path)
    return Call(method, path.format(**values), staff, f"[{role}]", query, BODIES.get(route), request_id=role)


def send(call: Call) -> Answer:
    """To the function that serves the path."""
    return call.to(apis()[call.path.split("/")[1]].handle)


def test_every_declared_route_stands_in_the_table() -> None:
    declared = {f"{route.method} {route.path}" for api in apis().values() for route in api.routes}

    assert declared == {route for route, _, _ in lines()}


def test_no_route_gets_around_its_declaration() -> None:
    for context, api in apis().items():
        registered = {(route.method, route.openapi_path) for route in api.resolver._static_routes} | {  # noqa: SLF001
            (route.method, route.openapi_path)
            for route in api.resolver._dynamic_routes  # noqa: SLF001 (Powertools has no public list)
        }
        assert registered == {(route.method, route.path) for route in api.routes}
        assert all(route.path.split("/")[1] == context for route in api.routes)


def test_every_action_is_used_by_a_route() -> None:
    assert {route.guard.action for api in apis().values() for route in api.routes} == set(Action)


def test_every_role_has_its_column() -> None:
    for _, _, statuses in lines():
        assert set(statuses) == {role.value for role in Role} | {"stranger"}


@pytest.mark.parametrize(("route", "relation", "statuses"), list(lines()), ids=lambda value: str(value)[:60])
def test_each_role_gets_the_answer_in_the_table_and_leaves_one_entry(
    route: str, relation: str, statuses: dict[str, int]
) -> None:
    furnish()
    long = replace(letter_in_review("f" * 32), letter_id=LETTERS_OF["split"], pages=(4, 5))
    IntakeStore(INTAKE).add_letter(long)

    answered = {role: send(call_of(route, relation, role)) for role in statuses}

    assert {role: answer.status for role, answer in answered.items()} == statuses
    written = Counter((str(entry["request_id"]), bool(entry["allowed"])) for entry in rows(AUDIT))
    assert written == {(role, status < 400): 1 for role, status in statuses.items()}


def test_without_a_token_nobody_gets_anything() -> None:
    furnish()

    for route, relation, _ in lines():
        answer = send(replace(call_of(route, relation, "mailroom"), staff=None))

        assert (answer.status, answer.problem) == (401, "unauthenticated")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert rows(AUDIT) == []


@pytest.mark.parametrize("claim", [None, "", "[]", "[Mailroom]", "[mail room]", 7, ["mailroom-x"], {"mailroom": True}])
def test_groups_that_are_no_role_of_ours_give_nothing(claim: object) -> None:
    furnish()

    assert send(Call("GET", "/intake/review", groups=claim)).status == 403


@pytest.mark.parametrize("claim", ["[mailroom]", "mailroom", "[caseworker mailroom]", ["mailroom", "caseworker"]])
def test_roles_are_read_from_every_form_of_the_claim(claim: object) -> None:
    furnish()

    assert send(Call("GET", "/intake/review", groups=claim)).status == 200


def test_foreign_and_missing_dossiers_cannot_be_told_apart() -> None:
    furnish()
    foreign, missing = (
        send(Call("GET", f"/dossiers/{dossier_id}/documents", request_id="same")) for dossier_id in (FOREIGN, MISSING)
    )

    assert foreign.status == 403
    assert (foreign.status, foreign.body, foreign.headers) == (missing.status, missing.body, missing.headers)
