"""Every API function of the project, by discovery."""

from __future__ import annotations

import importlib
from pathlib import Path

from sozialakte.runtime.http import Api


def apis() -> dict[str, Api]:
    """The `Api` of every ``functions/<context>/api.py``, by its context."""
    found = {}
    for path in sorted(Path("functions").glob("*/api.py")):
        module = importlib.import_module(f"functions.{path.parent.name}.api")
        assert isinstance(module.api, Api), f"{path} needs an Api named api"
        assert module.handler == module.api.handle, f"{path} needs handler = api.handle"
        found[path.parent.name] = module.api.load_all()
    return found
