"""The usual way to read: OCRmyPDF on every page, one job, one thread, German. Argument: the file.

Its defaults otherwise, so it writes PDF/A as we do. The pages' texts are those of its sidecar file.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import ocrmypdf

from tests.bench.meter import cpu_seconds, tell

if __name__ == "__main__":
    with TemporaryDirectory() as work:
        searchable, sidecar = Path(work, "searchable.pdf"), Path(work, "text.txt")
        begun = cpu_seconds()
        ocrmypdf.ocr(
            sys.argv[1], searchable, language=["deu"], force_ocr=True, jobs=1, sidecar=sidecar, progress_bar=False
        )
        cpu = cpu_seconds() - begun
        texts = sidecar.read_text(encoding="utf-8").split("\f")
        tell(cpu=cpu, texts=texts)
