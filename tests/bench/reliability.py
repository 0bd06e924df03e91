"""Whether the machine knows how sure it may be: generated letters with known truth, none of which set a threshold."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.report import Report
from tests.bench.rows import Row, at_least, at_most, shown
from tests.corpus.measure import CorpusFigures
from tests.corpus.measure import measure as measure_corpus

SEED = 7  # the thresholds were set on others
LETTERS = 500
AUTOMATIC = 0.85


def measure(report: Report) -> None:
    """The reliability table, the share filed by the machine, and how often each kind is recognised."""
    report.doing(f"identifying {LETTERS} letters")
    figures = measure_corpus(SEED, LETTERS)
    report.add(*_rows(figures))
    report.note(f"reliability: {len(figures.outcomes)} generated letters, seed {SEED}; letters in review count too")


def _rows(figures: CorpusFigures) -> Iterator[Row]:
    letters = len(figures.outcomes)
    yield at_least("assignable letters filed by the machine", figures.filed.value, "share", AUTOMATIC)
    yield at_most("letters in a wrong dossier or sent to a wrong office", len(figures.wrong) / letters, "share", 0.0)
    yield shown("letters for others, forwarded by the machine", figures.forwarded.value, "share")
    for band in figures.bands:
        if band.right.all:
            stated = f"{band.low:g} to {min(band.high, 1):g}"
            yield shown(f"right, where {stated} is stated ({band.right.all} letters)", band.right.value, "share")
    for kind, share in figures.kinds.items():
        yield shown(f"kind recognised: {kind} ({share.all} letters)", share.value, "share")
    yield shown("sender recognised", figures.senders.value, "share")
