"""Errors as people and programs get them: RFC 9457 problem details, German words, stable types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType

from pydantic import ConfigDict

from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

CONTENT_TYPE = "application/problem+json"
_TYPE = "urn:sozialakte:problem:"

# What pydantic calls it -> what we say; anything else is "field.invalid".
_FIELD_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "missing": "field.missing",
        "extra_forbidden": "field.unknown",
        "string_too_long": "field.too_long",
        "string_too_short": "field.too_short",
        "too_long": "field.too_long",
        "too_short": "field.too_short",
        "control_character": "field.control_character",
        "invalid_cursor": "field.wrong_cursor",
        "json_invalid": "field.no_json",
        "date_from_datetime_parsing": "field.no_date",
        "date_parsing": "field.no_date",
        "unknown_dossier": "field.unknown_dossier",
        "unknown_staff": "field.unknown_staff",
        "unsuitable_staff": "field.unsuitable_staff",
        "reason_too_short": "field.reason_too_short",
        "wrong_day": "field.wrong_day",
        "ahv_number": "field.no_ahv_number",
        "no_receiver": "field.no_receiver",
        "no_word": "field.no_word",
        "same_dossier": "field.same_dossier",
        "same_inbox": "field.same_inbox",
        "no_such_page": "field.no_such_page",
        "named_twice": "field.named_twice",
        "no_category": "field.no_category",
        "foreign_person": "field.foreign_person",
        "wrong_amount": "field.wrong_amount",
        "amount": "field.no_amount",
        "iban": "field.no_iban",
        "reference": "field.no_reference",
    }
)


class FieldProblem(Model):
    """One wrong field: where (``path``, ``query`` or ``body``), which, and why. Never the value itself."""

    place: str
    field: str
    code: str
    detail: str


class Problem(Model):
    """Problem details (RFC 9457). ``type`` is stable; ``title`` and ``detail`` are for people and may change."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[FieldProblem] | None = None


class ProblemError(Exception):
    """An answer that is no success. ``code`` names texts of the catalogue: ``problem.<code>`` and ``....detail``.

    ``params`` fill the texts; ``facts`` (ids, versions, times) become members of the answer beside the standard ones.
    """

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        *,
        params: Mapping[str, str] | None = None,
        facts: Mapping[str, str | int | None] | None = None,
        errors: Sequence[FieldProblem] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.params = dict(params or {})
        self.facts = dict(facts or {})
        self.errors = list(errors) if errors else None


def problem_of(error: ProblemError, request_id: str) -> Problem:
    """The error as the body of an answer."""
    return Problem(
        type=f"{_TYPE}{error.code}",
        title=say(Reason(f"problem.{error.code}")),
        status=error.status,
        detail=say(Reason(f"problem.{error.code}.detail", {**error.params, "request_id": request_id})),
        request_id=request_id,
        errors=error.errors,
        **error.facts,
    )


def field_problem(place: str, field: str, code: str) -> FieldProblem:
    """One wrong field; ``code`` is pydantic's name of the rule that is broken."""
    return FieldProblem(
        place=place, field=field, code=code, detail=say(Reason(_FIELD_TEXTS.get(code, "field.invalid")))
    )


def invalid_request(errors: Sequence[FieldProblem]) -> ProblemError:
    """422 with the list of wrong fields."""
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_request", errors=errors)


def fields_of(errors: Iterable[Mapping[str, object]]) -> list[FieldProblem]:
    """Pydantic's errors without values and messages, which quote the input."""
    return [_field_of(error) for error in errors]


def _field_of(error: Mapping[str, object]) -> FieldProblem:
    location = error.get("loc")
    place, *inside = [str(step) for step in location] if isinstance(location, Sequence) else [""]
    return field_problem(place, ".".join(inside), str(error.get("type")))
