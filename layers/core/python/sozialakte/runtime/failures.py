"""How errors that any route may meet are answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType

from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestUnsupportedContentType, RequestValidationError

from sozialakte.runtime.cursors import InvalidCursorError
from sozialakte.runtime.dynamo import WriteConflictError
from sozialakte.runtime.logging import logger
from sozialakte.runtime.problems import ProblemError, field_problem, fields_of, invalid_request
from sozialakte.shared.attempts import AttemptNotRecordedError


def _itself(error: Exception) -> ProblemError:
    return error if isinstance(error, ProblemError) else _unexpected(error)


def _wrong_fields(error: Exception) -> ProblemError:
    return (
        invalid_request(fields_of(error.errors())) if isinstance(error, RequestValidationError) else _unexpected(error)
    )


def _wrong_cursor(_: Exception) -> ProblemError:
    return invalid_request([field_problem("query", "cursor", "invalid_cursor")])


def _no_route(_: Exception) -> ProblemError:
    return ProblemError(HTTPStatus.NOT_FOUND, "not_found")


def _unsupported(_: Exception) -> ProblemError:
    return ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type")


def _not_recorded(error: Exception) -> ProblemError:
    logger.error("audit_unavailable", error.__cause__ or error)
    return ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "audit_unavailable")


def _busy(error: Exception) -> ProblemError:
    logger.error("write_conflict", error)
    return ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "busy")


def _unexpected(error: Exception) -> ProblemError:
    logger.error("request_failed", error)
    return ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, "unexpected")


CENTRAL_PROBLEMS: Mapping[type[Exception], Callable[[Exception], ProblemError]] = MappingProxyType(
    {
        ProblemError: _itself,
        RequestValidationError: _wrong_fields,
        RequestUnsupportedContentType: _unsupported,
        NotFoundError: _no_route,
        InvalidCursorError: _wrong_cursor,
        AttemptNotRecordedError: _not_recorded,
        WriteConflictError: _busy,
        # The one place that answers what nobody foresaw; BaseException passes.
        Exception: _unexpected,
    }
)
