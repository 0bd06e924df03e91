"""Ends the process at a chosen AWS call: just before it is sent, or just after it took effect; or AWS says no."""

from __future__ import annotations

from collections.abc import Iterator
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


@dataclass
class Probe:
    """Counts the AWS calls made while watching, and fails the ``at``-th (from 1) once."""

    at: int = 0
    moment: Moment = Moment.BEFORE
    calls: list[str] = field(default_factory=list)
    fired: bool = False
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
        if self.moment is Moment.BEFORE and self._is_due():
            raise Crash(operation)
        if self.moment is Moment.REFUSED and self._is_due():
            answer = {"Error": {"Code": "ServiceUnavailable", "Message": "try later"}}
            raise ClientError(answer, operation)  # type: ignore[arg-type]

    def _after(self, **_: object) -> None:
        if self._watching and self.moment is Moment.AFTER and self._is_due():
            raise Crash

    def _is_due(self) -> bool:
        due = not self.fired and len(self.calls) == self.at
        self.fired = self.fired or due
        return due
