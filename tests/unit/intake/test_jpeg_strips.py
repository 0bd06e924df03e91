"""JPEG strips become one JPEG without being decoded, or not at all."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from sozialakte.intake.tiff.jpeg_strips import BrokenStripError, UnlikeStripsError, joined
from tests import scans
from tests.tiff_bytes import TiffBytes, TiffPage, page_of

PAPER = scans.scanned(scans.letter("Guten Tag\nDie Rechnung liegt bei.", dpi=50))
TABLES = 347


def page(mode: str = "L", rows: int | None = 16, **options: int) -> TiffPage:
    return page_of(PAPER.convert(mode), "jpeg", rows, **options)


def join(stored: TiffPage, transform: int | None = None) -> bytes:
    tables = stored.tags.get(TABLES, b"")
    assert isinstance(tables, bytes)
    return joined(tables, stored.strips, size=PAPER.size, transform=transform)


def seen(jpeg: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(jpeg)))


def seen_by_libtiff(stored: TiffPage) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(TiffBytes().written([stored]))))


@pytest.mark.parametrize("rows", [None, 8, 16, 64, 136])
@pytest.mark.parametrize(("mode", "transform"), [("L", None), ("RGB", 0)])
def test_the_joined_page_is_what_the_strips_show(mode: str, transform: int | None, rows: int | None) -> None:
    stored = page(mode, rows)

    assert (seen(join(stored, transform)) == seen_by_libtiff(stored)).all()


def test_what_was_compressed_stays_bit_for_bit() -> None:
    stored = page()
    whole = join(stored)

    assert len(stored.strips) > 9, "restart markers count to 8 and begin again"
    for strip in stored.strips:
        data = strip[strip.index(b"\xff\xda") + 10 : -2]  # behind the scan's header, before the end
        assert data in whole


def test_ycbcr_says_so_to_every_reader() -> None:
    """Without the marker a reader guesses from the components' names."""
    target = io.BytesIO()
    PAPER.convert("RGB").save(target, "JPEG", subsampling=0)
    plain = target.getvalue()

    marked = joined(b"", [plain], size=PAPER.size, transform=1)

    assert Image.open(io.BytesIO(marked)).info["adobe_transform"] == 1
    assert (seen(marked) == seen(plain)).all()


def test_a_single_progressive_strip_is_taken_as_it_is() -> None:
    target = io.BytesIO()
    PAPER.save(target, "JPEG", progressive=True)

    assert (seen(joined(b"", [target.getvalue()], size=PAPER.size, transform=None)) == seen(target.getvalue())).all()


@pytest.mark.parametrize("kept", [0.0, 0.1, 0.5, 0.99])
def test_a_strip_that_ends_early_is_broken(kept: float) -> None:
    """A decoder fills up what is missing, and the page looks as if it had been empty there."""
    stored = page()
    short = stored.strips[3][: int(len(stored.strips[3]) * kept)]

    with pytest.raises(BrokenStripError):
        join(TiffPage(stored.tags, [*stored.strips[:3], short, *stored.strips[4:]]))


def test_strips_of_two_kinds_are_not_joined() -> None:
    grey, colour = page("L"), page("RGB")

    with pytest.raises(UnlikeStripsError):
        join(TiffPage(grey.tags, [*grey.strips[:-1], colour.strips[-1]]))


def test_strips_of_uneven_height_are_not_joined() -> None:
    stored = page()

    with pytest.raises(UnlikeStripsError):
        join(TiffPage(stored.tags, stored.strips[::-1]))


def test_strips_that_are_not_the_whole_page_are_not_joined() -> None:
    stored = page()

    with pytest.raises(UnlikeStripsError):
        join(TiffPage(stored.tags, stored.strips[:-1]))
    with pytest.raises(UnlikeStripsError):
        joined(b"", page(rows=None).strips, size=(PAPER.width, PAPER.height + 1), transform=None)


def test_strips_with_markers_of_their_own_are_not_joined() -> None:
    stored = page()
    strip = stored.strips[0]
    odd = strip[:-2] + b"\xff\xd0" + strip[-2:]

    with pytest.raises(UnlikeStripsError):
        join(TiffPage(stored.tags, [odd, *stored.strips[1:]]))
