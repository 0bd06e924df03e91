"""Joins the searchable pages of a long letter, as its last chunk does. Arguments: one chunk, how often it comes."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sozialakte.intake.pdfa.join import join_pdfa
from tests.bench.meter import peak_mb, tell

if __name__ == "__main__":
    chunk, times = Path(sys.argv[1]), int(sys.argv[2])
    with TemporaryDirectory() as work:
        join_pdfa([chunk] * times, Path(work, "whole.pdf"), "a-long-letter")
        tell(peak_mb=peak_mb())
