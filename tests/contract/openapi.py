"""Writes ``infra/openapi.json`` from the routes themselves: ``python -m tests.contract.openapi`` (``make openapi``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sozialakte.runtime.problems import CONTENT_TYPE, Problem
from tests.apis import apis

FILE = Path("infra/openapi.json")
TITLE, VERSION = "Sozialakte", "1"
DESCRIPTION = (
    "Functions answer every error with problem details (RFC 9457). What the gateway refuses before any function runs, "
    'it answers itself with `{"message": ...}` as `application/json`: 401 (no token, or an expired one), 403 (a token '
    "that is no access token), 404 (a path or method that no context has), 429 (too many requests), 503 (no answer in "
    "time). Clients go by the status first, then by `type` if there is one."
)
_SCHEMAS = "#/components/schemas/"

# Powertools' own error bodies, which our routes never give.
_NOT_OURS = ("HTTPValidationError", "ValidationError", "ResponseValidationError")

Json = dict[str, object]


def document() -> Json:
    """The OpenAPI document of all contexts."""
    paths: Json = {}
    schemas: Json = {}
    for api in apis().values():
        part = json.loads(api.resolver.get_openapi_json_schema(title=TITLE, version=VERSION))
        _merge(paths, part["paths"])
        _merge(schemas, part["components"]["schemas"])
    for operation in _operations(paths):
        _describe_problems(operation)
    for name in _NOT_OURS:
        schemas.pop(name, None)
    _merge(schemas, _problem_schemas())
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": VERSION, "description": DESCRIPTION},
        "security": [{"staff": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "responses": {"Problem": _problem_response()},
            "securitySchemes": {"staff": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def text() -> str:
    """The document as it is committed."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def _merge(into: Json, part: Json) -> None:
    for name, value in part.items():
        if into.setdefault(name, value) != value:
            raise ValueError(f"two contexts describe {name} differently")


def _operations(paths: Json) -> Iterator[Json]:
    for item in paths.values():
        assert isinstance(item, dict)
        yield from item.values()


def _describe_problems(operation: Json) -> None:
    """Powertools describes its own error bodies; ours are problem details."""
    responses = operation["responses"]
    assert isinstance(responses, dict)
    good = {status: response for status, response in responses.items() if status.startswith("2")}
    operation["responses"] = good | {"default": {"$ref": "#/components/responses/Problem"}}


def _problem_schemas() -> Json:
    schema = Problem.model_json_schema(ref_template=_SCHEMAS + "{model}", mode="serialization")
    nested = schema.pop("$defs", {})
    return {"Problem": schema, **nested}


def _problem_response() -> Json:
    return {
        "description": "RFC 9457 problem details; `type` is stable, `title` and `detail` are German texts for people",
        "content": {CONTENT_TYPE: {"schema": {"$ref": _SCHEMAS + "Problem"}}},
    }


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
