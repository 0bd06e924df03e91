"""A file of 10'000 payments: generated, written, and checked by schema and rules, against sepaxml building the same.

Two sets: plain payments, all of which sepaxml can say, are held to the target. Of mixed ones (QR and creditor
references, SEPA, whose bill it is) sepaxml builds what it can, ours all of it: that is shown. sepaxml builds and writes
without validating, which is the harder comparison; with its own validation (xmlschema, no rules) it is shown beside.
Ours is checked by the ISO schema, as in a bare clone; by the Swiss one, if it is beside the project, it is shown. Then
the whole path of a run, from its order book to the files that are put. All in processor time, without imports.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.present import missing
from tests.bench.processes import OURS, PEERS, ROOT, MeasurementError, figures_of
from tests.bench.report import Report
from tests.bench.rounds import interleaved, ratio
from tests.bench.rows import at_most, shown

PAYMENTS, MOST = 10_000, 99_999
ROUNDS = 9
TARGET = 1.5
MOST_MB = 100
LAMBDA_MB = 2048
"""What the function that exports a run has."""
SWISS = ROOT.parent / "shared" / "standards" / "iso20022" / "xsd-six"
FILE, SWISS_FILE, BUILT, VALIDATED = "ISO schema and rules", "Swiss schema and rules", "sepaxml", "sepaxml, validating"
PLAIN, MIXED, RUN = "plain", "mixed", "the run's whole path"


def measure(report: Report) -> None:
    """Time against the peer, and memory, also of the largest file that banks take."""
    with TemporaryDirectory() as folder:
        books = {count: _book(count, Path(folder), report) for count in (PAYMENTS, MOST)}
        _memory(report, books)
        if absent := missing(()):
            report.note(f"left out: payment files vs. sepaxml; {absent}")
            return
        _against_peer(report, books[PAYMENTS])


def _memory(report: Report, books: dict[int, Path]) -> None:
    report.doing("memory")
    peak = float(_ours(PAYMENTS, MIXED)["peak_mb"])
    report.add(at_most(f"peak memory, a file of {PAYMENTS} payments", peak, "MB", MOST_MB))
    for count, book in books.items():
        told = _exported(book, count)
        name = f"peak memory, from order book to file, {count} payments"
        report.add(at_most(name, float(told["peak_mb"]), "MB", LAMBDA_MB))
        report.add(shown(f"from order book to file, {count} payments", float(told["cpu"]) * 1000, "ms"))


def _against_peer(report: Report, book: Path) -> None:
    schemas = {FILE: "-"} | ({SWISS_FILE: str(SWISS)} if SWISS.exists() else {})
    ways: dict[str, Callable[[], float]] = {}
    for of in (PLAIN, MIXED):
        ways |= {f"{of}, {name}": partial(_ms, of, place) for name, place in schemas.items()}
        ways[f"{of}, {BUILT}"] = partial(_peer_ms, of, "-")
    ways[f"{MIXED}, {RUN}"] = lambda: float(_exported(book, PAYMENTS)["cpu"]) * 1000
    times: dict[str, Sequence[float]] = {**interleaved(ROUNDS, ways, report.doing)}
    for of in (PLAIN, MIXED):
        for name in (*schemas, *((RUN,) if of == MIXED else ())):
            slower = ratio(times[f"{of}, {name}"], times[f"{of}, {BUILT}"])
            told = f"{PAYMENTS} {of} payments, {name}, times sepaxml building them"
            report.add(at_most(told, slower, "x", TARGET) if (of, name) == (PLAIN, FILE) else shown(told, slower, "x"))
    times[f"{MIXED}, {VALIDATED}"] = [_peer_ms(MIXED, "validate")]
    for way, values in times.items():
        report.add(shown(f"{PAYMENTS} payments, {way}", median(values), "ms"))


def _book(count: int, folder: Path, report: Report) -> Path:
    report.doing(f"an order book of {count} payments")
    path = folder / f"{count}.jsonl"
    figures_of(OURS, "tests.bench.work.order_book", str(count), path)
    return path


def _exported(book: Path, count: int) -> dict[str, Any]:
    return _right(figures_of(OURS, "tests.bench.work.export_payments", book), count)


def _ours(count: int, of: str, schemas: str = "-") -> dict[str, Any]:
    return _right(figures_of(OURS, "tests.bench.work.write_payments", str(count), of, schemas), count)


def _right(told: dict[str, Any], count: int) -> dict[str, Any]:
    if not told["valid"] or told["payments"] != count:
        raise MeasurementError(f"the file is not valid, or holds {told['payments']} payments")
    return told


def _ms(of: str, schemas: str) -> float:
    return float(_ours(PAYMENTS, of, schemas)["cpu"]) * 1000


def _peer_ms(of: str, validate: str) -> float:
    return float(figures_of(PEERS, "tests.bench.peers.sepaxml_payments", str(PAYMENTS), of, validate)["cpu"]) * 1000
