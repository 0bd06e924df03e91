"""The frame of a PDF/A-2b file of images: its pages, and what PDF/A wants around them."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self

from pypdf.generic import StreamObject

from sozialakte.intake.pdfa.file import PdfFile
from sozialakte.intake.pdfa.font import add_font, blocks_of
from sozialakte.intake.pdfa.metadata import add_metadata, add_output_intent, page_labels
from sozialakte.intake.pdfa.objects import decimal, image_entries, shared_entries, stored
from sozialakte.intake.pdfa.sheet import Sheet

_IMAGE = b"/Type /XObject /Subtype /Image "


class PdfADocument:
    """Pages go to the file one by one; only places stay in memory. The same pages give the same bytes.

    Use as a context manager: leaving it completes the file, an error removes it.
    """

    def __init__(self, target: Path, title: str) -> None:
        """``title`` is for everybody's eyes: the id of the letter, nothing personal."""
        self._target, self._title = target, title

    def __enter__(self) -> Self:
        """Begin the file with what all pages share."""
        self._stream = self._target.open("wb")
        self._file = PdfFile(self._stream)
        self._catalogue, self._tree = self._file.reserve(), self._file.reserve()
        self._intent, self._font = add_output_intent(self._file), self._file.reserve()
        self._blocks = {0}
        self._pages: list[int] = []
        self._renditions: list[int] = []
        self._shared: dict[bytes, int] = {}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Complete the file, or remove it."""
        with self._stream:
            if kind is None:
                self._finish()
        if kind is not None:
            self._target.unlink()

    def add_image(self, look: bytes, data: bytes) -> int:
        """Write an image, given the entries of its dictionary, and give its number."""
        return self._file.add_stream(_IMAGE + look, data)

    def copy_image(self, image: StreamObject) -> int:
        """Write another file's image with the bytes it has, and give its number.

        Alternates, OPI, Interpolate, Metadata and the like stay behind (ISO 19005-2, 6.2.8). Raises `UncopiableError`.
        """
        return self.add_image(image_entries(image, self._copy_shared), stored(image))

    def write_page(self, image: int, content: bytes, sheet: Sheet, *, rendition: bool = False) -> None:
        """Write a page: its image is ``/I`` in the content stream, the font of invisible words ``/F``."""
        packed = self._file.add_stream(b"/Filter /FlateDecode", zlib.compress(content))
        self._blocks |= blocks_of(content)
        if rendition:
            self._renditions.append(len(self._pages) + 1)
        unit = b" /UserUnit %b" % decimal(sheet.unit) if sheet.unit != 1 else b""
        box = b"/MediaBox [0 0 %b %b]%b" % (decimal(sheet.size[0]), decimal(sheet.size[1]), unit)
        uses = b"/Resources << /XObject << /I %d 0 R >> /Font << /F %d 0 R >> >>" % (image, self._font)
        links = b"/Parent %d 0 R /Contents %d 0 R" % (self._tree, packed)
        self._pages.append(self._file.add(b"<< /Type /Page %b %b %b >>" % (links, box, uses)))

    def _copy_shared(self, stream: StreamObject) -> int:
        """A colour profile, a palette or the symbols of several images: once in the file, however many use it."""
        look, data = shared_entries(stream), stored(stream)
        digest = hashlib.sha256(look + data).digest()
        if digest not in self._shared:
            self._shared[digest] = self._file.add_stream(look, data)
        return self._shared[digest]

    def _finish(self) -> None:
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        self._file.add(b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(self._pages), kids), self._tree)
        add_font(self._file, self._blocks, self._font)
        metadata = add_metadata(self._file, self._title, self._renditions)
        labels = page_labels(len(self._pages), self._renditions)
        says = b"/Metadata %d 0 R /OutputIntents [%d 0 R]%b" % (metadata, self._intent, labels)
        shows = b"/Pages %d 0 R /ViewerPreferences << /DisplayDocTitle true >>" % self._tree
        self._file.add(b"<< /Type /Catalog %b %b >>" % (shows, says), self._catalogue)
        self._file.finish(self._catalogue)
