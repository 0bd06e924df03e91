"""Tasks of a dossier and my tasks."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.dossiers.routes.common import api, dossier, hidden_from_caller, register, to_dossier, work
from sozialakte.dossiers.questions import AssignTask, NewTask, OwnId, Seen
from sozialakte.dossiers.work import TaskState
from sozialakte.dossiers.work_answers import TaskAnswer, TaskList
from sozialakte.dossiers.work_store import TaskPage
from sozialakte.dossiers.write_work import WriteTask
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.shared.access import Action
from sozialakte.shared.ids import DossierId


def _task(asked: Asked) -> str:
    return f"task#{asked.text('task_id')}"


_WRITES = Guard(Action.WRITE_TASK, dossier, to_dossier, part=_task)


@api.get("/dossiers/tasks", Guard(Action.LIST_OWN_TASKS, lambda asked: f"tasks#{asked.staff.staff_id}"))
def list_my_tasks(state: TaskState = TaskState.OPEN, cursor: Cursor | None = None) -> TaskList:
    """My tasks, open or done, the first due first."""
    page = work().tasks_of(api.asked.staff.staff_id, state, PAGE_SIZE, cursor)
    hidden = hidden_from_caller(task.dossier_id for task in page.tasks)
    return _answer(replace(page, tasks=tuple(task for task in page.tasks if task.dossier_id not in hidden)))


@api.get("/dossiers/<dossier_id>/tasks", Guard(Action.LIST_TASKS, dossier, to_dossier))
def list_tasks(dossier_id: Annotated[DossierId, Path()], cursor: Cursor | None = None) -> TaskList:
    """The tasks of a dossier, open and done."""
    return _answer(work().tasks_in(dossier_id, PAGE_SIZE, cursor))


@api.post("/dossiers/<dossier_id>/tasks", Guard(Action.WRITE_TASK, dossier, to_dossier))
def create_task(dossier_id: Annotated[DossierId, Path()], body: NewTask) -> TaskAnswer:
    """Create a task for somebody who may see the dossier."""
    return TaskAnswer.of(_write(dossier_id, body.task_id).create(body.text, body.due, body.assignee))


@api.post("/dossiers/<dossier_id>/tasks/<task_id>/assignment", _WRITES)
def assign_task(
    dossier_id: Annotated[DossierId, Path()], task_id: Annotated[OwnId, Path()], body: AssignTask
) -> TaskAnswer:
    """Give a task to somebody else who may see the dossier."""
    return TaskAnswer.of(_write(dossier_id, task_id).assign(body.assignee, body.version))


@api.post("/dossiers/<dossier_id>/tasks/<task_id>/completion", _WRITES)
def complete_task(
    dossier_id: Annotated[DossierId, Path()], task_id: Annotated[OwnId, Path()], body: Seen
) -> TaskAnswer:
    """A task is done."""
    return TaskAnswer.of(_write(dossier_id, task_id).done(body.version))


@api.post("/dossiers/<dossier_id>/tasks/<task_id>/reopening", _WRITES)
def reopen_task(dossier_id: Annotated[DossierId, Path()], task_id: Annotated[OwnId, Path()], body: Seen) -> TaskAnswer:
    """A task is not done after all."""
    return TaskAnswer.of(_write(dossier_id, task_id).reopen(body.version))


def _answer(page: TaskPage) -> TaskList:
    return TaskList(tasks=[TaskAnswer.of(task) for task in page.tasks], next=page.next_cursor)


def _write(dossier_id: str, task_id: str) -> WriteTask:
    asked = api.asked
    return WriteTask(work(), register(), dossier_id, task_id, asked.staff.staff_id, asked.envelope.at)
