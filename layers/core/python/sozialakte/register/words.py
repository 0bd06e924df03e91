"""The register in words: who changed an entry, and what of it."""

from __future__ import annotations

from collections.abc import Iterable

from sozialakte.register.history import FEED
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


def who(by: str | None) -> str:
    """Who changed something, to stand after "von": a staff id, or the case system in words."""
    return say(Reason("who.case_system")) if by in {None, FEED} else str(by)


def words_of_fields(fields: Iterable[str]) -> str:
    """Fields of a dossier in words."""
    return ", ".join(say(Reason(f"edited.{name}")) for name in fields) or say(Reason("edited.dossier_entry"))
