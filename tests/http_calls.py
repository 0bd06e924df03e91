"""Requests as API Gateway hands them to a function, from the sample ``events/aws/http_api_v2.json``."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Protocol
from urllib.parse import urlencode

from aws_lambda_powertools.utilities.typing import LambdaContext

from tests.lambda_events import Context

SAMPLE = json.loads(Path("events/aws/http_api_v2.json").read_text(encoding="utf-8"))
REQUEST_ID = SAMPLE["requestContext"]["requestId"]
ONE_AT_A_TIME = RLock()
"""A function's process answers one request at a time: also while a browser asks in another thread."""


class Handler(Protocol):
    """The handler of an API function."""

    def __call__(self, event: dict[str, object], context: LambdaContext, /) -> dict[str, object]:
        """Answer one request."""


@dataclass(frozen=True)
class Answer:
    """An answer of the API, its body parsed."""

    status: int
    headers: Mapping[str, str]
    body: Mapping[str, object]

    @property
    def problem(self) -> str:
        """The last word of the problem type."""
        return str(self.body["type"]).rsplit(":", 1)[-1]

    @property
    def wrong_fields(self) -> list[str]:
        """``place.field`` of each wrong field."""
        errors = self.body["errors"]
        assert isinstance(errors, list)
        return [f"{error['place']}.{error['field']}" for error in errors]


@dataclass(frozen=True)
class Call:
    """A request. ``groups`` is the claim as the gateway writes it; ``staff`` None means no token."""

    method: str
    path: str
    staff: str | None = "ma-101"
    groups: object = "[caseworker]"
    query: Mapping[str, str] | None = None
    body: object = None
    request_id: str = REQUEST_ID

    def event(self) -> dict[str, object]:
        """As the gateway sends it."""
        event = copy.deepcopy(SAMPLE)
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        event |= {"rawPath": self.path, "rawQueryString": urlencode(self.query or {})}
        event |= {"queryStringParameters": dict(self.query)} if self.query else {}
        if self.body is not None:
            event["body"] = text
            event["headers"]["content-type"] = "application/json"
        context = event["requestContext"]
        context["requestId"] = self.request_id
        context["http"] |= {"method": self.method, "path": self.path}
        context["authorizer"]["jwt"]["claims"] |= {"username": self.staff, "cognito:groups": self.groups}
        if self.staff is None:
            del context["authorizer"]
        return dict(event)

    def to(self, handler: Handler) -> Answer:
        """The answer of this handler."""
        with ONE_AT_A_TIME:
            return answer_of(handler(self.event(), Context()))


def answer_of(raw: Mapping[str, object]) -> Answer:
    """The gateway's view of what a handler returned."""
    status, headers, body = raw["statusCode"], raw["headers"], raw["body"]
    assert isinstance(status, int)
    assert isinstance(headers, dict)
    assert isinstance(body, str)
    return Answer(status, {name.lower(): value for name, value in headers.items()}, json.loads(body))
