"""Reads ten pages in the middle of a long letter, as a chunk is read. Arguments: the letter, the file to write."""

from __future__ import annotations

import sys
from pathlib import Path

from sozialakte.intake.pages.texts import read_chunk
from tests.bench.meter import peak_mb, tell

FIRST, PAGES = 491, 10

if __name__ == "__main__":
    readings = read_chunk(Path(sys.argv[1]), range(FIRST, FIRST + PAGES), Path(sys.argv[2]))
    tell(peak_mb=peak_mb(), pages=len(readings))
