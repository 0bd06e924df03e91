"""How much memory a long batch takes: cut into letters, and read when it is one letter of 1'000 pages.

Each step in a fresh process of its own, as on Lambda; its children are counted on top, although they share with it.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.processes import OURS, figures_of
from tests.bench.report import Report
from tests.bench.rows import at_most, shown
from tests.bench.scan_sets import many_pages

MOST = 1000  # MB
PAGES, FEW, A_CHUNK = 1000, 100, 10


def measure(report: Report) -> None:
    """Cutting 100 and 1'000 pages, reading a chunk of 1'000 pages, joining all chunks."""
    with TemporaryDirectory() as work:
        report.doing("making the batches")
        few, many, chunk = many_pages(Path(work), FEW), many_pages(Path(work), PAGES), Path(work, "chunk.pdf")
        report.doing(f"cutting {FEW} pages")
        report.add(shown(f"peak memory, cutting a batch of {FEW} pages", _peak("cut_batch", few), "MB"))
        report.doing(f"cutting {PAGES} pages")
        report.add(at_most(f"peak memory, cutting a batch of {PAGES} pages", _peak("cut_batch", many), "MB", MOST))
        report.doing(f"reading a chunk of {PAGES} pages")
        peak = _peak("read_chunk", many, chunk)
        report.add(at_most(f"peak memory, reading {A_CHUNK} pages of a letter of {PAGES}", peak, "MB", MOST))
        report.doing(f"joining {PAGES} pages")
        peak = _peak("join_chunks", chunk, PAGES // A_CHUNK)
        report.add(at_most(f"peak memory, joining a searchable letter of {PAGES} pages", peak, "MB", MOST))


def _peak(work: str, *arguments: str | Path | int) -> float:
    return float(figures_of(OURS, f"tests.bench.work.{work}", *map(str, arguments))["peak_mb"])
