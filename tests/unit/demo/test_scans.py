"""The scanner we imitate: seeded, A4 at 300 dpi, and blank backs that are not quite blank."""

from __future__ import annotations

import io

import numpy as np
import pypdf
from PIL import Image

from tests.demo import degrade
from tests.demo.batches import Cover, stack_up
from tests.demo.sheets import Separator

SEED = 3


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def test_same_page_and_seed_give_the_same_picture() -> None:
    first, second = (degrade.scan(degrade.empty_page(), SEED) for _ in range(2))

    assert first == second
    assert first != degrade.scan(degrade.empty_page(), SEED + 1)


def test_a_scan_is_grey_a4_at_300_dpi() -> None:
    picture = opened(degrade.scan(degrade.empty_page(), SEED))

    assert (picture.mode, picture.size) == ("L", (2480, 3508))
    assert picture.info["dpi"] == (300, 300)


def test_an_empty_back_is_paper_and_not_white() -> None:
    grey = np.asarray(opened(degrade.scan(degrade.empty_page(), SEED)))

    assert 225 < grey.mean() < 250
    assert grey.std() > 0.5


def test_batch_counts_its_pages_by_their_fate() -> None:
    pdf, truth = stack_up("x.pdf", [Separator.OWN, Cover("SH-2026-00123"), Separator.CODE39], SEED)

    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == len(truth.pages) == 3
    assert [page.fate for page in truth.pages] == ["separator"] * 3
    assert truth.pages[1].what == "cover SH-2026-00123"


def test_same_stack_and_seed_give_the_same_batch() -> None:
    assert stack_up("x.pdf", [Separator.QR], SEED) == stack_up("x.pdf", [Separator.QR], SEED)
