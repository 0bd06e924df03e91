"""People close and reopen a dossier, or give it to somebody else: from a day on, past or to come, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sozialakte.register.edits import TooEarlyError, said_by_person
from sozialakte.register.model import DossierStatus
from sozialakte.register.records import dossier_key
from sozialakte.register.store import RegisterStore, UnknownDossierError
from sozialakte.register.stored_history import LastWrite, Stamp, fed_before, from_main_on, last_write

if TYPE_CHECKING:
    from sozialakte.register.history import Edit
    from sozialakte.runtime.dynamo import Item

FURTHEST = timedelta(days=366)
"""So far ahead is planned; a day further on is a slip of the pen."""


class StaleDossierError(Exception):
    """The dossier is not the one the person saw; ``current`` says who wrote it last."""

    def __init__(self, current: LastWrite) -> None:
        super().__init__(f"version {current.version}")
        self.current = current


@dataclass(frozen=True)
class ChangeDossier:
    """A person changes a dossier; ``version`` is the one they saw.

    The same change by the same person again changes nothing. Each raises `UnknownDossierError`, `StaleDossierError`,
    `TooEarlyError` (also for a day too far ahead) and ``WriteConflictError``.
    """

    register: RegisterStore
    dossier_id: str
    version: int
    day: date
    reason: str
    by: str
    at: datetime
    today: date

    def close(self) -> LastWrite:
        """No letters may go in any more."""
        return self._write("status", DossierStatus.CLOSED.value)

    def reopen(self) -> LastWrite:
        """Letters may go in again."""
        return self._write("status", DossierStatus.OPEN.value)

    def give_to(self, staff_id: str) -> LastWrite:
        """This member of staff is responsible. Raises `TooEarlyError` for the past: who was, was."""
        if self.day < self.today:
            raise TooEarlyError(self.day.isoformat())
        return self._write("responsible", staff_id)

    def _write(self, field: str, content: str) -> LastWrite:
        if self.day > self.today + FURTHEST:
            raise TooEarlyError(self.day.isoformat())
        said = (self.dossier_id, field, content, self.day.isoformat(), self.reason, self.by, str(self.version))
        change = sha256("\n".join(said).encode()).hexdigest()[:32]

        def decide(row: Item | None) -> Edit | None:
            if row is None:
                raise UnknownDossierError(self.dossier_id)
            current = last_write(row)
            if current.change == change:
                return None
            if current.version != self.version:
                raise StaleDossierError(current)
            return said_by_person(from_main_on(row), {field: content}, fed_before(row), self.day)

        key = dossier_key(self.dossier_id)
        seen = self.register.find_rows([key]).get(key)
        written = self.register.chronicle.write(
            key, decide, Stamp(change, self.by, self.at, self.today, self.reason), seen
        )
        return last_write(written or {})
