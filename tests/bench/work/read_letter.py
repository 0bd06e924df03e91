"""Our way: read the pages of a letter and write it searchable (PDF/A). Argument: the file.

What `intake.read_pages` does with a chunk of a letter, without S3 and the tables.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sozialakte.intake.pages.texts import read_chunk
from sozialakte.intake.pdf.check import check_pdf
from tests.bench.meter import cpu_seconds, tell

if __name__ == "__main__":
    letter = Path(sys.argv[1])
    with TemporaryDirectory() as work:
        begun = cpu_seconds()
        readings = read_chunk(letter, range(1, check_pdf(letter) + 1), Path(work, "searchable.pdf"))
        tell(cpu=cpu_seconds() - begun, texts=[each.text for each in readings])
