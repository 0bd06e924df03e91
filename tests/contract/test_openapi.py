"""The committed OpenAPI document is the one the routes describe."""

from __future__ import annotations

import json
import re

from tests.apis import apis
from tests.contract.openapi import FILE, document, text


def test_committed_document_is_what_the_routes_describe() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run: make openapi"


def test_every_route_is_described_with_its_action() -> None:
    paths = json.loads(text())["paths"]
    described = {
        (method.upper(), path, operation["x-action"])
        for path, item in paths.items()
        for method, operation in item.items()
    }

    assert described == {
        (route.method, route.path, route.guard.action.value) for api in apis().values() for route in api.routes
    }


def test_every_reference_leads_somewhere() -> None:
    components = json.loads(text())["components"]

    for group, name in re.findall(r'"#/components/(\w+)/(\w+)"', text()):
        assert name in components[group]


def test_operations_have_names_of_their_own() -> None:
    names = re.findall(r'"operationId": "(\w+)"', text())

    assert len(names) == len(set(names))


def test_document_is_the_same_every_time() -> None:
    assert document() == document()
