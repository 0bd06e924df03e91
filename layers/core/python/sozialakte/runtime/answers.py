"""Problems as answers of the HTTP API."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from aws_lambda_powertools.event_handler import Response

from sozialakte.runtime.problems import CONTENT_TYPE, ProblemError, problem_of

# Answers hold personal data: nobody on the way keeps a copy.
HEADERS: Mapping[str, str] = MappingProxyType({"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
_HEADERS_OF_STATUS: Mapping[HTTPStatus, Mapping[str, str]] = MappingProxyType(
    {HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": "Bearer"}, HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": "5"}}
)


def problem_response(error: ProblemError, request_id: str) -> Response[str]:
    """The answer to a request that failed."""
    return Response(
        status_code=error.status,
        content_type=CONTENT_TYPE,
        headers=dict(_HEADERS_OF_STATUS.get(error.status, {})),
        body=problem_of(error, request_id).model_dump_json(exclude_none=True),
    )


def early_answer(error: ProblemError, request_id: str) -> dict[str, object]:
    """The same for a request refused before any route saw it, as the gateway takes it (payload 2.0)."""
    response = problem_response(error, request_id)
    return {
        "statusCode": response.status_code,
        "headers": dict(response.headers),
        "body": response.body,
        "isBase64Encoded": False,
    }


def with_headers(answer: dict[str, object]) -> dict[str, object]:
    """The answer with the headers that every answer carries."""
    headers = answer.get("headers")
    return {**answer, "headers": {**(headers if isinstance(headers, Mapping) else {}), **HEADERS}}
