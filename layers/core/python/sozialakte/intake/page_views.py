"""Pages of a file as others may look at them: PDF, TIFF, PNG or JPEG, one page after the other, within limits.

What is looked for is the looker's business; how a page becomes a picture, and what a hostile one may cost, is ours.
Imaging libraries are imported where a file is looked at: who only knows the names needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NoReturn, TypeVar

from sozialakte.intake.model import UnreadableFileError
from sozialakte.shared.reasons import Reason

if TYPE_CHECKING:
    from PIL import Image

T = TypeVar("T")
MOST_PAGES = 500
"""Pages of one letter or upload that are looked at."""

_SECONDS, _MEMORY_MB = 45, 1200  # for the file as a whole and for each page
_LARGEST_PDF = 2 * 10**9  # bytes of the PDF made of a TIFF
_FILE = 0  # stands for the file as a whole, where pages are numbered from 1


@dataclass(frozen=True)
class PageView:
    """An open page. Both pictures are grey; ``coarse`` has about 145 dpi, ``fine`` all that was scanned, within reason.

    Raise ``PageImageError`` (a ``ValueError``), which `view_pages` turns into the page's reason.
    """

    coarse: Callable[[], Image.Image]
    fine: Callable[[], Image.Image]


@dataclass(frozen=True)
class PageText:
    """What was read of a page, one line a line. ``certain`` False: by OCR, and not well."""

    page: int
    text: str
    certain: bool = True


def view_pages(file: Path, look: Callable[[PageView], T]) -> Iterator[tuple[int, T | Reason]]:
    """Each page with what ``look`` makes of it, or the reason why nobody could look; ``look`` runs in a child process.

    Raises `UnreadableFileError` for a file that is broken, hostile or of another type.
    """
    with _as_pages(file) as pages:
        yield from _viewed(pages, look)


def page_texts(file: Path, pages: Sequence[int]) -> list[PageText]:
    """The texts of these pages: the file's own where it is to be believed, else by OCR (a second a page).

    Raises `UnreadableFileError`, and ``OcrError`` where Tesseract is not installed.
    """
    from sozialakte.intake.pages.texts import read_pages  # noqa: PLC0415
    from sozialakte.intake.picture_file import write_picture_as_pdf  # noqa: PLC0415

    with _as_pages(file) as (path, is_picture), TemporaryDirectory() as folder:
        pdf = write_picture_as_pdf(path, Path(folder) / "page.pdf") if is_picture else path
        return [PageText(one.page, one.text, one.confidence >= _SURE) for one in read_pages(pdf, pages)]


_SURE = 0.85  # mean confidence


@contextmanager
def _as_pages(file: Path) -> Iterator[tuple[Path, bool]]:
    """The file as a PDF or as a picture, and whether it is a picture."""
    from sozialakte.intake.local_upload import as_pdf  # noqa: PLC0415
    from sozialakte.intake.picture_file import is_picture  # noqa: PLC0415

    with file.open("rb") as opened:
        begin = opened.read(1024)
    if is_picture(begin):
        yield file, True
        return
    if begin and not (begin[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+") or b"%PDF-" in begin):
        raise UnreadableFileError(Reason("file.unknown_type"))
    with TemporaryDirectory() as folder:
        yield as_pdf(file, Path(folder) / "pages.pdf", _LARGEST_PDF), False


def _viewed(pages: tuple[Path, bool], look: Callable[[PageView], T]) -> Iterator[tuple[int, T | Reason]]:
    from sozialakte.intake.pages.worker import Limits, Overrun, TooCostlyError, run_pages  # noqa: PLC0415

    steps = [_FILE]
    try:
        for number, found in run_pages(lambda: _working(pages, look), steps, Limits(_SECONDS, _MEMORY_MB)):
            if number != _FILE:
                yield number, found.reason if isinstance(found, Overrun) else found  # type: ignore[misc]
            elif isinstance(found, int):
                steps.extend(range(1, found + 1))  # the loop goes on with them
            else:
                _refuse_costly(None)
    except TooCostlyError as error:
        _refuse_costly(error)


def _refuse_costly(cause: Exception | None) -> NoReturn:
    raise UnreadableFileError(Reason("file.too_costly")) from cause


@contextmanager
def _working(pages: tuple[Path, bool], look: Callable[[PageView], T]) -> Iterator[Callable[[int], int | T | Reason]]:
    path, is_picture = pages
    with ExitStack() as opened:
        viewer = _Picture(path) if is_picture else _Pdf(path, opened)
        yield lambda step: viewer.count() if step == _FILE else _looked(viewer, step, look)


def _looked(viewer: _Picture | _Pdf, number: int, look: Callable[[PageView], T]) -> T | Reason:
    from sozialakte.intake.pages.images import PageImageError  # noqa: PLC0415

    try:
        return viewer.look(number, look)
    except PageImageError as error:
        return error.reason


class _Picture:
    """A photo or a picture: one page."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def count(self) -> int:
        return 1

    def look(self, _number: int, look: Callable[[PageView], T]) -> T:
        from sozialakte.intake.picture_file import coarse, open_grey  # noqa: PLC0415

        picture = open_grey(self._path)
        return look(PageView(lambda: coarse(picture), lambda: picture))


class _Pdf:
    """A PDF that holds together. What pdfium keeps of the pages shown goes when the child ends."""

    def __init__(self, path: Path, opened: ExitStack) -> None:
        from sozialakte.intake.pages.images import open_document  # noqa: PLC0415
        from sozialakte.intake.pdf.check import open_source  # noqa: PLC0415

        self._path = path
        self._source = opened.enter_context(open_source(path))
        self._document = opened.enter_context(open_document(path))

    def count(self) -> int:
        from sozialakte.intake.pdf.check import count_pages  # noqa: PLC0415

        count = count_pages(self._source, self._path)
        if count > MOST_PAGES:
            raise UnreadableFileError(Reason("file.too_many_pages", {"pages": str(count), "most": str(MOST_PAGES)}))
        return count

    def look(self, number: int, look: Callable[[PageView], T]) -> T:
        from sozialakte.intake.pages.images import code_image, fine_code_image, open_page  # noqa: PLC0415

        with open_page(self._document, number) as page:
            return look(PageView(lambda: code_image(page), lambda: fine_code_image(page)))
