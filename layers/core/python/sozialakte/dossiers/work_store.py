"""Notes and tasks in DynamoDB.

| to find | how |
|---|---|
| notes on a dossier or a document, newest first | index ``by_list``: ``list_key``, then batch get |
| a note | get ``NOTES#dossier#<id>`` / ``NOTE#<note_id>`` |
| tasks of a dossier | query ``DOSSIER#<dossier_id>``, ``TASK#`` |
| a task | get ``DOSSIER#<dossier_id>`` / ``TASK#<task_id>`` |
| tasks of a member of staff, the first due first | index ``by_list``: ``TASKS#<staff id>#<state>``, then batch get |

The ids are the caller's, so that sending something twice writes it once.
"""

from __future__ import annotations

from dataclasses import dataclass

from sozialakte.dossiers.edits import ChangedMeanwhileError, UnknownThingError
from sozialakte.dossiers.lists import BY_LIST, read_list
from sozialakte.dossiers.records import (
    dossier_key,
    note_item,
    note_of,
    notes_key,
    task_item,
    task_key,
    task_of,
    tasks_key,
)
from sozialakte.dossiers.work import Note, Task, TaskState
from sozialakte.runtime.dynamo import NEW, AlreadyExistsError, Attr, ConditionFailedError, Key, Query, Table


@dataclass(frozen=True)
class NotePage:
    """A page of notes and the cursor of the next."""

    notes: tuple[Note, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class TaskPage:
    """A page of tasks and the cursor of the next."""

    tasks: tuple[Task, ...]
    next_cursor: str | None


class WorkStore:
    """Notes and tasks in the dossiers table."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)

    def notes_on(self, place: str, limit: int, cursor: str | None = None) -> NotePage:
        """Notes on a dossier or a document, the last written first. Raises `InvalidCursorError`."""
        key = notes_key(place)
        query = Query(Key("list_key").eq(key), index=BY_LIST, newest_first=True)
        page = read_list(self._table, query, limit, cursor, ("list_key", key))
        return NotePage(tuple(map(note_of, page.rows)), page.next_cursor)

    def find_note(self, place: str, note_id: str) -> Note | None:
        """A note on this dossier or document."""
        item = self._table.get(notes_key(place), f"NOTE#{note_id}", consistent=True)
        return note_of(item) if item else None

    def save_note(self, note: Note) -> Note:
        """Write a new note or a new version of one. Raises `ChangedMeanwhileError`."""
        try:
            self._table.put(note_item(note), when=NEW if note.version == 1 else Attr("version").eq(note.version - 1))
        except ConditionFailedError as error:
            there = note_of(error.existing) if error.existing else note
            raise ChangedMeanwhileError(there.version, there.edit) from error
        return note

    def tasks_in(self, dossier_id: str, limit: int, cursor: str | None = None) -> TaskPage:
        """Tasks of a dossier, open and done. Raises `InvalidCursorError`."""
        where = Key("pk").eq(dossier_key(dossier_id)) & Key("sk").begins_with("TASK#")
        page = self._table.query_page(Query(where, consistent=True), limit, cursor)
        return TaskPage(tuple(map(task_of, page.items)), page.next_cursor)

    def tasks_of(self, staff_id: str, state: TaskState, limit: int, cursor: str | None = None) -> TaskPage:
        """Tasks of a member of staff, the first due first. Raises `InvalidCursorError`."""
        key = tasks_key(staff_id, state)
        query = Query(Key("list_key").eq(key), index=BY_LIST)
        page = read_list(self._table, query, limit, cursor, ("list_key", key))
        return TaskPage(tuple(map(task_of, page.rows)), page.next_cursor)

    def get_task(self, dossier_id: str, task_id: str) -> Task:
        """A task of this dossier. Raises `UnknownThingError`."""
        item = self._table.get(*task_key(dossier_id, task_id), consistent=True)
        if item is None:
            raise UnknownThingError(task_id)
        return task_of(item)

    def add_task(self, task: Task) -> Task:
        """Write a new task; the one that is there if it was written before."""
        try:
            self._table.put_new(task_item(task))
        except AlreadyExistsError as error:
            return task_of(error.existing) if error.existing else task
        return task

    def save_task(self, task: Task) -> Task:
        """Write a new version of a task. Raises `ChangedMeanwhileError`."""
        try:
            self._table.put(task_item(task), when=Attr("version").eq(task.version - 1))
        except ConditionFailedError as error:
            there = task_of(error.existing) if error.existing else task
            raise ChangedMeanwhileError(there.version, there.edit) from error
        return task
