"""What a seal hides is in no answer of any route to anybody who is not named: no number, no name, no text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from sozialakte.shared.access import Role
from tests import secrets_payments
from tests.contract.test_access import BODIES, add_letter_of_two_pages, call_of, lines, send
from tests.http_calls import Answer, Call
from tests.invoice_calls import invoice_asked
from tests.money_calls import MONEY_ID
from tests.office import (
    BATCH_ID,
    DOSSIER,
    FORWARDED,
    IN_REVIEW,
    MISSING,
    NOTICE,
    PERSON,
    SISTER,
    furnish,
    furnish_access,
)
from tests.office import FILED as FILED_OPENLY
from tests.run_calls import run_asked
from tests.secrets import ASKED, BATCH, CAME, COMING, FILED, GONE, NAMED, SECRET, WORDS, hide
from tests.secrets import NOTICE as SECRET_NOTICE
from tests.secrets import PERSON as SECRET_PERSON

pytestmark = pytest.mark.usefixtures("aws")

INSTEAD: Mapping[str, tuple[str, ...]] = {
    DOSSIER: (SECRET, SISTER),
    IN_REVIEW: (ASKED, FILED, COMING),
    FORWARDED: (ASKED, FILED, COMING),
    FILED_OPENLY: (FILED, GONE, CAME),
    BATCH_ID: (BATCH,),
    NOTICE: (SECRET_NOTICE,),
    PERSON: (SECRET_PERSON,),
    MONEY_ID: (secrets_payments.PAID, secrets_payments.PROPOSED),
    run_asked(""): (secrets_payments.RUN,),
    invoice_asked("", "none"): (secrets_payments.BILL,),
}
"""What somebody may ask for who has heard of the ids."""
SEARCHES: Mapping[str, tuple[dict[str, object], ...]] = {
    "/dossiers/search": ({"name": "Heimlich Frieda"}, {"birth_date": "1980-02-03"}, {"dossier_id": SECRET}),
    "fulltext": ({"words": "Sonderling"},),
}
FORBIDDEN = 403
ROUTES = sorted({route for route, _, _ in lines()})


@pytest.fixture(autouse=True)
def office(aws: None) -> None:  # noqa: ARG001 (opens the tables)
    furnish()
    furnish_access()
    add_letter_of_two_pages()
    hide()


def questions(route: str, relation: str, role: str) -> Iterator[Call]:
    """The request of the table of access, and all that might lead to what is sealed."""
    call = call_of(route, relation, role)
    yield call
    for path in paths(call.path):
        yield replace(call, path=path)
        bodies = (body for end, found in SEARCHES.items() if path.endswith(end) for body in found)
        yield from (replace(call, path=path, body=body) for body in bodies)
    for there in (DOSSIER, SISTER):
        if there in json.dumps(call.body):
            yield replace(call, body=json.loads(json.dumps(call.body).replace(there, SECRET)))


def paths(path: str) -> Iterator[str]:
    """With other ids in the places of those of the table."""
    yield path
    for known, others in INSTEAD.items():
        yield from (path.replace(known, other) for other in others if known in path)
    if FILED_OPENLY in path:
        yield path.replace(DOSSIER, SECRET).replace(FILED_OPENLY, FILED)


def asked(route: str) -> Iterator[tuple[str, Call]]:
    """Each question with its role; who gets nothing anyway asks for the sealed dossier only."""
    for name, relation, statuses in lines():
        for role, status in statuses.items() if name == route else ():
            if not lets_in(route, role):
                every = questions(route, relation, role)
                yield from ((role, call) for call in every if status != FORBIDDEN or SECRET in call.path)


def lets_in(route: str, role: str) -> bool:
    """The auditor sees who saw a sealed dossier or its people, and whom a seal names: no contents."""
    is_about_it = "{dossier_id}" in route or "{person_id}" in route
    return (
        role == Role.AUDITOR and is_about_it and any(tried[role] < 400 for name, _, tried in lines() if name == route)
    )


def told(answer: Answer) -> set[str]:
    text = json.dumps([answer.body, dict(answer.headers)], ensure_ascii=False)
    return {what for what, words in WORDS.items() if words in text}


@pytest.mark.parametrize("route", ROUTES)
def test_no_route_tells_anything_to_who_is_not_named(route: str) -> None:
    for role, call in asked(route):
        assert told(send(call)) == set(), (call.method, call.path, call.body, call.staff, role)


def test_who_is_named_is_told_all_of_it() -> None:
    """Or the test above would find nothing because nothing is there."""
    asked_for = {(route, relation) for route, relation, _ in lines() if relation in {"responsible", "none"}}
    answers = [
        send(replace(call, staff=NAMED, query=None))
        for route, relation in sorted(asked_for)
        if route.startswith("GET") or route.endswith(("/search", "/fulltext"))
        for call in questions(route, relation, "caseworker")
    ]

    assert {what for answer in answers for what in told(answer)} == set(WORDS)


def test_a_letter_cannot_be_assigned_to_it_as_if_it_were_not_there() -> None:
    body = BODIES["POST /intake/letters/{letter_id}/assignment"]
    call = call_of("POST /intake/letters/{letter_id}/assignment", "none", "mailroom")

    sealed, missing = (send(replace(call, body={**body, "dossier_id": one})) for one in (SECRET, MISSING))

    assert sealed.status == 422
    assert (sealed.status, sealed.body) == (missing.status, missing.body)
    assert send(replace(call, staff=NAMED, body={**body, "dossier_id": SECRET})).status == 202
