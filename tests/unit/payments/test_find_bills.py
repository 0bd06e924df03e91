"""Every QR-bill on every page of a file is found, whatever the file and however worn the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import Image

from sozialakte.intake import UnreadableFileError
from sozialakte.payments import FoundBill, find_bills, write_payload
from sozialakte.shared.reasons import Reason
from tests.bill_damage import KINDS
from tests.bills import code, random_bill, sheet
from tests.payloads import payload
from tests.pdf_bytes import PdfBytes, Placed
from tests.scans import A4_POINTS, empty, jpeg, letter, with_code
from tests.tiff_bytes import TiffBytes, page_of

SHARED = Path(__file__).parents[4] / "shared"
SAMPLES, DECODED = SHARED / "samples" / "invoices", SHARED / "standards" / "qr-bill" / "payloads" / "decoded"
WITHOUT_CODE = {"invoice.pdf"}


def generated(number: int) -> str:
    return write_payload(random_bill(Random(number)))  # noqa: S311 - seeded on purpose


def pdf_of(path: Path, pages: list[Image.Image]) -> Path:
    pdf = PdfBytes()
    for page in pages:
        pdf.add_image_page(Placed(jpeg(page), page.size), A4_POINTS)
    path.write_bytes(pdf.finish())
    return path


def codes(found: tuple[FoundBill, ...]) -> list[tuple[int, bytes]]:
    return [(one.page, one.code) for one in found]


def test_a_letter_may_hold_many_bills(tmp_path: Path) -> None:
    payloads = [generated(number) for number in range(3)]
    rent = pdf_of(tmp_path / "rent.pdf", [letter("Mietzinse"), *(sheet([text]) for text in payloads), empty()])

    found = find_bills(rent)
    assert codes(found.bills) == [(page, text.encode()) for page, text in enumerate(payloads, start=2)]
    assert (found.page_count, found.unseen, found.unread) == (5, (), ())
    assert all(one.checked.valid for one in found.bills)


def test_two_bills_on_one_page_are_two_from_top_to_bottom(tmp_path: Path) -> None:
    lower, upper = generated(1), generated(2)

    found = find_bills(pdf_of(tmp_path / "two.pdf", [sheet([lower, upper])]))
    assert codes(found.bills) == [(1, upper.encode()), (1, lower.encode())]


def test_the_same_code_twice_on_a_page_is_one_bill(tmp_path: Path) -> None:
    found = find_bills(pdf_of(tmp_path / "twice.pdf", [sheet([generated(1)] * 2)]))

    assert codes(found.bills) == [(1, generated(1).encode())]


def test_other_codes_are_no_bills(tmp_path: Path) -> None:
    page = with_code(sheet([generated(1)]), "https://example.com/rechnung", at_mm=(20, 120))

    assert codes(find_bills(pdf_of(tmp_path / "link.pdf", [page])).bills) == [(1, generated(1).encode())]


def test_bytes_are_kept_as_they_are_printed(tmp_path: Path) -> None:
    crlf = payload({6: "Zürcher Šiška", 22: "Łukasz Ümit €"}, end="\r\n")
    page = sheet([])
    page.paste(code(crlf.decode()), (800, 2500))

    (bill,) = find_bills(pdf_of(tmp_path / "crlf.pdf", [page])).bills
    assert bill.code == crlf
    assert bill.bill.creditor.name == "Zürcher Šiška"


def as_png(path: Path, page: Image.Image) -> None:
    page.save(path)


def as_png_with_glass(path: Path, page: Image.Image) -> None:
    ink = page.point(lambda level: 255 - level)
    Image.merge("LA", (Image.new("L", page.size, 0), ink)).save(path)


def as_deep_png(path: Path, page: Image.Image) -> None:
    Image.fromarray(np.asarray(page).astype(np.uint16) * 257).save(path)


def as_colour_jpeg(path: Path, page: Image.Image) -> None:
    page.convert("RGB").save(path)


def as_jpeg_for_print(path: Path, page: Image.Image) -> None:
    page.convert("RGB").convert("CMYK").save(path)


def as_tiff(path: Path, page: Image.Image) -> None:
    path.write_bytes(TiffBytes().written([page_of(page.convert("1"), "group4")]))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("bill.png", as_png),
        ("glass.png", as_png_with_glass),
        ("deep.png", as_deep_png),
        ("photo.jpg", as_colour_jpeg),
        ("print.jpg", as_jpeg_for_print),
        ("fax.tif", as_tiff),
        ("NAME-TELLS-NOTHING.pdf", as_png),
    ],
)
def test_pictures_are_read_too(tmp_path: Path, name: str, write: Callable[[Path, Image.Image], None]) -> None:
    file = tmp_path / name
    write(tmp_path / "as.png" if name.endswith("pdf") else file, sheet([generated(3)]).reduce(2))
    if name.endswith("pdf"):
        (tmp_path / "as.png").rename(file)

    assert codes(find_bills(file).bills) == [(1, generated(3).encode())]


@pytest.mark.parametrize("turn", [90, 180, 270, 33])
def test_a_bill_may_lie_in_any_way(tmp_path: Path, turn: int) -> None:
    turned = sheet([generated(4)]).rotate(turn, expand=True, fillcolor=255)
    turned.reduce(2).save(tmp_path / "turned.png")

    assert codes(find_bills(tmp_path / "turned.png").bills) == [(1, generated(4).encode())]


@pytest.mark.parametrize("kind", KINDS)
def test_worn_pages_are_read(tmp_path: Path, kind: str) -> None:
    """A few; the benchmark reads a hundred of each kind."""
    damaged = [KINDS[kind](sheet([generated(number)]), np.random.default_rng(number)) for number in range(3)]
    for number, page in enumerate(damaged):
        page.save(tmp_path / f"{number}.png")

    found = [codes(find_bills(tmp_path / f"{number}.png").bills) for number in range(3)]
    assert found == [[(1, generated(number).encode())] for number in range(3)]


def test_a_code_that_nobody_can_read_is_told(tmp_path: Path) -> None:
    page = sheet([generated(5)])
    page.paste(180, (950, 2600, 1200, 2900))

    found = find_bills(pdf_of(tmp_path / "blot.pdf", [page]))
    assert (found.bills, found.unread) == ((), (1,))


def test_a_bill_beside_one_that_nobody_can_read_is_found(tmp_path: Path) -> None:
    page = sheet([generated(5), generated(6)])
    page.paste(180, (950, 2600, 1200, 2900))

    found = find_bills(pdf_of(tmp_path / "blot.pdf", [page]))
    assert (codes(found.bills), found.unread) == ([(1, generated(6).encode())], (1,))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file.empty"),
        (b"Sehr geehrte Damen und Herren", "file.unknown_type"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "file.unknown_type"),
        (b"%PDF-1.7\nno more", "file.truncated"),
        (b"\x89PNG\r\n\x1a\nnothing", "file.damaged"),
        (b"\xff\xd8\xff\xe0nothing", "file.damaged"),
        (b"II*\0\x08\0\0\0", "file.truncated"),
    ],
)
def test_a_broken_file_is_refused_with_a_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "broken").write_bytes(content)

    with pytest.raises(UnreadableFileError) as refused:
        find_bills(tmp_path / "broken")
    assert refused.value.reason.code == reason


def test_a_photo_cut_short_is_refused(tmp_path: Path) -> None:
    whole = jpeg(sheet([generated(1)]).reduce(2))
    (tmp_path / "short.jpg").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(UnreadableFileError) as refused:
        find_bills(tmp_path / "short.jpg")
    assert refused.value.reason.code == "file.damaged"


def test_a_picture_of_too_many_pixels_is_refused_unopened(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "bomb.png")

    with pytest.raises(UnreadableFileError) as refused:
        find_bills(tmp_path / "bomb.png")
    assert refused.value.reason.code in {"file.page_too_large", "file.damaged"}


def test_a_page_nobody_can_look_at_is_told_and_costs_only_itself(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.add_image_page(Placed(b"\xff\xd8\xff\xe0broken", (1654, 2339)), A4_POINTS)
    page = sheet([generated(1)])
    pdf.add_image_page(Placed(jpeg(page), page.size), A4_POINTS)
    (tmp_path / "half.pdf").write_bytes(pdf.finish())

    found = find_bills(tmp_path / "half.pdf")
    assert codes(found.bills) == [(2, generated(1).encode())]
    assert found.unseen == ((1, Reason("page.unreadable")),)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real bills are not beside the checkout")
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*")))
def test_real_bills_are_read_exactly(name: str) -> None:
    found = find_bills(SAMPLES / name)
    decoded = next(iter(DECODED.glob(f"*__{name}.txt")), None)

    assert len(found.bills) == (0 if name in WITHOUT_CODE else 1)
    assert found.unseen == ()
    if decoded:
        assert found.bills[0].code == decoded.read_bytes()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real bills are not beside the checkout")
def test_every_payload_at_hand_of_a_real_bill_was_compared() -> None:
    compared = [path for path in DECODED.glob("*.txt") if (SAMPLES / path.name.split("__")[1][:-4]).exists()]

    assert len(compared) >= 11
