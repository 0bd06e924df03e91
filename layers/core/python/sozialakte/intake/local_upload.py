"""An upload on the function's disk, and the PDF its letters are cut from."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from sozialakte.intake.batch import Upload
from sozialakte.intake.files import FetchedUpload, IntakeFiles
from sozialakte.intake.plan_cut import MOST_PAGES
from sozialakte.intake.tiff.as_pdf import write_as_pdf
from sozialakte.intake.tiff.directory import is_tiff


class LocalUpload:
    """Fetched when first needed. ``folder`` is an empty folder on a disk for twice ``largest`` bytes."""

    def __init__(self, files: IntakeFiles, upload: Upload, folder: Path, largest: int) -> None:
        self._files, self._upload, self._folder, self._largest = files, upload, folder, largest

    @cached_property
    def fetched(self) -> FetchedUpload:
        """The file as uploaded. Raises `UploadGoneError`."""
        return self._files.fetch_upload(self._upload, self._folder / "upload")

    @cached_property
    def pdf(self) -> Path:
        """The batch as a PDF: the upload itself, or made of a TIFF; its content tells, not its name.

        Raises `UnreadableFileError` for a TIFF that cannot be taken.
        """
        uploaded = self.fetched.path
        pdf = as_pdf(uploaded, self._folder / "batch.pdf", self._largest)
        if pdf != uploaded:
            uploaded.unlink()  # the letters need its place on the disk
        return pdf


def as_pdf(path: Path, target: Path, largest: int) -> Path:
    """The file if it is no TIFF, else ``target``, written from it. Raises `UnreadableFileError`."""
    with path.open("rb") as file:
        if not is_tiff(file.read(4)):
            return path
    write_as_pdf(path, target, most_pages=MOST_PAGES, most_bytes=largest)
    return target
