"""What a bill costs in calls of AWS, from the letter to the last approval.

Bills of the committed mail go through the real functions and moto, and people work on them as in the demo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from sozialakte.payments.categories import CategoryList
from sozialakte.payments.category_file import read_categories
from sozialakte.payments.category_store import CategoryStore
from tests.apis import apis
from tests.aws import PAYMENTS, local_aws
from tests.bench.journey import import_register, send
from tests.bench.processes import ROOT
from tests.bench.recorder import Recorder
from tests.bench.report import Report
from tests.bench.rows import at_most, shown
from tests.demo.bill_work import RENT, STEPS, TEETH, BillWork
from tests.demo.clerks import CASEWORKER, Clerk
from tests.demo.truth import MAIL
from tests.demo.wednesday_bills import BILLS_FILE
from tests.http_calls import Call

REGISTER = ROOT / "events" / "intake" / "register"
CATEGORIES = ROOT / "events" / "payments" / "categories" / "categories.csv"
BILLS = 4
"""In the batch."""


@dataclass
class Handlers:
    """The handlers of the payments' API, every call of AWS written down."""

    recorder: Recorder = field(default_factory=Recorder)
    numbers: count[int] = field(default_factory=count)

    def see(self, who: Clerk, path: str) -> dict[str, Any]:
        """What there is to see."""
        return self._ask(who, "GET", path, None)

    def do(self, who: Clerk, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        """What became of it."""
        return self._ask(who, "POST", path, body)

    def calls_since(self, before: int) -> int:
        """Calls of AWS since there were so many."""
        return len(self.recorder.calls) - before

    def _ask(self, who: Clerk, method: str, path: str, body: Mapping[str, object] | None) -> dict[str, Any]:
        place, _, query = path.partition("?")
        asked = dict(parse_qsl(query))
        call = Call(method, place, who.staff_id, f"[{who.role}]", asked, body, f"request-{next(self.numbers)}")
        answer = call.to(apis()["payments"].handle)
        assert answer.status == 200, answer.body
        return dict(answer.body)


def measure(report: Report) -> None:
    """Register the bills of a batch, then enter and approve a rent and a bill above the team lead's limit."""
    with local_aws():
        import_register(REGISTER)
        _categories()
        report.doing("registering bills")
        mail = send(ROOT / MAIL / BILLS_FILE)
        registering = sum(call.function.startswith("payments.") for call in mail.calls) / BILLS
        report.add(shown("AWS calls to register a bill, its letter's fate included", registering, "calls"))
        handlers = Handlers()
        handlers.recorder.listen()
        report.doing("entering and approving bills")
        _work(report, handlers, registering)
    scans = sum(call.operation == "Scan" for call in (*mail.calls, *handlers.recorder.calls))
    report.add(at_most("calls of Scan for bills", scans, "calls", 0))


def _work(report: Report, handlers: Handlers, registering: float) -> None:
    work = BillWork(handlers)
    found = work.found({RENT: 2, TEETH: 1})
    rent, copy = work.original_and_copy(found[RENT])
    work.end(copy, CASEWORKER, "duplicate", "Zweite Ausfertigung.")
    for bill, invoice_id, name in ((RENT, rent, "one approval"), (TEETH, found[TEETH][0], "two approvals")):
        before = len(handlers.recorder.calls)
        entering, *approving = STEPS[bill]
        work.enter(invoice_id, entering)
        entered = handlers.calls_since(before)
        for approver in approving:
            work.approve(invoice_id, approver)
        all_calls = handlers.calls_since(before)
        report.add(shown(f"AWS calls of a bill from receipt to approval, {name}", registering + all_calls, "calls"))
        report.note(
            f"a bill with {name}: {registering:.0f} calls to register, {entered} to look at, confirm and code, "
            f"{all_calls - entered} to look at and approve; access and audit of every request included"
        )


def _categories() -> None:
    held = read_categories(CATEGORIES.read_bytes())
    assert not held.problems
    CategoryStore(PAYMENTS).replace(CategoryList(), CategoryList(held.categories), "bench", datetime.now(UTC))
