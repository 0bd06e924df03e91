"""The envelope of a request and the form of its body."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from sozialakte.runtime.problems import ProblemError
from sozialakte.runtime.requests import LONGEST_BODY, Envelope, check_body, envelope_of
from tests.http_calls import REQUEST_ID, Call


def post(body: object, *, content_type: str | None = "application/json", encoded: bool = False) -> dict[str, object]:
    headers = {"Content-Type": content_type} if content_type else {}
    return {"body": body, "headers": headers, "isBase64Encoded": encoded}


def refusal(event: dict[str, object]) -> str:
    with pytest.raises(ProblemError) as refused:
        check_body(event)
    return f"{refused.value.status.value} {refused.value.code}"


def test_id_and_time_are_the_gateways_to_the_millisecond() -> None:
    at = datetime(2026, 11, 21, 8, 30, 0, 123_000, tzinfo=UTC)

    assert envelope_of(Call("GET", "/").event()) == Envelope(REQUEST_ID, at)


def test_event_of_another_kind_is_refused() -> None:
    others: list[dict[str, object]] = [{}, {"requestContext": None}, {"requestContext": {"requestId": "x"}}]
    for event in others:
        with pytest.raises(KeyError):
            envelope_of(event)


def test_objects_pass_plain_and_encoded() -> None:
    check_body(post('{"version": 1}'))
    check_body(post(base64.b64encode(b'{"version": 1}').decode(), encoded=True))
    check_body(post('{"version": 1}', content_type="application/json; charset=utf-8"))
    check_body(post(None))
    check_body(post(""))


@pytest.mark.parametrize("body", ["[]", "null", "3", '"x"', "{", "{]", "[" * 60_000, "\ud800", '{"a": 1} x'])
def test_what_is_no_object_is_refused(body: str) -> None:
    assert refusal(post(body)) == "422 invalid_request"


@pytest.mark.parametrize("body", ["%%%", "ä", base64.b64encode(b"\xff\xfe").decode(), "e30"])
def test_broken_encoding_is_refused(body: str) -> None:
    assert refusal(post(body, encoded=True)) == "422 invalid_request"


def test_long_bodies_are_refused_before_they_are_read() -> None:
    assert refusal(post('{"a": "' + "x" * LONGEST_BODY + '"}')) == "413 too_large"


@pytest.mark.parametrize("kind", [None, "", "text/plain", "multipart/form-data; boundary=x", "application/xml"])
def test_other_formats_are_refused(kind: str | None) -> None:
    assert refusal(post("{}", content_type=kind)) == "415 unsupported_media_type"
