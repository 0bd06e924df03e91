"""What people wait for all day: lists, searches and single things, by the processor time of their handlers.

Every route that lists or finds is asked again and again, with 4'000 dossiers and 200 documents, entries, notes and
tasks in the one asked for, and with ten times as much. What the emulated AWS takes within the call is taken off.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles
from typing import Any
from unittest.mock import patch

from moto.core.botocore_stubber import BotocoreStubber

from tests.apis import apis
from tests.aws import counted_calls, local_aws
from tests.bench.filled import crowded, stock
from tests.bench.report import Report
from tests.bench.rows import at_most
from tests.integration.dossiers.test_calls_of_lists import LISTS, WRITES, fill, furnish_office

SIZES = {"4'000 dossiers": 200, "40'000 dossiers": 2000}
"""Copies of a stage with twenty dossiers."""
ROUNDS = 20
MOST_MS, MOST_QUERIES = 50.0, 2
_stubbed = BotocoreStubber.__call__


@dataclass
class _Elsewhere:
    """Seconds of processor time spent in the emulated AWS."""

    seconds: float = 0.0


def measure(report: Report) -> None:
    """The slowest of the routes, and the one with most queries, in tables of both sizes."""
    for name, times in SIZES.items():
        report.doing(name)
        with local_aws():
            furnish_office()
            fill(range(3))
            with crowded(stock(1, 1), times):
                taken = {route: _times(route) for route in LISTS}
                queries = {route: _queries(route) for route in LISTS}
        slowest = max(taken, key=lambda route: taken[route])
        report.add(
            at_most(f"P95 of the handlers' processor time, lists and finds, {name}", taken[slowest], "ms", MOST_MS)
        )
        report.add(at_most(f"queries of a list or find, at most, {name}", max(queries.values()), "calls", MOST_QUERIES))
        report.note(f"{name}: {len(LISTS)} routes, the slowest is: {slowest}")


def _times(route: str) -> float:
    """The 95th percentile in milliseconds."""
    _ask(route)
    return quantiles([_ask(route) for _ in range(ROUNDS)], n=20)[-1]


def _ask(route: str) -> float:
    with _emulation() as elsewhere:
        begun = time.process_time()
        answer = LISTS[route].to(apis()[LISTS[route].path.split("/")[1]].handle)
        took = time.process_time() - begun - elsewhere.seconds
    assert answer.status == 200, route
    return took * 1000


@contextmanager
def _emulation() -> Iterator[_Elsewhere]:
    """What goes on in the emulated AWS meanwhile."""
    elsewhere = _Elsewhere()

    def timed(stubber: BotocoreStubber, *arguments: Any, **named: Any) -> object:
        begun = time.process_time()
        try:
            return _stubbed(stubber, *arguments, **named)
        finally:
            elsewhere.seconds += time.process_time() - begun

    with patch.object(BotocoreStubber, "__call__", timed):
        yield elsewhere


def _queries(route: str) -> int:
    """Of the answer, after it was noted who asks."""
    with counted_calls() as calls:
        _ask(route)
    noted = next(number for number, name in enumerate(calls) if name in WRITES)
    return calls[noted:].count("Query")
