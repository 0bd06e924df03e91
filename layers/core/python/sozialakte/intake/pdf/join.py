"""Several PDFs as one, their pages unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfWriter

from sozialakte.intake.pdf.check import errors_named, open_source


def join_pages(parts: Sequence[Path], target: Path) -> None:
    """Write all pages of ``parts``, in this order, into one PDF. Streams stay as they are, byte for byte.

    Raises `UnreadableFileError`.
    """
    with PdfWriter() as writer, errors_named():
        for part in parts:
            with open_source(part) as source:
                writer.append(source, import_outline=False)
        writer.write(target)
