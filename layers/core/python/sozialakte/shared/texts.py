"""The catalogue of the texts people see, German first (Swiss spelling)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts_de import GERMAN

CATALOGUES: Mapping[str, Mapping[str, str]] = MappingProxyType({"de": GERMAN})


def say(reason: Reason, language: str = "de") -> str:
    """The reason in words. Raises ``KeyError`` for a code that the catalogue lacks (a test finds those first)."""
    return CATALOGUES[language][reason.code].format_map(reason.params)


class _Left(dict[str, str]):
    def __missing__(self, _: str) -> str:
        return "…"


def say_in_general(code: str, language: str = "de") -> str:
    """What all reasons with this code say, "…" in place of what differs. Raises ``KeyError`` as `say` does."""
    return CATALOGUES[language][code].format_map(_Left())
