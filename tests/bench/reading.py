"""Reading letters, against OCRmyPDF with the same German model, one thread each.

Ours is the whole step: decode, straighten, read, write the searchable PDF/A. Processor time without imports; the error
rates are those of the same pages, whose text is known.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import tesserocr

from tests.bench.error_rate import error_rate
from tests.bench.letters import KnownLetters, known_letters
from tests.bench.present import OCRMYPDF, missing, peers_model, tesseract_version
from tests.bench.processes import OURS, PEERS, figures_of
from tests.bench.report import Report
from tests.bench.rounds import interleaved, ratio
from tests.bench.rows import at_least, at_most, shown

ROUNDS = 3
TARGET = 2.5
READ, USUAL = "reading", "OCRmyPDF"
OUR_MODEL = Path(sys.prefix, "share", "tessdata", "deu.traineddata")


def measure(report: Report) -> None:
    """The demo's kinds of letters."""
    absent = missing(OCRMYPDF)
    with TemporaryDirectory() as work:
        report.doing("typesetting and scanning letters")
        letters = known_letters(Path(work))
        ways = {READ: _Way(letters, partial(figures_of, OURS, "tests.bench.work.read_letter", letters.path))}
        if absent:
            report.note(f"left out: reading vs. ocrmypdf --force-ocr; {absent}")
        else:
            ways[USUAL] = _Way(letters, partial(figures_of, PEERS, "tests.bench.peers.ocrmypdf_letter", letters.path))
        times = interleaved(ROUNDS, {name: way.measure for name, way in ways.items()}, report.doing)
        _tell(report, ways, times)


class _Way:
    """One way to read: its time a page, and the texts it read last."""

    def __init__(self, letters: KnownLetters, read: Callable[[], Mapping[str, Any]]) -> None:
        self._letters = letters
        self._read = read
        self.texts: list[str] = []

    def measure(self) -> float:
        """Milliseconds of processor time a page."""
        told = self._read()
        pages = len(self._letters.texts)
        self.texts = list(told["texts"])[:pages]
        return float(told["cpu"]) * 1000 / pages

    def error_rate(self) -> float:
        """Share of wrong characters."""
        return error_rate(self._letters.texts, self.texts)


def _tell(report: Report, ways: Mapping[str, _Way], times: Mapping[str, list[float]]) -> None:
    ours = ways[READ].error_rate()
    if USUAL in ways:
        theirs = ways[USUAL].error_rate()
        faster = ratio(times[USUAL], times[READ])
        report.add(
            at_least("reading and searchable PDF/A, times faster than ocrmypdf --force-ocr", faster, "x", TARGET)
        )
        report.add(at_most("reading: characters read wrong (target: OCRmyPDF's share)", ours, "share", theirs))
        report.add(shown("OCRmyPDF: characters read wrong", theirs, "share"))
        report.note(_engines())
    else:
        report.add(shown("reading: characters read wrong", ours, "share"))
    report.add(*(shown(f"{name}, a page", median(values), "ms") for name, values in times.items()))


def _engines() -> str:
    ours = str(tesserocr.tesseract_version()).split()[1]
    same = (
        "the same model" if OUR_MODEL.read_bytes() == peers_model().read_bytes() else "ANOTHER MODEL (not comparable)"
    )
    return f"reading: ours is Tesseract {ours}, OCRmyPDF's is {tesseract_version()}, {same} (deu, fast)"
