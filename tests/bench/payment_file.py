"""A file of 10'000 payments: generated, written, and checked by schema and rules, against sepaxml building the same.

sepaxml builds and writes without validating, which is the harder comparison; with its own validation (xmlschema, no
rules) it is shown beside. Ours is checked by the ISO schema, as in a bare clone; by the Swiss one, if it is beside the
project, it is shown. All in processor time, without imports.
"""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import Any

from tests.bench.present import missing
from tests.bench.processes import OURS, PEERS, ROOT, MeasurementError, figures_of
from tests.bench.report import Report
from tests.bench.rounds import interleaved, ratio
from tests.bench.rows import at_most, shown

PAYMENTS, MANY = 10_000, 90_000
ROUNDS = 9
TARGET = 1.5
MOST_MB = 100
SWISS = ROOT.parent / "shared" / "standards" / "iso20022" / "xsd-six"
FILE, SWISS_FILE, BUILT, VALIDATED = "written and checked", "with the Swiss schema", "sepaxml", "sepaxml, validating"


def measure(report: Report) -> None:
    """Time against the peer, and memory, also of nine times as many payments."""
    report.doing("memory")
    peak, of_many = (float(_ours(count)["peak_mb"]) for count in (PAYMENTS, MANY))
    report.add(at_most(f"peak memory, a file of {PAYMENTS} payments", peak, "MB", MOST_MB))
    report.add(shown(f"peak memory, a file of {MANY} payments, which themselves are held", of_many, "MB"))
    if absent := missing(()):
        report.note(f"left out: payment files vs. sepaxml; {absent}")
        return
    ways = {FILE: partial(_ms, "-"), BUILT: partial(_peer_ms, "-")}
    if SWISS.exists():
        ways[SWISS_FILE] = partial(_ms, str(SWISS))
    times = interleaved(ROUNDS, ways, report.doing)
    slower = ratio(times[FILE], times[BUILT])
    report.add(at_most(f"{PAYMENTS} payments {FILE}, times sepaxml building them", slower, "x", TARGET))
    times[VALIDATED] = [_peer_ms("validate")]
    for way, values in times.items():
        report.add(shown(f"a file of {PAYMENTS} payments, {way}", median(values), "ms"))


def _ours(count: int, schemas: str = "-") -> dict[str, Any]:
    told = figures_of(OURS, "tests.bench.work.write_payments", str(count), schemas)
    if not told["valid"] or told["payments"] != count:
        raise MeasurementError(f"the file is not valid, or holds {told['payments']} payments")
    return told


def _ms(schemas: str) -> float:
    return float(_ours(PAYMENTS, schemas)["cpu"]) * 1000


def _peer_ms(validate: str) -> float:
    told = figures_of(PEERS, "tests.bench.peers.sepaxml_payments", str(PAYMENTS), validate)
    return float(told["cpu"]) * 1000
