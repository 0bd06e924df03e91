"""Page images show what a person sees, within limits of memory."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageOps, ImageStat

from sozialakte.intake.pages.images import (
    PageImageError,
    all_images_decode,
    code_image,
    fine_code_image,
    open_document,
    open_page,
    reading_image,
)
from sozialakte.intake.pages.parts import is_scan
from tests.pdf_bytes import PdfBytes, Placed
from tests.scans import A4_POINTS, empty, jpeg

CORNERS = {"upper left": 0, "upper right": 9, "lower right": 99, "lower left": 90}
"""Where the corner lies in the bytes of the image shrunk to 10 x 10."""


def marked_page(dpi: int = 300) -> Image.Image:
    """A page with a black square in its upper left corner."""
    page = empty(dpi)
    ImageDraw.Draw(page).rectangle((0, 0, page.width // 4, page.height // 5), fill=0)
    return page


def darkest_corner(image: Image.Image) -> str:
    small = image.resize((10, 10), Image.Resampling.BOX).tobytes()
    return min(CORNERS, key=lambda name: small[CORNERS[name]])


def one_page(path: Path, image: Placed, extra: str = "") -> Path:
    pdf = PdfBytes()
    pdf.add_image_page(image, A4_POINTS, extra)
    path.write_bytes(pdf.finish())
    return path


def scan_of(page: Image.Image, colour_space: str = "DeviceGray", extra: str = "") -> Placed:
    return Placed(jpeg(page), page.size, colour_space=colour_space, extra=extra)


def test_a_300_dpi_scan_is_decoded_at_half_scale(tmp_path: Path) -> None:
    path = one_page(tmp_path / "scan.pdf", scan_of(marked_page()))
    with open_document(path) as document, open_page(document, 1) as page:
        assert is_scan(page)
        assert code_image(page).size == (1240, 1754)
        assert fine_code_image(page).size == (2480, 3508)
        assert max(reading_image(page).size) == 2338


def test_a_200_dpi_scan_keeps_its_resolution(tmp_path: Path) -> None:
    path = one_page(tmp_path / "scan.pdf", scan_of(marked_page(200)))
    with open_document(path) as document, open_page(document, 1) as page:
        assert code_image(page).size == reading_image(page).size == (1654, 2339)


@pytest.mark.parametrize(
    ("rotation", "corner"), [(0, "upper left"), (90, "upper right"), (180, "lower right"), (270, "lower left")]
)
def test_a_turned_page_is_seen_as_readers_see_it(tmp_path: Path, rotation: int, corner: str) -> None:
    path = one_page(tmp_path / "scan.pdf", scan_of(marked_page()), f"/Rotate {rotation}")
    with open_document(path) as document, open_page(document, 1) as page:
        for image in (code_image(page), reading_image(page)):
            assert darkest_corner(image) == corner
            assert (image.width < image.height) == (rotation in (0, 180))


def test_the_image_taken_from_the_file_is_the_page_as_rendered(tmp_path: Path) -> None:
    path = one_page(tmp_path / "scan.pdf", scan_of(marked_page(200)))
    with open_document(path) as document, open_page(document, 1) as page:
        taken = reading_image(page)
        rendered = page.render(scale=200 / 72, grayscale=True).to_pil().resize(taken.size)
    assert ImageStat.Stat(ImageChops.difference(taken, rendered)).mean[0] < 2


def test_an_inverted_image_is_seen_as_painted(tmp_path: Path) -> None:
    inverted = ImageOps.invert(marked_page())
    path = one_page(tmp_path / "scan.pdf", scan_of(inverted, extra="/Decode [1 0]"))
    with open_document(path) as document, open_page(document, 1) as page:
        assert darkest_corner(code_image(page)) == "upper left"


def test_an_image_painted_transparent_is_seen_as_painted(tmp_path: Path) -> None:
    pdf = PdfBytes()
    grey = scan_of(Image.new("L", (1654, 2339), 110))
    entries = "/Subtype /Image /Width 1654 /Height 2339 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode"
    image = pdf.add_stream(grey.data, entries)
    resources = f"/XObject << /I {image} 0 R >> /ExtGState << /G << /ca 0.1 >> >>"
    pdf.add_page(b"/G gs 595.28 0 0 841.89 0 0 cm /I Do", A4_POINTS, resources)
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf.finish())
    with open_document(path) as document, open_page(document, 1) as page:
        assert ImageStat.Stat(code_image(page)).mean[0] > 220


@pytest.mark.parametrize(
    ("mode", "extra"), [("RGB", ""), ("CMYK", "/Decode [1 0 1 0 1 0 1 0]")], ids=["RGB", "CMYK as Adobe writes it"]
)
def test_a_coloured_scan_is_seen_in_grey(tmp_path: Path, mode: str, extra: str) -> None:
    page_image = marked_page(200).convert(mode)
    target = io.BytesIO()
    page_image.save(target, "JPEG")
    image = Placed(target.getvalue(), page_image.size, colour_space=f"Device{mode}", extra=extra)
    path = one_page(tmp_path / "scan.pdf", image)
    with open_document(path) as document, open_page(document, 1) as page:
        seen = code_image(page)
    assert seen.mode == "L"
    assert darkest_corner(seen) == "upper left"


def test_a_bitonal_fax_scan_is_rendered(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    marked_page(200).convert("1").save(path, "PDF", resolution=200)
    assert b"CCITTFax" in path.read_bytes()
    with open_document(path) as document, open_page(document, 1) as page:
        assert darkest_corner(code_image(page)) == "upper left"


def test_a_scan_with_a_digital_stamp_is_rendered_with_it(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.add_image_page(scan_of(empty(200)), A4_POINTS)
    stamp = pdf.add_stream(b"0 g 400 700 150 100 re f")
    page_number = pdf.kids[0]
    body = pdf.objects[page_number]
    old = body.split(b"/Contents ")[1].split(b" 0 R")[0]
    pdf.objects[page_number] = body.replace(b"/Contents %s 0 R" % old, b"/Contents [%s 0 R %d 0 R]" % (old, stamp))
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf.finish())
    with open_document(path) as document, open_page(document, 1) as page:
        assert not is_scan(page)
        assert darkest_corner(code_image(page)) == "upper right"


def test_a_page_without_an_image_is_rendered(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.add_page(b"", A4_POINTS)
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf.finish())
    with open_document(path) as document, open_page(document, 1) as page:
        assert not is_scan(page)
        assert ImageStat.Stat(code_image(page)).mean[0] == 255


def test_a_cut_off_image_makes_the_page_unreadable(tmp_path: Path) -> None:
    whole = scan_of(marked_page(200))
    path = one_page(tmp_path / "scan.pdf", Placed(whole.data[: len(whole.data) // 2], whole.size))
    with (
        open_document(path) as document,
        open_page(document, 1) as page,
        pytest.raises(PageImageError, match=r"page\.unreadable"),
    ):
        code_image(page)


def test_a_jpeg_with_hardly_any_data_is_not_filled_with_paper(tmp_path: Path) -> None:
    data = jpeg(empty(200))
    cut_short = data[: data.index(b"\xff\xda") + 40] + b"\xff\xd9"
    path = one_page(tmp_path / "scan.pdf", Placed(cut_short, empty(200).size))
    with (
        open_document(path) as document,
        open_page(document, 1) as page,
        pytest.raises(PageImageError, match=r"page\.unreadable"),
    ):
        code_image(page)


def test_a_scan_of_2400_dpi_is_looked_at_at_an_eighth(tmp_path: Path) -> None:
    path = one_page(tmp_path / "scan.pdf", scan_of(marked_page(2400)))
    with open_document(path) as document, open_page(document, 1) as page:
        image = code_image(page)
        assert image.size == (2481, 3508)
        assert darkest_corner(image) == "upper left"
        assert fine_code_image(page).size == (4961, 7016)


def test_a_sheet_whose_size_is_given_in_other_units_is_large_enough_to_see(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.add_page(b"0 g 0 8 4 3.69 re f", (8.27, 11.69), extra="/UserUnit 72")
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf.finish())
    with open_document(path) as document, open_page(document, 1) as page:
        image = code_image(page)
        assert max(image.size) >= 1700
        assert darkest_corner(image) == "upper left"


def test_an_image_that_cannot_be_decoded_is_noticed(tmp_path: Path) -> None:
    path = one_page(tmp_path / "scan.pdf", Placed(b"no JPEG 2000", (1654, 2339), filter_name="JPXDecode"))
    with open_document(path) as document, open_page(document, 1) as page:
        assert not all_images_decode(page)


@pytest.mark.parametrize(("filter_name", "code"), [("DCTDecode", "page.unreadable"), ("FlateDecode", "page.too_large")])
def test_a_decompression_bomb_is_named_and_not_unpacked(tmp_path: Path, filter_name: str, code: str) -> None:
    data = bytearray(jpeg(empty(20)))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = b"\xfd\xe8\xfd\xe8"  # 65000 x 65000
    path = one_page(tmp_path / "scan.pdf", Placed(bytes(data), (65000, 65000), filter_name=filter_name))
    with (
        open_document(path) as document,
        open_page(document, 1) as page,
        pytest.raises(PageImageError, match=code),
    ):
        code_image(page)


def test_a_sheet_of_any_size_gives_a_bounded_image(tmp_path: Path) -> None:
    pdf = PdfBytes()
    for size in ((14400, 14400), (1, 14400), (3, 3)):
        pdf.add_page(b"0 g 0 0 1 1 re f", size)
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf.finish())
    with open_document(path) as document:
        for number in (1, 2, 3):
            with open_page(document, number) as page:
                image = code_image(page)
                assert image.width * image.height < 25_000_000
