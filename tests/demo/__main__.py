"""``python -m tests.demo``: real scanned mail through the deployed system, and what became of it.

Needs the local AWS with the app on it (``python -m tests.emulator up deploy``; ``make demo`` does both). Exit code 0:
all as the truth says; 1: a page with a wrong fate or a letter in a wrong place; 2: it could not run to its end.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace

from rich.console import Console
from rich.markup import escape

from tests.demo.bill_screen import show_bills, show_proof
from tests.demo.bill_work import BillWork, counts_of, payment_differences
from tests.demo.clerks import Counter
from tests.demo.generate import REGISTER
from tests.demo.judge import Verdict, judge
from tests.demo.office import DemoError, Office
from tests.demo.payday import PayDay, inspected, payday_differences, readers_of
from tests.demo.payday_screen import show_payday
from tests.demo.screen import show
from tests.demo.truth import MAIL, read_deliveries
from tests.demo.try_it import show_how_to_try
from tests.demo.waiting import deliver_all, refuse_a_second_time, wait_for
from tests.emulator.process import ROOT, Emulator, EmulatorError

CATEGORIES = "events/payments/categories/categories.csv"
RESULT = ROOT / "build" / "demo.json"


def run(office: Office, console: Console) -> Verdict:
    """Import the register, deliver the mail, wait, judge, show. Raises `DemoError` and `EmulatorError`."""
    began = time.monotonic()
    console.rule("Register")
    console.print(office.import_register(ROOT / REGISTER), markup=False, highlight=False)
    console.print(office.import_categories(ROOT / CATEGORIES), markup=False, highlight=False)
    console.rule("Post")
    deliveries = read_deliveries(ROOT / MAIL).deliveries
    refuse_a_second_time(office, ROOT / MAIL, deliveries)
    ids = deliver_all(office, ROOT / MAIL, deliveries, console)
    pages = sum(delivery.pages_in for delivery in deliveries)
    batches = wait_for(office, ids, pages, console)
    verdict = judge(ROOT / MAIL, deliveries, batches)
    show(verdict, batches, console)
    console.rule("Rechnungen")
    verdict = _work_on_bills(office, verdict, console)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(verdict.outcome.model_dump_json(indent=1) + "\n", encoding="utf-8")
    console.print(f"{pages} Seiten in {time.monotonic() - began:.0f} s. Ergebnis: build/demo.json", highlight=False)
    return verdict


def _work_on_bills(office: Office, verdict: Verdict, console: Console) -> Verdict:
    """What people and the bank do with the bills, shown; the verdict with what became of them."""
    work = BillWork(Counter(office))
    work.everything()
    ledger = work.ledger()
    show_bills(work.bills(), work.acts, console)
    show_proof(ledger, console)
    console.rule("Zahlungslauf")
    paid = PayDay(work.counter, office, readers_of(work.dossiers), inspected).everything()
    show_payday(paid, console)
    after = work.ledger()
    show_proof(after, console)
    found = (*payment_differences(ledger), *payday_differences(paid))
    for difference in found:
        console.print(f"[red]Abweichung[/red] {escape(difference)}", highlight=False)
    outcome = verdict.outcome.model_copy(update={"payments": paid.counted(counts_of(after))})
    return replace(verdict, outcome=outcome, differences=(*verdict.differences, *found))


def main() -> int:
    """Run the demo on the emulator of ``make demo``."""
    console = Console(width=None if sys.stdout.isatty() else 140)  # a log file has no width of its own
    office = Office(Emulator())
    try:
        verdict = run(office, console)
        console.rule("Ausprobieren")
        show_how_to_try(office, verdict.outcome)
    except (DemoError, EmulatorError) as error:
        console.print(f"[red]Abbruch:[/red] {error}", highlight=False)
        return 2
    return 1 if verdict.differences else 0


if __name__ == "__main__":
    sys.exit(main())
