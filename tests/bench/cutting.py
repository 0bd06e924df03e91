"""Finding the codes of a batch and cutting it, against the usual way and against the limit.

The usual way renders each page at 300 dpi with pdf2image (poppler) and asks zxing-cpp for the same symbologies; it cuts
nothing. The limit is the decoding of the pages' pictures at half their size, in memory. Ours reads the file, finds
codes and bars, plans, and writes every letter. All in processor time, without imports.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.present import PDF2IMAGE, missing
from tests.bench.processes import OURS, PEERS, figures_of
from tests.bench.report import Report
from tests.bench.rounds import interleaved, ratio
from tests.bench.rows import at_least, at_most, shown
from tests.bench.scan_sets import many_pages, noisy_scans

ROUNDS, PEER_ROUNDS = 9, 3  # the peer is slow, and far from its target
STACK_PAGES = 300  # what the mailroom's scanner takes in one go; what a batch costs once is spread over it
PEER_TARGET = 8.0
LIMIT_TARGET = 2.5
LIMIT, CUT, USUAL = "bare decode", "codes and cut", "pdf2image and zxing-cpp"


def measure(report: Report) -> None:
    """Both sets of scans."""
    absent = missing(PDF2IMAGE)
    if absent:
        report.note(f"left out: codes vs. pdf2image at 300 dpi and zxing-cpp; {absent}")
    with TemporaryDirectory() as work:
        for name, scans in (("committed mail", _stack), ("noisy scans", noisy_scans)):
            report.doing(f"scanning: {name}")
            _measure_set(report, name, scans(Path(work)), with_peer=not absent)


def _stack(folder: Path) -> Path:
    return many_pages(folder, STACK_PAGES)


def _measure_set(report: Report, name: str, scans: Path, *, with_peer: bool) -> None:
    ours = partial(_ms_per_page, OURS, "tests.bench.work.cut_batch", scans)
    limit = partial(_ms_per_page, OURS, "tests.bench.work.decode_pages", scans)
    times = interleaved(ROUNDS, {LIMIT: limit, CUT: ours}, report.doing)
    slower = ratio(times[CUT], times[LIMIT])
    report.add(at_most(f"codes and cut, times the bare decode at half scale, {name}", slower, "x", LIMIT_TARGET))
    if with_peer:
        usual = partial(_ms_per_page, PEERS, "tests.bench.peers.pdf2image_codes", scans)
        beside = interleaved(PEER_ROUNDS, {USUAL: usual, CUT: ours}, report.doing)
        faster = ratio(beside[USUAL], beside[CUT])
        report.add(at_least(f"codes and cut, times faster than {USUAL} at 300 dpi, {name}", faster, "x", PEER_TARGET))
        times[USUAL] = beside[USUAL]
    for way, values in times.items():
        report.add(shown(f"{way}, a page, {name}", median(values), "ms"))


def _ms_per_page(python: Path, module: str, scans: Path) -> float:
    told = figures_of(python, module, scans)
    return float(told["cpu"] / told["pages"] * 1000)
