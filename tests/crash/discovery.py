"""Finds what can be run, so that nothing can be forgotten."""

from __future__ import annotations

from tests.apis import apis


def writing_routes() -> set[str]:
    """Every route that changes something, as ``POST /path/{id}``."""
    return {f"{route.method} {route.path}" for api in apis().values() for route in api.routes if route.method != "GET"}
