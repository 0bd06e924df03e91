"""Who saw a person's data: the entries about the person and about every dossier they are or were in, one after another.

A page comes from one subject; the cursor says which subject is next and where in it the list goes on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sozialakte.audit.store import AuditPage, AuditStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.cursors import InvalidCursorError

_CURSOR = re.compile(r"([0-9]{1,2})-(.*)", re.ASCII)


class UnknownPersonError(LookupError):
    """The register knows no such person: an empty list would say that nobody saw anything."""


@dataclass(frozen=True)
class SubjectTraces:
    """A page of entries about one subject, and the cursor of the next page, of this subject or the next one."""

    subject: str
    page: AuditPage
    next_cursor: str | None


def traces_of_person(
    register: RegisterStore, audit: AuditStore, person_id: str, limit: int, cursor: str | None = None
) -> SubjectTraces:
    """A page of who saw the person's data. Raises `UnknownPersonError`, `InvalidCursorError`."""
    if register.find_person(person_id) is None:
        raise UnknownPersonError(person_id)
    dossiers = register.find_dossier_ids_of_person(person_id)
    subjects = [f"person#{person_id}", *(f"dossier#{dossier_id}" for dossier_id in dossiers)]
    place, inside = _place_of(cursor, subjects)
    page = audit.entries_about(subjects[place], limit, inside)
    return SubjectTraces(subjects[place], page, _next(place, page, subjects))


def _place_of(cursor: str | None, subjects: Sequence[str]) -> tuple[int, str | None]:
    if cursor is None:
        return 0, None
    found = _CURSOR.fullmatch(cursor)
    if found is None or int(found[1]) >= len(subjects):
        raise InvalidCursorError("not a cursor of this list")
    return int(found[1]), found[2] or None


def _next(place: int, page: AuditPage, subjects: Sequence[str]) -> str | None:
    if page.next_cursor:
        return f"{place}-{page.next_cursor}"
    return f"{place + 1}-" if place + 1 < len(subjects) else None
