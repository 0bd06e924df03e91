"""What can go wrong at a chosen AWS call: the process ends just before it is sent or just after it took effect; AWS
says no; or another process does the same work meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from botocore.exceptions import ClientError

from sozialakte.runtime.aws import client
from tests.pipeline import Crash


class Moment(StrEnum):
    """When the call fails."""

    BEFORE = "before"
    AFTER = "after"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"


@dataclass
class Probe:
    """Counts the AWS calls made while watching, and fails the ``at``-th (from 1) once."""

    at: int = 0
    moment: Moment = Moment.BEFORE
    calls: list[str] = field(default_factory=list)
    fired: bool = False
    overtake: Callable[[], object] = lambda: None
    _watching: bool = False

    def attach(self) -> None:
        """Hook into every client the handlers use."""
        for service in ("dynamodb", "s3", "sqs"):
            events = client(service).meta.events
            events.register("before-call", self._before)
            events.register("after-call", self._after)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Only the calls made in here count."""
        self._watching = True
        try:
            yield
        finally:
            self._watching = False

    def _before(self, **call: object) -> None:
        if not self._watching:
            return
        operation = str(getattr(call["model"], "name", "?"))
        self.calls.append(operation)
        if self.moment is not Moment.AFTER and self._is_due():
            self._go_wrong(operation)

    def _after(self, **_: object) -> None:
        if self._watching and self.moment is Moment.AFTER and self._is_due():
            raise Crash

    def _go_wrong(self, operation: str) -> None:
        if self.moment is Moment.BEFORE:
            raise Crash(operation)
        if self.moment is Moment.REFUSED:
            answer = {"Error": {"Code": "ServiceUnavailable", "Message": "try later"}}
            raise ClientError(answer, operation)  # type: ignore[arg-type]
        self._watching = False
        self.overtake()
        self._watching = True

    def _is_due(self) -> bool:
        due = not self.fired and len(self.calls) == self.at
        self.fired = self.fired or due
        return due
