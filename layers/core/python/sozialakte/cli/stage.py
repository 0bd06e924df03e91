"""The names of what a service's stage has deployed, from the outputs of its stacks (``<stage>-<context>``)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import typer

from sozialakte.cli.problems import CommandError
from sozialakte.runtime.stacks import UnknownStackError, stack_outputs
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

# Queues between contexts belong to neither: they have a stack of their own (infra/links.py).
STACK_OF_QUEUE: Mapping[str, str] = MappingProxyType(
    {
        "scans": "intake",
        "backfile": "intake",
        "read": "intake",
        "oldpages": "intake",
        "identify": "intake",
        "desk": "intake",
        "file": "links",
        "settle": "links",
        "handover": "links",
        "bills": "links",
        "vouchers": "links",
        "receipts": "partners",
        "index": "dossiers",
        "runs": "payments",
        "bank": "payments",
    }
)


def table_of(stage: str, context: str) -> str:
    """The name of a context's table. Raises `CommandError`."""
    return output_of(stage, context, "TableName")


def table_named(stage: str | None, table: str | None, context: str) -> str:
    """The table a command works on: that of a stage, or the one named. Raises `CommandError`, ``BadParameter``."""
    if stage:
        return table_of(stage, context)
    if table:
        return table
    raise typer.BadParameter(say(Reason("cli.no_table")))


def bucket_of(stage: str, context: str, bucket: str) -> str:
    """The name of a context's bucket (``Backfile``). Raises `CommandError`."""
    return output_of(stage, context, f"{bucket}BucketName")


def bucket_named(stage: str | None, bucket: str | None, context: str, name: str) -> str:
    """The bucket a command reads: that of a stage, or the one named. Raises `CommandError`, ``BadParameter``."""
    if stage:
        return bucket_of(stage, context, name)
    if bucket:
        return bucket
    raise typer.BadParameter(say(Reason("cli.no_bucket")))


def queue_of(stage: str, queue: str) -> str:
    """The URL of a queue. Raises `CommandError`, also for a queue that no stage has."""
    if queue not in STACK_OF_QUEUE:
        raise CommandError(Reason("cli.unknown_queue", {"queues": ", ".join(STACK_OF_QUEUE)}))
    return output_of(stage, STACK_OF_QUEUE[queue], f"{queue.capitalize()}QueueUrl")


def output_of(stage: str, context: str, name: str) -> str:
    """A value that a context's stack names. Raises `CommandError`."""
    stack = f"{stage}-{context}"
    try:
        outputs = stack_outputs(stack)
    except UnknownStackError as error:
        raise CommandError(Reason("cli.no_stage", {"stage": stage})) from error
    if name not in outputs:
        raise CommandError(Reason("cli.no_output", {"stack": stack, "output": name}))
    return outputs[name]
