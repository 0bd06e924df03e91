"""What the routes of notes and tasks give."""

from __future__ import annotations

from datetime import date, datetime

from sozialakte.dossiers.answers import EditAnswer
from sozialakte.dossiers.work import Note, Task, TaskState
from sozialakte.shared.model import Model


class NoteAnswer(Model):
    """A note on a dossier or a document."""

    note_id: str
    text: str
    written_by: str
    written_at: datetime
    changed: EditAnswer
    version: int

    @classmethod
    def of(cls, note: Note) -> NoteAnswer:
        """The note."""
        return cls(
            note_id=note.note_id,
            text=note.text,
            written_by=note.written_by,
            written_at=note.written_at,
            changed=EditAnswer.of(note.edit),
            version=note.version,
        )


class NoteList(Model):
    """Notes, the last written first; ``next`` is the cursor of the next page."""

    notes: list[NoteAnswer]
    next: str | None


class TaskAnswer(Model):
    """A task of a dossier."""

    dossier_id: str
    task_id: str
    text: str
    due: date
    assignee: str
    state: TaskState
    created_by: str
    created_at: datetime
    changed: EditAnswer
    version: int

    @classmethod
    def of(cls, task: Task) -> TaskAnswer:
        """The task."""
        return cls(
            dossier_id=task.dossier_id,
            task_id=task.task_id,
            text=task.text,
            due=task.due,
            assignee=task.assignee,
            state=task.state,
            created_by=task.created_by,
            created_at=task.created_at,
            changed=EditAnswer.of(task.edit),
            version=task.version,
        )


class TaskList(Model):
    """Tasks; ``next`` is the cursor of the next page."""

    tasks: list[TaskAnswer]
    next: str | None
