"""The payments' one publisher (DESIGN 3): which message a row's new version sends, and to which queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sozialakte.payments.messages import AdvanceRun, ExportState
from sozialakte.payments.runs.run import RunState
from sozialakte.payments.runs.store import RUN
from sozialakte.runtime.items import Item, text
from sozialakte.runtime.queues import Queue
from sozialakte.shared.messages import Message


@dataclass(frozen=True)
class Consequence:
    """A row of this entity that comes to one of these states sends a message to a queue."""

    entity: str
    states: frozenset[str]
    queue: str
    message: Callable[[Item], Message]


def _advance(row: Item) -> Message:
    return AdvanceRun(run_id=text(row, "run_id"))


def _export(row: Item) -> Message:
    return ExportState(run_id=text(row, "run_id"))


CONSEQUENCES = (
    Consequence(RUN, frozenset({RunState.BUILDING, RunState.RELEASED}), "runs", _advance),
    Consequence(RUN, frozenset({RunState.CHECKING, RunState.EXPORTED, RunState.CANCELLED}), "runs", _export),
)
"""All of them."""


@dataclass(frozen=True)
class PublishChanges:
    """The use case. ``queues`` by the names in `CONSEQUENCES`."""

    queues: Mapping[str, Queue]

    def __call__(self, row: Item) -> None:
        """Send what a new version of a row asks for."""
        for one in CONSEQUENCES:
            if row.get("entity") == one.entity and row.get("state") in one.states:
                self.queues[one.queue].send(one.message(row).to_json())
