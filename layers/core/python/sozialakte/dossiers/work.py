"""What staff write down about a dossier: notes, and tasks with the day they are due. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sozialakte.dossiers.edits import Edit


@dataclass(frozen=True)
class Note:
    """A note on a dossier (``place`` is ``dossier#<id>``) or on a document (``document#<id>``), wherever that lies."""

    place: str
    note_id: str
    text: str
    written_by: str
    written_at: datetime
    edit: Edit
    version: int = 1

    def rewrite(self, text: str, by: str, at: datetime) -> Note:
        """With another text."""
        return replace(self, text=text, edit=Edit(by, at, ("text",)), version=self.version + 1)


class TaskState(StrEnum):
    """Whether somebody still has to do it."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True)
class Task:
    """Something to do in a dossier by a day; ``assignee`` is a staff id."""

    dossier_id: str
    task_id: str
    text: str
    due: date
    assignee: str
    created_by: str
    created_at: datetime
    edit: Edit
    state: TaskState = TaskState.OPEN
    version: int = 1

    def assign(self, assignee: str, by: str, at: datetime) -> Task:
        """Somebody else is to do it."""
        return self._changed("assignee", by, at, assignee=assignee)

    def revise(self, text: str | None, due: date | None, by: str, at: datetime) -> Task:
        """Something else is to do, or by another day; None: as it is. Itself if that changes nothing."""
        given = {"text": text or self.text, "due": due or self.due}
        changed = tuple(name for name, value in given.items() if getattr(self, name) != value)
        if not changed:
            return self
        return replace(self, **given, edit=Edit(by, at, changed), version=self.version + 1)  # type: ignore[arg-type]

    def done(self, by: str, at: datetime) -> Task:
        """It is done."""
        return self._changed("done", by, at, state=TaskState.DONE)

    def reopen(self, by: str, at: datetime) -> Task:
        """It is not done after all."""
        return self._changed("reopened", by, at, state=TaskState.OPEN)

    def _changed(self, what: str, by: str, at: datetime, **changes: object) -> Task:
        return replace(self, **changes, edit=Edit(by, at, (what,)), version=self.version + 1)  # type: ignore[arg-type]
