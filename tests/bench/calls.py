"""What a letter costs in calls, units and francs, from the upload to the inbox, with nearly empty and with full tables.

A batch of the committed mail goes through the real functions and moto. DynamoDB's units are computed from the sizes of
the items, as moto does not count them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.aws import local_aws
from tests.bench.bill import price_of_pages, sizes
from tests.bench.filled import Stock, filled, stock
from tests.bench.journey import Journey, import_register, send
from tests.bench.processes import ROOT
from tests.bench.report import Report
from tests.bench.rows import Row, at_most, shown
from tests.demo.truth import MAIL, read_deliveries

FEW, MANY = 100, 100_000  # documents
MOST = {"AWS calls of our functions": 1.0, "S3 requests": 1.0, "DynamoDB read units": 1.1, "DynamoDB write units": 1.1}
"""How many times more each may be with full tables. A list of at most so many rows is then longer: a few units more."""
REGISTER = ROOT / "events" / "intake" / "register"


def measure(report: Report) -> None:
    """The same batch into tables with 100 and with 100'000 documents."""
    batch = _batch()
    report.doing("filing letters that will be copied")
    shelf = _stock(batch)
    report.doing(f"a batch into tables with {FEW} documents")
    few = _journey(batch, shelf, FEW)
    report.doing(f"a batch into tables with {MANY} documents")
    many = _journey(batch, shelf, MANY)
    report.add(*_rows(few, many))
    report.doing("the functions' sizes")
    report.add(shown("price of 1'000 pages, all that is paid by use", price_of_pages(few, sizes(), 1000), "CHF"))
    report.note(
        f"calls and price: {few.letters} letters ({few.filed} filed by the machine) on {few.pages} pages of the mail; "
        "units computed from item sizes; prices and their sources in tests/bench/prices.py"
    )


def _batch() -> Path:
    delivered = read_deliveries(ROOT / MAIL).deliveries
    return ROOT / MAIL / next(each.file for each in delivered if each.state == "closed" and each.file.endswith(".pdf"))


def _stock(batch: Path) -> Stock:
    with local_aws():
        dossiers = import_register(REGISTER)
        return stock(send(batch).filed, dossiers)


def _journey(batch: Path, shelf: Stock, documents: int) -> Journey:
    with local_aws():
        import_register(REGISTER)
        with filled(shelf, documents):
            return send(batch)


def _rows(few: Journey, many: Journey) -> Iterator[Row]:
    scans = sum(call.operation == "Scan" for journey in (few, many) for call in journey.calls)
    yield at_most("calls of Scan", scans, "calls", 0)
    for name, most in MOST.items():
        first, later = few.a_letter()[name], many.a_letter()[name]
        yield shown(f"{name}, a letter, {FEW} documents in the tables", first, "calls")
        yield at_most(f"{name}, a letter, {MANY} documents in the tables", later, "calls", first * most)
