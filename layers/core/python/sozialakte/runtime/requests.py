"""A request as the gateway delivers it, checked before any of it is believed."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from sozialakte.runtime.problems import ProblemError, field_problem, invalid_request

LONGEST_BODY = 64 * 1024  # bytes; our requests are a few ids, the gateway itself would let 10 MB through


@dataclass(frozen=True)
class Envelope:
    """What the gateway says of a request: its id and when it arrived (UTC)."""

    request_id: str
    at: datetime


def envelope_of(event: Mapping[str, object]) -> Envelope:
    """The envelope of an HTTP API event (payload 2.0). Raises ``KeyError`` for any other kind of event."""
    context = event["requestContext"]
    if not isinstance(context, Mapping):
        raise KeyError("requestContext")
    milliseconds = int(context["timeEpoch"])
    # not fromtimestamp(ms / 1000): a float would round the last digit now and then, and the time is part of a key
    at = datetime.fromtimestamp(milliseconds // 1000, UTC).replace(microsecond=milliseconds % 1000 * 1000)
    return Envelope(str(context["requestId"]), at)


def check_body(event: Mapping[str, object]) -> None:
    """Refuse a body that is no JSON object of a sensible size. Raises `ProblemError` (413, 415, 422)."""
    body = event.get("body")
    if not isinstance(body, str) or not body:
        return
    if len(body) > LONGEST_BODY:
        raise ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", params={"limit": str(LONGEST_BODY)})
    if not _content_type(event).startswith("application/json"):
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type")
    if not isinstance(_parsed(body, encoded=bool(event.get("isBase64Encoded"))), dict):
        raise invalid_request([field_problem("body", "", "json_invalid")])


def _parsed(body: str, *, encoded: bool) -> object:
    try:
        text = base64.b64decode(body, validate=True).decode() if encoded else body
        return json.loads(text)
    # ValueError: no Base64, no UTF-8, no JSON, a number of thousands of digits; RecursionError: as many brackets
    except (ValueError, RecursionError):
        return None


def _content_type(event: Mapping[str, object]) -> str:
    headers = event.get("headers")
    found = headers.items() if isinstance(headers, Mapping) else ()
    return next((str(value).strip().lower() for name, value in found if str(name).lower() == "content-type"), "")
