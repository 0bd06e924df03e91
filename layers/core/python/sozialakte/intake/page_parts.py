"""Pages of a letter for others: what stands for a page wherever it lies, some pages as a file, pictures of pages.

Imaging and PDF libraries are imported where they are used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path


def page_marks(file: Path, pages: Sequence[int]) -> list[str]:
    """What stands for the bytes each page (numbered from 1) is made of: the same in whichever letter it comes to lie.

    Raises `UnreadableFileError`.
    """
    from sozialakte.intake.pdf.extract import page_stream_hashes  # noqa: PLC0415

    hashes = page_stream_hashes(file, pages)
    told = (" ".join((*one.content, "-", *one.images, "-", *one.forms)) for one in hashes)
    return [sha256(text.encode()).hexdigest() for text in told]


def take_pages(file: Path, pages: Sequence[int], target: Path) -> Path:
    """Write some pages of a PDF, unchanged, as a file of their own: ``target``. Raises `UnreadableFileError`."""
    from sozialakte.intake.pdf.extract import write_pages  # noqa: PLC0415

    write_pages(file, pages, target)
    return target


def picture_pages(file: Path, pages: Sequence[int], dpi: int | None = None) -> Iterator[tuple[int, bytes]]:
    """Number and JPEG of each of the pages (numbered from 1); a sheet that says so where nobody can look.

    ``dpi`` None: as people see it at the desk.
    """
    from sozialakte.intake.desk.picture_pages import DPI, pictures  # noqa: PLC0415

    return pictures(file, pages, lambda _: None, dpi=dpi or DPI)
