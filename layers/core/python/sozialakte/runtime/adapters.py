"""pydantic's adapters for our own types, each built when it is first needed.

Building one takes up to ten milliseconds: a function that starts does not build those of rows it may never touch.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


def adapter(kind: type[T]) -> TypeAdapter[T]:
    """What reads and writes values of this type."""
    return _built(kind)  # type: ignore[arg-type] # every type is hashable


@cache
def _built(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
