"""Why the machine (or a person) decided something: a code with its facts, put into words only when shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reason:
    """A reason as data: ``code`` is a key of the text catalogue; ``params`` hold ids and numbers, nothing personal."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
