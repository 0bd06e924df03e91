"""What every route gets from `Api`: problems instead of internals, nothing swallowed."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus

import pytest
from pydantic import BaseModel

from sozialakte.runtime.dynamo import WriteConflictError
from sozialakte.runtime.guards import Guard
from sozialakte.runtime.http import Api
from sozialakte.runtime.problems import ProblemError
from sozialakte.shared.access import Action
from sozialakte.shared.attempts import Attempt
from tests.http_calls import REQUEST_ID, Answer, Call, answer_of
from tests.lambda_events import Context


class Thing(BaseModel):
    """An answer."""

    number: int


class ThingError(Exception):
    """An error of the domain."""


def api_that(does: Callable[[], Thing], recorded: list[Attempt] | None = None) -> Api:
    """One route that does this."""
    api = Api(audit=(recorded if recorded is not None else []).append)

    @api.get("/things", Guard(Action.LIST_BATCHES, lambda _: "things"))
    def read_thing(number: int = 0) -> Thing:  # noqa: ARG001 (a parameter that is known)
        return does()

    return api


def ask(api: Api, path: str = "/things", **more: object) -> Answer:
    """As somebody who may."""
    event = Call("GET", path, groups="[mailroom]").event() | more
    return answer_of(api.handle(event, Context()))


def fail_with(error: BaseException) -> Callable[[], Thing]:
    def fail() -> Thing:
        raise error

    return fail


def test_route_answers_with_its_model() -> None:
    recorded: list[Attempt] = []

    assert ask(api_that(lambda: Thing(number=1), recorded)).body == {"number": 1}
    assert [(attempt.subject, attempt.request_id) for attempt in recorded] == [("things", REQUEST_ID)]


def test_unexpected_error_shows_no_internals_but_the_number_to_ask_with(capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(api_that(fail_with(KeyError("Anna Beispiel"))))

    assert (answer.status, answer.problem) == (500, "unexpected")
    assert answer.body["request_id"] == REQUEST_ID
    assert REQUEST_ID in str(answer.body["detail"])
    logged = capsys.readouterr().out
    assert json.loads(logged.splitlines()[-1])["error"] == "KeyError"
    assert "Anna" not in str(answer.body) + logged


def test_answer_that_does_not_fit_its_model_is_our_fault() -> None:
    wrong = Thing(number=1)
    wrong.__dict__["number"] = "Anna"

    answer = ask(api_that(lambda: wrong))

    assert (answer.status, answer.problem) == (500, "unexpected")
    assert "Anna" not in str(answer.body)


def test_busy_tables_are_a_reason_to_try_again() -> None:
    answer = ask(api_that(fail_with(WriteConflictError())))

    assert (answer.status, answer.problem) == (503, "busy")
    assert answer.headers["retry-after"]


def test_errors_of_the_domain_get_the_answer_the_context_gives_them() -> None:
    api = api_that(fail_with(ThingError()))
    api.on(ThingError, lambda _: ProblemError(HTTPStatus.NOT_FOUND, "unknown_batch"))

    assert ask(api).problem == "unknown_batch"


@pytest.mark.parametrize("end", [SystemExit, KeyboardInterrupt])
def test_end_of_the_process_passes(end: type[BaseException]) -> None:
    with pytest.raises(end):
        ask(api_that(fail_with(end())))


def test_nothing_of_a_request_stays_for_the_next() -> None:
    api = api_that(lambda: Thing(number=1))
    ask(api)

    with pytest.raises(KeyError):
        _ = api.asked


@pytest.mark.parametrize("query", ["numbr=1", "number=1&more=2", "number=x", "=", "%00=1"])
def test_parameters_that_the_route_does_not_know_are_refused(query: str) -> None:
    name, _, value = query.partition("=")

    answer = ask(api_that(lambda: Thing(number=1)), rawQueryString=query, queryStringParameters={name: value})

    assert answer.status == 422


def test_wrong_requests_leave_no_entry() -> None:
    recorded: list[Attempt] = []

    ask(api_that(lambda: Thing(number=1), recorded), rawQueryString="a=1", queryStringParameters={"a": "1"})

    assert recorded == []
