"""The scanners we imitate: seeded, A4 at 300 dpi, one side at a time, black and white; and what lies on paper."""

from __future__ import annotations

import io
from random import Random

import numpy as np
import pypdf
from PIL import Image, ImageSequence

from sozialakte.intake.pages.order import PageOrder
from tests.demo import degrade, marks
from tests.demo.batches import stack_up
from tests.demo.scan_files import Fed, PdfScans, TiffScans
from tests.demo.sheets import Separator
from tests.demo.stack import Cover, PatchSheet, Stack

SEED = 3


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def test_same_page_and_seed_give_the_same_picture() -> None:
    first, second = (degrade.scan(marks.empty_page(), SEED) for _ in range(2))

    assert first == second
    assert first != degrade.scan(marks.empty_page(), SEED + 1)


def test_a_scan_is_grey_a4_at_300_dpi() -> None:
    picture = opened(degrade.scan(marks.empty_page(), SEED))

    assert (picture.mode, picture.size) == ("L", (2480, 3508))
    assert picture.info["dpi"] == (300, 300)


def test_an_empty_back_is_paper_and_not_white() -> None:
    grey = np.asarray(opened(degrade.scan(marks.empty_page(), SEED)))

    assert 225 < grey.mean() < 250
    assert grey.std() > 0.5


def test_batch_counts_its_pages_by_their_fate() -> None:
    pdf, truth = stack_up("x.pdf", [Separator.OWN, Cover("SH-2026-00123"), Separator.CODE39], SEED)

    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == len(truth.pages) == 3
    assert [page.fate for page in truth.pages] == ["separator"] * 3
    assert truth.pages[1].what == "cover SH-2026-00123"


def test_same_stack_and_seed_give_the_same_batch() -> None:
    assert stack_up("x.pdf", [Separator.QR], SEED) == stack_up("x.pdf", [Separator.QR], SEED)


def test_tiff_holds_each_page_as_it_was_fed() -> None:
    stack: Stack = [
        PatchSheet(Fed(turned=90)),
        PatchSheet(Fed(grey=True)),
        PatchSheet(Fed(fax=True)),
        PatchSheet(Fed(clear=True)),
    ]

    tiff, truth = stack_up("x.tif", stack, SEED, TiffScans())

    pages = _frames(tiff)
    assert [page.size for page in pages] == [(3508, 2480), (2480, 3508), (1654, 2339), (2480, 3508)]
    assert [page.mode for page in pages] == ["1", "L", "1", "LA"]
    assert [page.fate for page in truth.pages] == ["separator"] * 4


def test_fronts_come_before_backs_and_the_truth_tells_where_each_page_lies() -> None:
    sheets: Stack = [Cover(f"SH-2026-0000{number}") for number in range(1, 5)]

    pdf, truth = stack_up("x.pdf", sheets, SEED, PdfScans(100), PageOrder.FRONTS_THEN_BACKS)

    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 4
    assert [page.what[-1] for page in truth.pages] == ["1", "3", "2", "4"]


def test_dark_copy_has_more_black_and_a_fax_less_pixels() -> None:
    grey = degrade.seen(marks.written_by_hand(random()), SEED)

    plain, dark = (np.asarray(degrade.black_and_white(grey, dark=dark)) for dark in (False, True))
    assert dark.mean() < plain.mean() - 0.01
    assert degrade.faxed(grey).size == (1654, 2339)


def test_print_shows_through_mirrored_and_pale() -> None:
    front = marks.empty_page()
    front.paste(0, (100, 100, 600, 600))

    back = np.asarray(marks.showing_through(front))

    assert back[300, 2480 - 300] < back[300, 300]
    assert back.min() > 200


def test_marks_leave_the_rest_of_the_page_alone() -> None:
    punched = np.asarray(marks.punched(marks.empty_page()))
    stamped = np.asarray(marks.stamped(marks.empty_page(), "KOPIE", random()))

    assert punched[:, 300:].min() == 255
    assert 0 < (stamped < 200).mean() < 0.02


def random() -> Random:
    return Random(SEED)  # noqa: S311 the same marks each time are the point


def _frames(tiff: bytes) -> list[Image.Image]:
    with Image.open(io.BytesIO(tiff)) as file:
        return [frame.copy() for frame in ImageSequence.Iterator(file)]
