"""What a bill costs in calls of AWS, from the letter to the voucher in the dossier.

Bills of the committed mail go through the real functions and moto, and people work on them as in the demo: until the
last approval, each bill by itself. From then on bills share a run, its file and the bank's messages: so runs of two
sizes go their whole way (`bill_payment`), and what they take is divided by their bills.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sozialakte.payments.categories import CategoryList
from sozialakte.payments.category_file import read_categories
from sozialakte.payments.category_store import CategoryStore
from tests.aws import PAYMENTS, local_aws
from tests.bench.api_handlers import Handlers
from tests.bench.bill_payment import PaidRun, pay
from tests.bench.journey import import_register, send
from tests.bench.processes import ROOT
from tests.bench.report import Report
from tests.bench.rows import at_most, shown
from tests.demo.bill_work import RENT, STEPS, TEETH, BillWork
from tests.demo.clerks import CASEWORKER
from tests.demo.truth import MAIL
from tests.demo.wednesday_bills import BILLS_FILE

REGISTER = ROOT / "events" / "intake" / "register"
CATEGORIES = ROOT / "events" / "payments" / "categories" / "categories.csv"
BILLS = 4
"""In the batch."""
RUNS = (50, 500)
"""Bills that are paid together. The vouchers of the first run are filed: each by itself, whatever the run."""
VOUCHER_STEPS = frozenset(
    {
        "payments.file_voucher",
        "dossiers.file_document",
        "dossiers.index_document",
        "dossiers.publish_changes",
    }
)


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
    paid = [_pay(report, count) for count in RUNS]
    filing = _filing(paid[0])
    for one in paid:
        settling = sum({**one.by_function(), **filing}.values())
        report.add(
            shown(f"AWS calls of a bill from approval to settlement, in a run of {one.bills}", settling, "calls")
        )
        for kind, calls in handlers.approved.items():
            name = f"AWS calls of a bill from receipt to settlement, {kind}, in a run of {one.bills}"
            report.add(shown(name, calls + settling, "calls"))
    every = [call for one in paid for call in one.calls]
    scans = sum(call.operation == "Scan" for call in (*mail.calls, *handlers.recorder.calls, *every))
    report.add(at_most("calls of Scan for bills", scans, "calls", 0))


def _pay(report: Report, bills: int) -> PaidRun:
    report.doing(f"paying {bills} bills")
    with local_aws():
        import_register(REGISTER)
        _categories()
        paid = pay(bills, files_vouchers=bills == RUNS[0])
    steps = ", ".join(f"{name} {calls:.2f}" for name, calls in paid.by_function().items())
    report.note(f"a bill in a run of {bills}: {steps}")
    return paid


def _filing(paid: PaidRun) -> Mapping[str, float]:
    """What its voucher takes of a bill, which the size of the run is nothing to."""
    return {name: calls for name, calls in paid.by_function().items() if name in VOUCHER_STEPS}


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
        handlers.approved[name] = registering + all_calls
        report.add(shown(f"AWS calls of a bill from receipt to approval, {name}", registering + all_calls, "calls"))
        report.note(
            f"a bill with {name}: {registering:.0f} calls to register, {entered} to look at, confirm and code, "
            f"{all_calls - entered} to look at and approve; access and audit of every request included"
        )


def _categories() -> None:
    held = read_categories(CATEGORIES.read_bytes())
    assert not held.problems
    CategoryStore(PAYMENTS).replace(CategoryList(), CategoryList(held.categories), "bench", datetime.now(UTC))
