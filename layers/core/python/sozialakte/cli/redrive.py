"""``sozialakte redrive``: put what could not be handled back on its queue, once the cause is repaired."""

from __future__ import annotations

from typing import Annotated

import typer

from sozialakte.cli.problems import FOUND, CommandError, fail, in_one_line
from sozialakte.cli.stage import STACK_OF_QUEUE, queue_of
from sozialakte.runtime.dead_letters import (
    NoDeadLetterQueueError,
    ReturnedError,
    count_waiting,
    dead_letter_queue_of,
    redrive,
)
from sozialakte.runtime.queues import queue_url_of
from sozialakte.shared.clock import utc_now
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_QUEUES = ", ".join(STACK_OF_QUEUE)


def redrive_command(
    queue: Annotated[str, typer.Argument(metavar="QUEUE", help=f"With --stage one of {_QUEUES}; else name or URL.")],
    stage: Annotated[str | None, typer.Option(help="Name of the service, as in services.yaml.")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what waits.")] = False,
) -> None:
    """Send every message of a queue's dead-letter queue to the queue again.

    Exit code 0: done; 1: something is wrong with the queue, or messages fail again at once; 2: wrong usage; 3: AWS did
    not answer as needed: what has not been sent back still lies in the dead-letter queue.
    """
    with in_one_line():
        queue_url = queue_of(stage, queue) if stage else queue_url_of(queue)
        dead_url = _dead_letter_queue(queue, queue_url)
        if dry_run:
            typer.echo(say(Reason("cli.redrive.waiting", {"count": str(count_waiting(dead_url))})))
        else:
            _redrive(dead_url, queue_url)


def _dead_letter_queue(queue: str, queue_url: str) -> str:
    try:
        return dead_letter_queue_of(queue_url)
    except NoDeadLetterQueueError as error:
        raise CommandError(Reason("cli.no_dead_queue", {"queue": queue})) from error


def _redrive(dead_url: str, queue_url: str) -> None:
    count = 0
    done = False
    try:
        for _ in redrive(dead_url, queue_url, utc_now()):
            count += 1
        done = True
    except ReturnedError as error:
        fail(Reason("cli.redrive.returned"))
        raise typer.Exit(FOUND) from error
    finally:
        code = "cli.redrive.done" if done else "cli.redrive.stopped"
        typer.echo(say(Reason(code, {"count": str(count)})))
