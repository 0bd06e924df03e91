"""Hand the open tasks of somebody to somebody else: after a case load went elsewhere, or when somebody has left."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sozialakte.dossiers.edits import ChangedMeanwhileError, UnknownThingError
from sozialakte.dossiers.hand_inbox_over import AT_ONCE, InboxHandedOver
from sozialakte.dossiers.settle_entry import NoReceiverError
from sozialakte.dossiers.work import Task, TaskState
from sozialakte.dossiers.work_store import WorkStore
from sozialakte.dossiers.write_work import WriteTask
from sozialakte.register import RegisterStore


@dataclass(frozen=True)
class HandTasksOver:
    """A person hands over the open tasks of ``assignee``. A task goes only to who has to do with its dossier today.

    ``hidden``: which of some dossiers do not exist for this person; their tasks stay, and nothing says so.
    """

    store: WorkStore
    register: RegisterStore
    hidden: Callable[[Collection[str]], Collection[str]]
    staff_id: str
    now: datetime

    def __call__(self, assignee: str, to: str, cursor: str | None = None) -> InboxHandedOver:
        """Some tasks, the first due come first; the same again finds those gone. Raises `InvalidCursorError`."""
        page = self.store.tasks_of(assignee, TaskState.OPEN, AT_ONCE, cursor)
        hidden = self.hidden({task.dossier_id for task in page.tasks})
        went = [self._assign(task, to) for task in page.tasks if task.dossier_id not in hidden]
        return InboxHandedOver(sum(went), len(went) - sum(went), page.next_cursor)

    def _assign(self, task: Task, to: str) -> bool:
        write = WriteTask(self.store, self.register, task.dossier_id, task.task_id, self.staff_id, self.now)
        try:
            write.assign(to, task.version)
        except (NoReceiverError, ChangedMeanwhileError, UnknownThingError):
            return False  # not theirs to see, or somebody is at it right now
        return True
