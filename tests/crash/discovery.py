"""Finds what can be run, so that nothing can be forgotten."""

from __future__ import annotations

import importlib

from sozialakte.runtime.http import Api
from tests.pipeline import handlers


def writing_routes() -> set[str]:
    """Every route that changes something, as ``POST /path/{id}``."""
    found = set()
    for function in handlers():
        if function.endswith(".api"):
            api: Api = importlib.import_module(function).api
            found |= {f"{route.method} {route.path}" for route in api.routes if route.method != "GET"}
    return found
