"""A TIFF batch becomes a PDF page by page, without loss; or the file is refused by name."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdfium2 import PdfImage

from sozialakte.intake.model import UnreadableFileError
from sozialakte.intake.pages.images import code_image, open_document, open_page
from sozialakte.intake.pages.worker import Limits
from sozialakte.intake.pdf.check import check_pdf
from sozialakte.intake.tiff import as_pdf as tiff_files
from sozialakte.intake.tiff.directory import Tag
from tests import scans
from tests.tiff_bytes import TiffBytes, TiffPage, Value, page_of

GREY = scans.scanned(scans.letter("Guten Tag\nDie Rechnung liegt bei.", dpi=60))
COLOUR = Image.merge("RGB", [GREY, ImageChops.offset(GREY, 3), GREY])
BITS = GREY.convert("1")
CLEAR = Image.merge("RGBA", [*COLOUR.split(), ImageChops.offset(GREY, 9)])


def written(path: Path, *pages: TiffPage, order: str = "<", big: bool = False) -> Path:
    path.write_bytes(TiffBytes(order, big=big).written(pages))
    return path


def converted(source: Path, *, most_pages: int = 50, most_bytes: int = 10**9) -> Path:
    target = source.with_suffix(".pdf")
    tiff_files.write_as_pdf(source, target, most_pages=most_pages, most_bytes=most_bytes)
    return target


def refusal(source: Path, *, most_pages: int = 50, most_bytes: int = 10**9) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        converted(source, most_pages=most_pages, most_bytes=most_bytes)
    return caught.value


def image_on(pdf: Path, page: int = 0) -> PdfImage:
    """The one image of a page, as stored."""
    document = pypdfium2.PdfDocument(pdf)
    (image,) = document[page].get_objects()
    assert isinstance(image, PdfImage)
    return image


def pixels_on(pdf: Path, page: int = 0) -> np.ndarray:
    return np.asarray(image_on(pdf, page).get_bitmap().to_pil().convert("RGB")).astype(int)


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB")).astype(int)


@pytest.mark.parametrize(
    ("image", "compression", "rows", "stored_as"),
    [
        pytest.param(BITS, "group4", None, "CCITTFaxDecode", id="group 4"),
        pytest.param(BITS, "group4", 100, "CCITTFaxDecode", id="group 4 in strips"),
        pytest.param(BITS, "group3", None, "CCITTFaxDecode", id="group 3"),
        pytest.param(BITS, "raw", 100, "CCITTFaxDecode", id="black and white"),
        pytest.param(BITS, "tiff_lzw", None, "CCITTFaxDecode", id="black and white, LZW"),
        pytest.param(BITS, "packbits", None, "CCITTFaxDecode", id="black and white, packed"),
        pytest.param(GREY, "raw", None, "FlateDecode", id="grey"),
        pytest.param(GREY, "tiff_lzw", 64, "FlateDecode", id="grey, LZW"),
        pytest.param(GREY.convert("P"), "tiff_adobe_deflate", None, "FlateDecode", id="palette"),
        pytest.param(COLOUR.quantize(37), "raw", None, "FlateDecode", id="short palette"),
        pytest.param(COLOUR, "tiff_deflate", 64, "FlateDecode", id="colour, deflate"),
    ],
)
def test_nothing_of_a_page_is_lost(
    tmp_path: Path, image: Image.Image, compression: str, rows: int | None, stored_as: str
) -> None:
    pdf = converted(written(tmp_path / "batch.tif", page_of(image, compression, rows)))

    assert image_on(pdf).get_filters() == [stored_as]
    assert (pixels_on(pdf) == pixels(image)).all()


@pytest.mark.parametrize("image", [COLOUR.convert("CMYK"), GREY.convert("I;16").point(lambda value: value * 257)])
def test_samples_that_screens_do_not_have_stay_as_they_are(tmp_path: Path, image: Image.Image) -> None:
    """Four printing colours, and grey in 65,536 steps."""
    raw = "I;16B" if image.mode == "I;16" else image.mode

    pdf = converted(written(tmp_path / "batch.tif", page_of(image, "raw")))

    assert bytes(image_on(pdf).get_data(decode_simple=True)) == image.tobytes("raw", raw)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("rows", [None, 100])
@pytest.mark.parametrize("image", [BITS, GREY, COLOUR], ids=lambda image: image.mode)
def test_both_byte_orders_and_sizes_of_numbers_are_read(
    tmp_path: Path, image: Image.Image, rows: int | None, big: bool, order: str
) -> None:
    pdf = converted(written(tmp_path / "batch.tif", page_of(image, "raw", rows), order=order, big=big))

    assert (pixels_on(pdf) == pixels(image)).all()


def test_colours_as_in_a_jpeg_but_uncompressed_are_read(tmp_path: Path) -> None:
    image = COLOUR.convert("YCbCr")

    pdf = converted(written(tmp_path / "batch.tif", page_of(image, "raw")))

    assert (pixels_on(pdf) == pixels(image)).all()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("white_is_zero", [False, True])
def test_sixteen_bits_mean_what_the_file_says(tmp_path: Path, white_is_zero: bool, big: bool, order: str) -> None:
    light = np.asarray(GREY).astype(int) * 257
    samples = (65535 - light if white_is_zero else light).astype(f"{order}u2")
    stored = page_of(GREY, "raw").having({Tag.BITS: 16, Tag.PHOTOMETRIC: 0 if white_is_zero else 1})
    page = TiffPage(stored.tags, [samples.tobytes()])

    pdf = converted(written(tmp_path / "batch.tif", page, order=order, big=big))

    with pypdfium2.PdfDocument(pdf) as document:
        shown = np.asarray(document[0].render(scale=1, grayscale=True).to_pil().convert("L"))
    assert abs(shown.mean() - np.asarray(GREY).mean()) < 3


@pytest.mark.parametrize(("length", "code"), [(GREY.height + 1, "file.damaged"), (10**7, "file.unknown_image")])
def test_rows_that_are_not_there_or_too_many_are_told(tmp_path: Path, length: int, code: str) -> None:
    page = page_of(GREY, "raw").having({Tag.LENGTH: length, Tag.ROWS_PER_STRIP: length})

    assert refusal(written(tmp_path / "batch.tif", page, order=">", big=True)).reason.code == code


@pytest.mark.parametrize("rows", [None, 16])
@pytest.mark.parametrize("image", [GREY, COLOUR])
def test_a_jpeg_is_taken_over(tmp_path: Path, image: Image.Image, rows: int | None) -> None:
    stored = page_of(image, "jpeg", rows, quality=60)
    source = written(tmp_path / "batch.tif", stored)

    pdf = converted(source)

    assert image_on(pdf).get_filters() == ["DCTDecode"]
    assert (pixels_on(pdf) == pixels(Image.open(source))).all()
    assert pdf.stat().st_size < source.stat().st_size + 1500


def test_a_group_4_page_is_taken_over_byte_for_byte(tmp_path: Path) -> None:
    stored = page_of(BITS, "group4")

    pdf = converted(written(tmp_path / "batch.tif", stored))

    assert stored.strips[0] in pdf.read_bytes()


@pytest.mark.parametrize("rows", [None, 100])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("white_is_zero", [False, True])
def test_bits_mean_what_the_file_says(tmp_path: Path, rows: int | None, order: str, white_is_zero: bool) -> None:
    """Both readings of a bit, and both ends of a byte first (fax machines send the low bit first)."""
    stored = page_of(ImageChops.invert(BITS) if white_is_zero else BITS, "group4", rows)
    backwards = [bytes(int(f"{byte:08b}"[::-1], 2) for byte in strip) for strip in stored.strips]
    page = TiffPage({**stored.tags, Tag.FILL_ORDER: 2, Tag.PHOTOMETRIC: 0 if white_is_zero else 1}, backwards)

    pdf = converted(written(tmp_path / "batch.tif", page, order=order))

    assert (pixels_on(pdf) == pixels(BITS)).all()


@pytest.mark.parametrize("image", [CLEAR, Image.merge("LA", [GREY, ImageChops.offset(GREY, 9)])])
def test_what_is_transparent_lies_on_white_paper(tmp_path: Path, image: Image.Image) -> None:
    pdf = converted(written(tmp_path / "batch.tif", page_of(image, "tiff_lzw")))

    full = image.convert("RGBA")
    expected = Image.alpha_composite(Image.new("RGBA", full.size, "white"), full)
    assert np.abs(pixels_on(pdf) - pixels(expected)).max() <= 1
    assert pypdfium2.raw.FPDFPageObj_HasTransparency(image_on(pdf)) == 0


def test_a_page_that_is_transparent_everywhere_is_shown_all_the_same(tmp_path: Path) -> None:
    """Some programs write the channel and leave it empty: the page would become blank, and be dropped."""
    nothing = CLEAR.copy()
    nothing.putalpha(0)

    pdf = converted(written(tmp_path / "batch.tif", page_of(nothing, "raw")))

    assert (pixels_on(pdf) == pixels(COLOUR)).all()


@pytest.mark.parametrize("compression", ["group4", "tiff_lzw"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_page_is_seen_upright(tmp_path: Path, compression: str, orientation: int) -> None:
    """TIFF 6.0, Orientation: which side of the sheet the first row and the first column are."""
    sheet = Image.new("1", (200, 280), 1)
    sheet.paste(0, (10, 10, 100, 40))  # a head line, upper left
    way_in = {
        1: [],
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }[orientation]
    stored = sheet
    for step in way_in:
        stored = stored.transpose(step)
    page = page_of(stored, compression).having({Tag.ORIENTATION: orientation})

    pdf = converted(written(tmp_path / "batch.tif", page))

    with open_document(pdf) as document, open_page(document, 1) as shown:
        width, height = shown.get_size()
        assert width / height == pytest.approx(200 / 280, rel=0.01)
        seen = code_image(shown).resize(sheet.size)
    assert np.abs(pixels(seen) - pixels(sheet)).mean() < 12


@pytest.mark.parametrize(
    ("tags", "inches"),
    [
        pytest.param({}, (5.0, 7.0), id="300 dpi"),
        pytest.param({Tag.X_RESOLUTION: Fraction(204), Tag.Y_RESOLUTION: Fraction(98)}, (7.35, 21.43), id="fax"),
        pytest.param({Tag.RESOLUTION_UNIT: 3}, (1.97, 2.76), id="per centimetre"),
        pytest.param({Tag.RESOLUTION_UNIT: 1}, (8.27, 11.58), id="without unit"),
        pytest.param({Tag.X_RESOLUTION: Fraction(0)}, (8.27, 11.58), id="zero"),
        pytest.param({Tag.X_RESOLUTION: Fraction(1), Tag.Y_RESOLUTION: Fraction(1)}, (8.27, 11.58), id="one dpi"),
        pytest.param({Tag.X_RESOLUTION: b""}, (8.27, 11.58), id="missing"),
    ],
)
def test_the_sheet_has_its_size_and_is_a4_where_the_file_does_not_say(
    tmp_path: Path, tags: dict[int, int], inches: tuple[float, float]
) -> None:
    page = page_of(Image.new("L", (1500, 2100), 255), "tiff_lzw").having(tags)

    pdf = converted(written(tmp_path / "batch.tif", page))

    size = pypdfium2.PdfDocument(pdf)[0].get_size()
    assert [round(side / 72, 2) for side in size] == pytest.approx(inches, abs=0.01)


def test_pages_of_all_kinds_stay_in_their_order(tmp_path: Path) -> None:
    sheets = [page_of(GREY, "jpeg"), page_of(BITS, "group4"), page_of(CLEAR, "raw"), page_of(COLOUR, "tiff_lzw")]
    source = written(tmp_path / "batch.tif", *sheets, *[page.having({254: 1}) for page in sheets], order=">")

    pdf = converted(source)

    assert check_pdf(pdf) == 8
    for number, image in enumerate([GREY, BITS, None, COLOUR] * 2):
        assert image is None or np.abs(pixels_on(pdf, number) - pixels(image)).mean() < 10


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    pages = [page_of(BITS, "group4", 100), page_of(COLOUR, "jpeg", 16), page_of(CLEAR, "tiff_lzw")]
    first = converted(written(tmp_path / "one.tif", *pages))
    second = converted(written(tmp_path / "two.tif", *pages))

    assert first.read_bytes() == second.read_bytes()


def test_a_page_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    for image, compression in ((GREY, "tiff_lzw"), (COLOUR, "tiff_deflate"), (GREY, "raw"), (GREY, "jpeg")):
        stored = page_of(image, compression)
        short = TiffPage(stored.tags, [stored.strips[0][: len(stored.strips[0]) // 2]])

        error = refusal(written(tmp_path / "short.tif", page_of(BITS, "group4"), short))

        assert (error.reason.code, error.pages) == ("file.damaged", 2), compression


@pytest.mark.parametrize(
    ("page", "code"),
    [
        pytest.param(page_of(GREY, "raw").having({Tag.COMPRESSION: 6}), "file.unknown_image", id="old JPEG"),
        pytest.param(page_of(GREY, "raw").having({Tag.COMPRESSION: 34661}), "file.unknown_image", id="JBIG"),
        pytest.param(page_of(GREY, "raw").having({Tag.PHOTOMETRIC: 8}), "file.unknown_image", id="CIE Lab"),
        pytest.param(
            page_of(Image.new("F", (50, 50), 0.5), "raw"), "file.unknown_image", id="fractions instead of grey"
        ),
        pytest.param(
            page_of(BITS, "packbits").having({Tag.WIDTH: 60_000, Tag.LENGTH: 60_000, Tag.ROWS_PER_STRIP: 60_000}),
            "file.page_too_large",
            id="bomb",
        ),
        pytest.param(
            page_of(COLOUR, "tiff_lzw").having({Tag.WIDTH: 13_000, Tag.LENGTH: 13_000, Tag.ROWS_PER_STRIP: 13_000}),
            "file.page_too_large",
            id="more colour than memory",
        ),
    ],
)
def test_what_cannot_be_kept_whole_is_refused_with_its_page(tmp_path: Path, page: TiffPage, code: str) -> None:
    error = refusal(written(tmp_path / "odd.tif", page_of(BITS, "group4"), page))

    assert (error.reason.code, dict(error.reason.params), error.pages) == (code, {"page": "2"}, 2)


@pytest.mark.parametrize("tags", [{530: [2, 2]}, {}], ids=["said", "meant where nothing is said"])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
def test_pixels_that_share_colours_without_being_compressed_are_refused_and_not_called_damaged(
    tmp_path: Path, tags: dict[int, Value], order: str, big: bool
) -> None:
    full = page_of(COLOUR.convert("YCbCr"), "raw")
    halved = {tag: value for tag, value in full.tags.items() if tag != Tag.YCBCR_SUBSAMPLING}
    page = TiffPage({**halved, **tags}, [full.strips[0][: len(full.strips[0]) // 2]])

    error = refusal(written(tmp_path / "shared.tif", page, order=order, big=big))

    assert (error.reason.code, dict(error.reason.params)) == ("file.unknown_image", {"page": "1"})


@pytest.mark.parametrize(
    ("image", "compression"),
    [(BITS, "group3"), (BITS, "packbits"), (GREY, "tiff_lzw"), (COLOUR.quantize(37), "raw"), (CLEAR, "raw")],
)
def test_what_pillow_does_not_open_is_refused_with_its_page(
    tmp_path: Path, image: Image.Image, compression: str
) -> None:
    source = written(tmp_path / "big.tif", page_of(GREY, "raw"), page_of(image, compression), order=">", big=True)

    assert dict(refusal(source).reason.params) == {"page": "2"}


def test_a_page_of_2400_dpi_is_taken_over_without_being_decoded(tmp_path: Path) -> None:
    white_rows, end = b"\xff" * (28_064 // 8), b"\x00\x10\x01"
    size: dict[int, Value] = {Tag.WIDTH: 19_843, Tag.LENGTH: 28_064, Tag.ROWS_PER_STRIP: 28_064}
    huge = TiffPage(page_of(BITS, "group4").having(size).tags, [white_rows + end])

    assert check_pdf(converted(written(tmp_path / "huge.tif", huge))) == 1


def test_too_many_pages_and_too_large_a_result_are_refused(tmp_path: Path) -> None:
    source = written(tmp_path / "batch.tif", *[page_of(GREY, "tiff_lzw")] * 4)

    many = refusal(source, most_pages=3)
    assert (many.reason.code, dict(many.reason.params)) == ("file.too_many_pages", {"pages": "4", "most": "3"})
    big = refusal(source, most_bytes=50_000)
    assert big.reason.code == "file.too_big"


@pytest.mark.parametrize("limits", [Limits(seconds=0.05, memory_mb=500), Limits(seconds=20, memory_mb=60)])
def test_a_file_that_takes_too_much_is_refused(tmp_path: Path, limits: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    large = page_of(Image.effect_noise((5000, 5000), 50).convert("RGB"), "raw")
    source = written(tmp_path / "costly.tif", *[large] * 4)
    monkeypatch.setattr(tiff_files, "WORST", limits)

    assert refusal(source).reason.code == "file.too_costly"
