"""Write notes and tasks: each text once, however often it is sent; nobody overwrites what they have not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sozialakte.dossiers.edits import ChangedMeanwhileError, Edit, UnknownThingError
from sozialakte.dossiers.relations import may_work_on
from sozialakte.dossiers.settle_entry import NoReceiverError
from sozialakte.dossiers.work import Note, Task, TaskState
from sozialakte.dossiers.work_store import WorkStore
from sozialakte.register import RegisterStore

NEW_TEXT = 0
"""The version somebody saw who writes something new."""


@dataclass(frozen=True)
class WriteNote:
    """A person writes a note or another version of one."""

    store: WorkStore
    staff_id: str
    now: datetime

    def __call__(self, place: str, note_id: str, text: str, version: int = NEW_TEXT) -> Note:
        """``version`` is the one they saw. Raises `UnknownThingError`, `ChangedMeanwhileError`."""
        there = self.store.find_note(place, note_id)
        if there and (there.text, there.edit.by, there.version) == (text, self.staff_id, version + 1):
            return there
        if there is None and version == NEW_TEXT:
            edit = Edit(self.staff_id, self.now, ("created",))
            return self.store.save_note(Note(place, note_id, text, self.staff_id, self.now, edit))
        if there is None:
            raise UnknownThingError(note_id)
        if there.version != version:
            raise ChangedMeanwhileError(there.version, there.edit)
        return self.store.save_note(there.rewrite(text, self.staff_id, self.now))


@dataclass(frozen=True)
class WriteTask:
    """A person creates a task or takes it a step further; the same step by the same person again changes nothing.

    An assignee must have a relation to the dossier: else `NoReceiverError`.
    """

    store: WorkStore
    register: RegisterStore
    dossier_id: str
    task_id: str
    staff_id: str
    now: datetime

    def create(self, text: str, due: date, assignee: str) -> Task:
        """Raises `ChangedMeanwhileError` if another task has this id."""
        self._require_relation(assignee)
        edit = Edit(self.staff_id, self.now, ("created",))
        task = Task(self.dossier_id, self.task_id, text, due, assignee, self.staff_id, self.now, edit)
        there = self.store.add_task(task)
        if (there.text, there.due, there.assignee, there.created_by) != (text, due, assignee, self.staff_id):
            raise ChangedMeanwhileError(there.version, there.edit)
        return there

    def assign(self, assignee: str, version: int) -> Task:
        """Raises `UnknownThingError`, `ChangedMeanwhileError`."""
        self._require_relation(assignee)
        return self._step(version, lambda task: task.assign(assignee, self.staff_id, self.now), ("assignee",), assignee)

    def revise(self, text: str | None, due: date | None, version: int) -> Task:
        """Another text or day. Raises `UnknownThingError`, `ChangedMeanwhileError`."""
        task = self.store.get_task(self.dossier_id, self.task_id)
        revised = task.revise(text, due, self.staff_id, self.now)
        if revised is task and (task.version == version or self._revised(task, version)):
            return task
        if task.version != version:
            raise ChangedMeanwhileError(task.version, task.edit)
        return self.store.save_task(revised)

    def done(self, version: int) -> Task:
        """Raises `UnknownThingError`, `ChangedMeanwhileError`."""
        return self._step(version, lambda task: task.done(self.staff_id, self.now), ("done",), TaskState.DONE)

    def reopen(self, version: int) -> Task:
        """Raises `UnknownThingError`, `ChangedMeanwhileError`."""
        return self._step(version, lambda task: task.reopen(self.staff_id, self.now), ("reopened",), TaskState.OPEN)

    def _step(self, version: int, step: Callable[[Task], Task], what: tuple[str, ...], result: str) -> Task:
        task = self.store.get_task(self.dossier_id, self.task_id)
        if result in {task.assignee, task.state} and (task.version == version or _made(task, what, self.staff_id)):
            return task
        if task.version != version:
            raise ChangedMeanwhileError(task.version, task.edit)
        return self.store.save_task(step(task))

    def _revised(self, task: Task, version: int) -> bool:
        """This very change was made before and its answer got lost."""
        own = task.version == version + 1 and task.edit.by == self.staff_id
        return own and set(task.edit.what) <= {"text", "due"}

    def _require_relation(self, assignee: str) -> None:
        if not may_work_on(self.register, self.dossier_id, assignee, self.now):
            raise NoReceiverError(assignee, "assignee")


def _made(task: Task, what: tuple[str, ...], by: str) -> bool:
    return (task.edit.what, task.edit.by) == (what, by)
