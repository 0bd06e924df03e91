"""Answers of the emulated AWS, taken once and given again: then the processor time of a handler is its own.

moto takes half a second to go through a full partition; the handler that asked for it reads one page. Who replays
must ask for the same things in the same order, or the measurement ends.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from moto.core.botocore_stubber import BotocoreStubber, MockRawResponse

from tests.bench.processes import MeasurementError

_stubbed = BotocoreStubber.__call__


@dataclass(frozen=True)
class Given:
    """What was asked for, and the answer."""

    asked: str
    status: int
    headers: dict[str, str]
    body: bytes

    def again(self, url: str) -> AWSResponse:
        """As it came the first time."""
        return AWSResponse(url, self.status, self.headers, MockRawResponse(self.body))  # type: ignore[arg-type]


@contextmanager
def recorded() -> Iterator[list[Given]]:
    """Every answer that comes meanwhile."""
    given: list[Given] = []

    def answer(stubber: BotocoreStubber, request: AWSPreparedRequest, **more: Any) -> AWSResponse | None:
        found: AWSResponse | None = _stubbed(stubber, request=request, **more)
        if found is None:
            return None
        given.append(Given(_asked(request), found.status_code, dict(found.headers), found.content))
        return given[-1].again(request.url)

    with patch.object(BotocoreStubber, "__call__", answer):
        yield given


@contextmanager
def replayed(given: list[Given]) -> Iterator[None]:
    """These answers in this order, all of them."""
    left = deque(given)

    def answer(_: BotocoreStubber, request: AWSPreparedRequest, **__: Any) -> AWSResponse:
        if not left or left[0].asked != _asked(request):
            raise MeasurementError(f"{_asked(request)} was not asked for the first time")
        return left.popleft().again(request.url)

    with patch.object(BotocoreStubber, "__call__", answer):
        yield
    if left:
        raise MeasurementError(f"{left[0].asked} was not asked for again")


def _asked(request: AWSPreparedRequest) -> str:
    """The operation; S3 says it by method and address."""
    target: object = request.headers.get("X-Amz-Target")
    if isinstance(target, bytes):
        return target.decode()
    return str(target or f"{request.method} {request.url}")
