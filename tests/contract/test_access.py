"""Every route, every role, every relation, and no token: what the answer must be. The table is the rule to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from sozialakte.shared.access import Action, Role
from tests.apis import apis
from tests.aws import AUDIT, rows
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
    NOBODYS,
    RESPONSIBLE,
    STRANGER,
    TODAY,
    furnish,
    handover_id,
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
GET  /register/dossiers/{dossier_id} responsible 403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id} deputy 403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id} team 403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id} nobodys 403 403 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id} none 403 403 403 403 403 403 403 403
GET  /register/dossiers/{dossier_id} missing 403 403 403 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history responsible 403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history deputy 403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history team 403 200 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history nobodys 403 403 200 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history none 403 403 403 403 403 403 403 403
GET  /register/dossiers/{dossier_id}/history missing 403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing responsible 403 200 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing deputy 403 200 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing team 403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing nobodys 403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing none 403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/closing missing 403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening responsible 403 200 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening deputy 403 200 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening team 403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening nobodys 403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening none 403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/reopening missing 403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible responsible 403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible deputy 403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible team 403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible nobodys 403 403 200 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible none 403 403 403 403 403 403 403 403
POST /register/dossiers/{dossier_id}/responsible missing 403 403 403 403 403 403 403 403
GET  /register/staff/{staff_id}/absences own 200 200 200 200 200 403 403 403
GET  /register/staff/{staff_id}/absences team 403 200 200 403 403 403 403 403
GET  /register/staff/{staff_id}/absences deputy 403 200 200 403 403 403 403 403
GET  /register/staff/{staff_id}/absences none 403 403 403 403 403 403 403 403
POST /register/staff/{staff_id}/absences own 200 200 200 200 200 403 403 403
POST /register/staff/{staff_id}/absences team 403 403 200 403 403 403 403 403
POST /register/staff/{staff_id}/absences deputy 403 403 403 403 403 403 403 403
POST /register/staff/{staff_id}/absences none 403 403 403 403 403 403 403 403
POST /register/staff/{staff_id}/absences/withdrawal own 200 200 200 200 200 403 403 403
POST /register/staff/{staff_id}/absences/withdrawal team 403 403 200 403 403 403 403 403
POST /register/staff/{staff_id}/absences/withdrawal deputy 403 403 403 403 403 403 403 403
POST /register/staff/{staff_id}/absences/withdrawal none 403 403 403 403 403 403 403 403
POST /register/staff/{staff_id}/handover own 403 403 200 403 403 403 403 403
POST /register/staff/{staff_id}/handover team 403 403 200 403 403 403 403 403
POST /register/staff/{staff_id}/handover deputy 403 403 403 403 403 403 403 403
POST /register/staff/{staff_id}/handover none 403 403 403 403 403 403 403 403
GET  /register/staff/{staff_id}/handovers own 403 200 200 403 403 403 403 403
GET  /register/staff/{staff_id}/handovers team 403 403 200 403 403 403 403 403
GET  /register/staff/{staff_id}/handovers deputy 403 403 403 403 403 403 403 403
GET  /register/staff/{staff_id}/handovers none 403 403 403 403 403 403 403 403
POST /register/handovers/{handover_id}/undo own 403 403 200 403 403 403 403 403
POST /register/handovers/{handover_id}/undo team 403 403 200 403 403 403 403 403
POST /register/handovers/{handover_id}/undo deputy 403 403 403 403 403 403 403 403
POST /register/handovers/{handover_id}/undo none 403 403 403 403 403 403 403 403
POST /register/handovers/{handover_id}/undo missing 403 403 403 403 403 403 403 403
"""  # noqa: E501 (a table is read across)

BODIES: Mapping[str, object] = MappingProxyType(
    {
        "POST /intake/letters/{letter_id}/assignment": {"dossier_id": DOSSIER, "version": 3},
        "POST /intake/letters/{letter_id}/forwarding": {"destination": "new_case", "version": 3},
        "POST /intake/letters/{letter_id}/receipt": {"version": 3},
        "POST /register/dossiers/{dossier_id}/closing": {"day": TODAY, "reason": "Weggezogen", "version": 1},
        "POST /register/dossiers/{dossier_id}/reopening": {"day": TODAY, "reason": "Irrtum", "version": 1},
        "POST /register/dossiers/{dossier_id}/responsible": {
            "to": COLLEAGUE,
            "day": "2026-12-01",
            "reason": "Pensum",
            "version": 1,
        },
        "POST /register/staff/{staff_id}/absences": {"first_day": "2026-12-21", "last_day": "2027-01-03"},
        "POST /register/staff/{staff_id}/absences/withdrawal": {"first_day": "2026-12-21"},
        "POST /register/staff/{staff_id}/handover": {"to": DEPUTY, "day": "2026-12-01", "reason": "Austritt"},
    }
)
TO_DOSSIER = {
    "responsible": RESPONSIBLE,
    "deputy": DEPUTY,
    "team": COLLEAGUE,
    "none": STRANGER,
    "missing": RESPONSIBLE,
    "nobodys": STRANGER,
}
TO_STAFF = {
    "own": RESPONSIBLE,
    "team": COLLEAGUE,
    "deputy": DEPUTY,
    "office": CLERK,
    "none": STRANGER,
    "missing": RESPONSIBLE,
}
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
        "letter_id": FORWARDED if path.endswith("/receipt") else IN_REVIEW,
        "document_id": FILED,
        "dossier_id": {"missing": MISSING, "nobodys": NOBODYS}.get(relation, DOSSIER),
        "staff_id": RESPONSIBLE,
        "handover_id": f"handover-2026-12-01-{'0' * 16}" if relation == "missing" else handover_id(),
    }
    to_staff = path == "/dossiers/inbox" or "staff_id" in path or "handover_id" in path
    staff = (TO_STAFF if to_staff else TO_DOSSIER)[relation]
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
