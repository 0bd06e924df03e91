"""Tasks of a dossier and my tasks."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path

from functions.dossiers.routes.common import (
    api,
    dossier,
    hidden_from_caller,
    register,
    shown_to_caller,
    to_dossier,
    work,
)
from sozialakte.dossiers.answers import InboxOverAnswer
from sozialakte.dossiers.hand_tasks_over import HandTasksOver
from sozialakte.dossiers.questions import AssignTask, HandTasksOn, NewTask, OwnId, ReviseTask, Seen
from sozialakte.dossiers.work import TaskState
from sozialakte.dossiers.work_answers import TaskAnswer, TaskList
from sozialakte.dossiers.work_store import TaskPage
from sozialakte.dossiers.write_work import WriteTask
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.parameters import PAGE_SIZE, Cursor
from sozialakte.runtime.problems import field_problem, invalid_request
from sozialakte.shared.access import Action, Relation
from sozialakte.shared.ids import DossierId, InboxId


def _task(asked: Asked) -> str:
    return f"task#{asked.text('task_id')}"


def _assignee(asked: Asked) -> str:
    return asked.text("inbox", default=asked.staff.staff_id)


def _to_assignee(asked: Asked) -> Relation:
    return register().relation_to_inbox(_assignee(asked), asked.staff.staff_id)


def _receiver(asked: Asked) -> str | None:
    body = asked.arguments.get("body")
    return f"tasks#{body.to}" if isinstance(body, HandTasksOn) else None


_WRITES = Guard(Action.WRITE_TASK, dossier, to_dossier, part=_task)


@api.get("/dossiers/tasks", Guard(Action.LIST_OWN_TASKS, lambda asked: f"tasks#{asked.staff.staff_id}"))
def list_my_tasks(state: TaskState = TaskState.OPEN, cursor: Cursor | None = None) -> TaskList:
    """My tasks, open or done, the first due first."""
    page = work().tasks_of(api.asked.staff.staff_id, state, PAGE_SIZE, cursor)
    return _answer(replace(page, tasks=shown_to_caller().tasks(page.tasks)))


@api.get("/dossiers/<dossier_id>/tasks", Guard(Action.LIST_TASKS, dossier, to_dossier))
def list_tasks(dossier_id: Annotated[DossierId, Path()], cursor: Cursor | None = None) -> TaskList:
    """The tasks of a dossier, open and done."""
    return _answer(work().tasks_in(dossier_id, PAGE_SIZE, cursor))


@api.post("/dossiers/<dossier_id>/tasks", Guard(Action.WRITE_TASK, dossier, to_dossier))
def create_task(dossier_id: Annotated[DossierId, Path()], body: NewTask) -> TaskAnswer:
    """Create a task for somebody who may see the dossier."""
    return TaskAnswer.of(_write(dossier_id, body.task_id).create(body.text, body.due, body.assignee))


@api.post(
    "/dossiers/tasks/handover",
    Guard(Action.HAND_TASKS_OVER, lambda asked: f"tasks#{_assignee(asked)}", _to_assignee, part=_receiver),
)
def hand_tasks_over(body: HandTasksOn, inbox: InboxId | None = None, cursor: Cursor | None = None) -> InboxOverAnswer:
    """The open tasks of who reads `inbox` go to somebody else, as far as they have to do with the dossiers.

    For after a take-over of a case load, or when somebody has left; `next` goes on. What stays is counted in `kept`.
    """
    asked = api.asked
    assignee = inbox or asked.staff.staff_id
    if body.to == assignee:
        raise invalid_request([field_problem("body", "to", "same_inbox")])
    hand_over = HandTasksOver(work(), register(), hidden_from_caller, asked.staff.staff_id, asked.envelope.at)
    return InboxOverAnswer.of(hand_over(assignee, body.to, cursor))


@api.post("/dossiers/<dossier_id>/tasks/<task_id>/content", _WRITES)
def revise_task(
    dossier_id: Annotated[DossierId, Path()], task_id: Annotated[OwnId, Path()], body: ReviseTask
) -> TaskAnswer:
    """Change what is to be done, or until when."""
    return TaskAnswer.of(_write(dossier_id, task_id).revise(body.text, body.due, body.version))


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
