"""Our way: find the codes of a batch, plan the cut, write each letter's file. Argument: the file."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sozialakte.intake.pdf.check import open_source
from sozialakte.intake.pdf.extract import write_pages
from sozialakte.intake.plan_cut import plan_cut
from tests.bench.meter import cpu_seconds, peak_mb, tell


def cut(batch: Path, folder: Path) -> tuple[int, int]:
    """How many pages there were and how many letters they became."""
    plan = plan_cut(batch)
    with open_source(batch) as source:
        for number, letter in enumerate(plan.letters):
            write_pages(source, letter.pages, folder / f"{number}.pdf")
    return plan.pages_in, len(plan.letters)


if __name__ == "__main__":
    with TemporaryDirectory() as work:
        begun = cpu_seconds()
        pages, letters = cut(Path(sys.argv[1]), Path(work))
        tell(cpu=cpu_seconds() - begun, pages=pages, letters=letters, peak_mb=peak_mb())
