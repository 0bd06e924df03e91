"""What a context publishes, loaded when somebody first asks for it.

A function that needs one of another context's classes would else load all that the context publishes with it: a third
of the time that our functions take to start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def published(package: str, names: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """A package's ``__getattr__`` (PEP 562) that finds ``names``, listed by the module of the package they lie in.

    Raises ``ValueError`` for a name that is a module's too: once that is loaded, Python finds the module.
    """
    modules = {name: f"{package}.{module}" for module, found in names.items() for name in found}
    if doubled := modules.keys() & names.keys():
        raise ValueError(f"{package} publishes what is called like a module: {', '.join(sorted(doubled))}")

    def find(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(modules[name]), name)

    return find
