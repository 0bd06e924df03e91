"""What people wait for all day: lists, searches and single things, by the processor time of their handlers.

Every route that lists or finds is asked with 4'000 dossiers in the register and at least 200 rows in each list that it
reads (documents, notes, moves and tasks of the dossier, entries of the inbox, letters at the desk, bundles without
receipt, what the audit knows), and with ten times as much of both. A query reads one partition of a table or index:
how many rows lie in others is nothing to it. The answers of the emulated AWS are taken once and then given again, so
the time is the handler's and botocore's own. Full text is a section of its own.
"""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from statistics import quantiles

from sozialakte.dossiers.inbox_store import InboxStore
from sozialakte.dossiers.lead_counters import lead_parts
from sozialakte.intake.desk.model import RescanOrder, RescanReason
from sozialakte.intake.desk.store import DeskStore
from sozialakte.partners.model import Result, UnusableReceipt
from sozialakte.runtime.dynamo import Table, transact
from tests.apis import apis
from tests.aws import DOSSIERS, INTAKE, counted_calls, local_aws
from tests.bench.filled import crowded
from tests.bench.replay import recorded, replayed
from tests.bench.report import Report
from tests.bench.rows import at_most
from tests.handovers import STORE, bundle_of, deliver, file_document
from tests.http_calls import Call
from tests.integration.dossiers.test_calls_of_lists import LISTS, WRITES, fill, furnish_office
from tests.office import BATCH_ID, CLERK, DOSSIER, FILED, IN_REVIEW, PERSON, RECEIVED, furnish_access

ROUTES = {name: call for name, call in LISTS.items() if not call.path.endswith("fulltext")} | {
    "desk": Call("GET", "/intake/review", CLERK, "[mailroom]"),
    "desk, urgent bills": Call("GET", "/intake/review", CLERK, "[mailroom]", {"urgent": "true", "kind": "bill"}),
    "desk as a page": Call("GET", "/intake/desk", CLERK, "[mailroom]"),
    "forwarded": Call("GET", "/intake/forwarded", CLERK, "[mailroom]", {"destination": "job_applications"}),
    "batches": Call("GET", "/intake/batches", CLERK, "[mailroom]"),
    "orders for new scans": Call("GET", "/intake/rescans", CLERK, "[mailroom]"),
    "handovers without receipt": Call("GET", "/partners/handover/open", CLERK, "[administrator]"),
    "receipts of no use": Call("GET", "/partners/handover/receipts/unusable", CLERK, "[administrator]"),
    "broken glass": Call("GET", "/access/broken-glass"),
    "who saw the dossier": Call("GET", f"/audit/dossiers/{DOSSIER}", CLERK, "[auditor]"),
    "who saw the person": Call("GET", f"/audit/persons/{PERSON}", CLERK, "[auditor]"),
}
REGISTERED = 9
"""Dossiers in the register that `_furnish` leaves."""
LETTERS_COUNTED = 400
ROUNDS = 40
MOST_MS, MOST_QUERIES = 50.0, 2


@dataclass(frozen=True)
class Size:
    """How much there is."""

    dossiers: int
    in_a_list: int

    def __str__(self) -> str:
        return f"{self.dossiers} dossiers, {self.in_a_list} rows in each list"


SIZES = (Size(4_000, 200), Size(40_000, 2_000))


@dataclass(frozen=True)
class Asked:
    """The 95th percentile in milliseconds, and the queries of the answer."""

    milliseconds: float
    queries: int


def measure(report: Report) -> None:
    """The slowest of the routes, and the one with most queries, at both sizes."""
    for size in SIZES:
        with local_aws():
            report.doing(f"filling, {size}")
            _furnish()
            with crowded(size.in_a_list, size.dossiers // REGISTERED):
                asked = {}
                for route in ROUTES:
                    report.doing(f"{route}, {size}")
                    asked[route] = measured(ROUTES[route])
        _tell(report, size, asked)


def _tell(report: Report, size: Size, asked: dict[str, Asked]) -> None:
    slow = sorted(asked, key=lambda route: -asked[route].milliseconds)
    name = f"slowest of {len(asked)} lists and finds, P95 of handler CPU without AWS's, {size}"
    report.add(at_most(name, asked[slow[0]].milliseconds, "ms", MOST_MS))
    most = max(one.queries for one in asked.values())
    report.add(at_most(f"queries of a list or find, most, {size}", most, "calls", MOST_QUERIES))
    three = ", ".join(f"{route} {asked[route].milliseconds:.1f} ms" for route in slow[:3])
    report.note(f"{size}: the slowest are {three}; the median of the routes is {_median(asked):.1f} ms")


def _median(asked: dict[str, Asked]) -> float:
    return quantiles([one.milliseconds for one in asked.values()], n=2)[0]


def _furnish() -> None:
    """An office, and something in each list."""
    furnish_access()
    furnish_office()
    fill(range(1))
    order = RescanOrder("1" * 12, IN_REVIEW, BATCH_ID, (4,), RescanReason.ILLEGIBLE, CLERK, RECEIVED)
    transact([DeskStore(INTAKE).new_order(order)])
    filed = file_document(11)
    deliver(filed)
    STORE.save(bundle_of(filed).receive(Result.REFUSED, "unknown_dossier", RECEIVED))
    STORE.note_unusable(UnusableReceipt("r-1", "no_receipt", RECEIVED))
    for route in ("documents", "who saw the person"):
        _ask(ROUTES[route])
    _count_lead_times()


def _count_lead_times() -> None:
    """Two months of a team."""
    entry = InboxStore(DOSSIERS).get(FILED)
    for number in range(LETTERS_COUNTED):
        at, took = RECEIVED - timedelta(days=number % 50), timedelta(hours=number % 90)
        counted = replace(entry, document_id=f"{number:032}", team="team-nord", received_at=at - took, filed_at=at)
        for part in lead_parts(DOSSIERS, None, counted):
            Table(DOSSIERS).update(part.pk, part.sk, part.change)


def measured(call: Call) -> Asked:
    """What a request takes, when it is not the first one."""
    _ask(call)  # the first one loads clients and models
    with counted_calls() as calls, recorded() as answers:
        _ask(call)
    gc.collect()
    gc.freeze()  # the emulated AWS is in this process: what it leaves is not looked through at the handler's cost
    times = []
    for _ in range(ROUNDS):
        with replayed(answers):
            times.append(_ask(call))
    noted = next(number for number, name in enumerate(calls) if name in WRITES)
    return Asked(quantiles(times, n=20)[-1], calls[noted:].count("Query"))


def _ask(call: Call) -> float:
    """Milliseconds of processor time of this thread; another one draws the progress."""
    handle = apis()[call.path.split("/")[1]].handle
    begun = time.thread_time()
    answer = call.to(handle)
    took = time.thread_time() - begun
    assert answer.status == 200, answer.body
    return took * 1000
