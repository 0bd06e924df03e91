"""Pages are read once, and the words lie where they are seen."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter

from sozialakte.intake.pages.texts import read_chunk, read_pages
from sozialakte.intake.pages.worker import Limits
from sozialakte.intake.pdf.check import check_pdf
from sozialakte.intake.pdf.extract import page_stream_hashes
from sozialakte.intake.pdfa.join import join_pdfa
from sozialakte.intake.readings import TextSource
from tests.annotated import add_annotation, add_field, free_text
from tests.bad_scans import handwritten
from tests.pdf_bytes import PdfBytes, Placed
from tests.pdfa_rules import broken_rules
from tests.scans import A4_POINTS, OFFICE, empty, jpeg, letter, scan_file, scanned, signature

LINES = "Sozialdienst der Stadt Zürich\nSehr geehrte Frau Müller\nIhre AHV-Nummer lautet 756.9217.0769.85."
OWN_TEXT = ["Sehr geehrte Damen und Herren", "Ihre Rechnung vom 1. März 2026 ist noch offen, bitte zahlen Sie bald."]


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scan_file(tmp_path_factory.mktemp("scan") / "letter.pdf", [letter(LINES), empty()], OFFICE)


def word_box(path: Path, word: str, page: int = 1) -> tuple[float, float, float, float]:
    """Where a word lies on the page as seen: left, top, right, bottom as shares of its size."""
    with pypdfium2.PdfDocument(path) as document:
        opened = document[page - 1]
        layer = opened.get_textpage()
        found = layer.search(word).get_next()
        assert found is not None, f"{word} is not in the text layer"
        boxes = [layer.get_charbox(index) for index in range(found[0], found[0] + found[1])]
        edges = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        corners = [seen_place(opened, edges[0], edges[1]), seen_place(opened, edges[2], edges[3])]
        layer.close()
        opened.close()
    (x1, y1), (x2, y2) = corners
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def seen_place(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    left, bottom, right, top = page.get_bbox()
    across, down = (x - left) / (right - left), 1 - (y - bottom) / (top - bottom)
    return {0: (across, down), 90: (1 - down, across), 180: (1 - across, 1 - down), 270: (down, 1 - across)}[
        page.get_rotation()
    ]


def dark_share(path: Path, box: tuple[float, float, float, float], page: int = 1) -> float:
    """How much of the box is ink."""
    with pypdfium2.PdfDocument(path) as document:
        image: Image.Image = document[page - 1].render(scale=2, grayscale=True).to_pil()
    part = image.crop(
        (int(box[0] * image.width), int(box[1] * image.height), int(box[2] * image.width), int(box[3] * image.height))
    )
    return sum(part.histogram()[:140]) / (part.width * part.height)


def test_a_scan_is_read_in_german(scan: Path) -> None:
    texts = read_pages(scan, [1])
    assert [(text.page, text.source) for text in texts] == [(1, TextSource.OCR)]
    assert "Sehr geehrte Frau Müller" in texts[0].text
    assert "756.9217.0769.85" in texts[0].text
    assert 0.8 < texts[0].confidence <= 1


def test_reading_gives_the_texts_and_the_searchable_pages(scan: Path, tmp_path: Path) -> None:
    target = tmp_path / "searchable.pdf"
    texts = read_chunk(scan, range(1, 3), target)
    assert texts == read_pages(scan, [1, 2])
    assert texts[1].text == ""
    assert check_pdf(target) == 2
    assert page_stream_hashes(target, [1, 2])[0].images == page_stream_hashes(scan, [1])[0].images
    assert broken_rules(target.read_bytes()) == []


def test_reading_twice_gives_the_same_bytes(scan: Path, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        read_chunk(scan, [1], tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", ["", "/CropBox [40 60 595.28 841.89]"])
def test_words_lie_over_their_image(tmp_path: Path, rotation: int, crop: str) -> None:
    image = scanned(letter(LINES, dpi=200), OFFICE).rotate(rotation, expand=True)
    size = A4_POINTS if rotation in (0, 180) else (A4_POINTS[1], A4_POINTS[0])
    pdf = PdfBytes()
    pdf.add_image_page(Placed(jpeg(image), image.size), size, f"/Rotate {rotation} {crop if rotation == 0 else ''}")
    source, target = tmp_path / "scan.pdf", tmp_path / "searchable.pdf"
    source.write_bytes(pdf.finish())
    read_chunk(source, [1], target)
    for word in ("Sozialdienst", "Müller", "756.9217.0769.85"):
        left, top, right, bottom = box = word_box(target, word)
        assert (right - left) > (bottom - top), "words run along the line"
        assert dark_share(target, box) > 0.1
        assert dark_share(target, (left, bottom + 0.004, right, bottom + 0.010)) < 0.02, "the gap between the lines"


def test_the_text_of_a_printed_page_is_its_own_where_the_page_says_the_same(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.add_text_page(OWN_TEXT)
    source, target = tmp_path / "bill.pdf", tmp_path / "searchable.pdf"
    source.write_bytes(pdf.finish())
    texts = read_chunk(source, [1], target)
    assert texts[0].source is TextSource.TEXT_LAYER
    assert OWN_TEXT[1] in texts[0].text
    assert word_box(target, "Rechnung")
    assert broken_rules(target.read_bytes()) == []


def test_a_stamp_in_the_text_layer_does_not_stand_for_a_scanned_page(tmp_path: Path) -> None:
    pdf = PdfBytes()
    image = scanned(letter(LINES, dpi=200), OFFICE)
    number = pdf.add_stream(
        jpeg(image),
        f"/Subtype /Image /Width {image.width} /Height {image.height} /BitsPerComponent 8 /ColorSpace /DeviceGray"
        " /Filter /DCTDecode",
    )
    font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    content = b"q 595.28 0 0 841.89 0 0 cm /I Do Q BT 3 Tr /F 9 Tf 20 20 Td (Eingang 12.05.2026) Tj ET"
    pdf.add_page(content, A4_POINTS, f"/XObject << /I {number} 0 R >> /Font << /F {font} 0 R >>")
    source = tmp_path / "scan.pdf"
    source.write_bytes(pdf.finish())
    text = read_pages(source, [1])[0]
    assert text.source is TextSource.OCR
    assert "Frau Müller" in text.text


PRINTED = [
    "Arztzeugnis und Bericht zuhanden der Sozialen Dienste",
    *(f"Die behandelnde Person bestaetigt die Wahrheit der Angaben, Ziffer {number}." for number in range(14)),
]


def form_filled_in(tmp_path: Path, entries: str) -> Path:
    """A form as text, and what was entered as an image over it."""
    pdf = PdfBytes()
    image = letter(entries, dpi=200).crop((0, 100, 1654, 400))
    drawn = Placed(jpeg(image), image.size)
    number = pdf.add_stream(drawn.data, drawn.entries)
    font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    shown = " ".join(f"1 0 0 1 60 {600 - 20 * row} Tm ({text}) Tj" for row, text in enumerate(PRINTED))
    content = f"q 595 0 0 108 0 680 cm /I Do Q BT /F 11 Tf {shown} ET"
    pdf.add_page(content.encode(), A4_POINTS, f"/XObject << /I {number} 0 R >> /Font << /F {font} 0 R >>")
    source = tmp_path / "form.pdf"
    source.write_bytes(pdf.finish())
    return source


def test_what_was_filled_in_as_an_image_is_read_beside_the_text(tmp_path: Path) -> None:
    source, target = form_filled_in(tmp_path, "Frist innert 10 Tagen"), tmp_path / "searchable.pdf"
    (reading,) = read_chunk(source, [1], target)
    assert reading.source is TextSource.TEXT_LAYER
    assert reading.text.split("\n")[:2] == ["Frist innert 10 Tagen", PRINTED[0]]
    assert 0.9 < reading.confidence < 1
    assert not reading.unread
    assert word_box(target, "Frist")


def test_a_number_filled_in_as_an_image_is_never_lost(tmp_path: Path) -> None:
    (reading,) = read_pages(form_filled_in(tmp_path, "Peter Huber\nAHV-Nummer 756.9217.0769.85"), [1])
    assert "Peter Huber" in reading.text
    assert "756.9217.0769.85" in reading.text
    assert PRINTED[0] in reading.text


@pytest.mark.parametrize("rotate", ["", "/Rotate 90"])
def test_text_is_read_from_the_top_however_it_was_drawn(tmp_path: Path, rotate: str) -> None:
    pdf = PdfBytes()
    font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    drawn = [f"1 0 0 1 60 {700 - 20 * row} Tm ({text}) Tj" for row, text in enumerate(PRINTED)]
    content = f"BT /F 11 Tf {' '.join(drawn[::-1])} ET"
    pdf.add_page(content.encode(), A4_POINTS, f"/Font << /F {font} 0 R >>", extra=rotate)
    source = tmp_path / "drawn.pdf"
    source.write_bytes(pdf.finish())
    (reading,) = read_pages(source, [1])
    assert reading.source is TextSource.TEXT_LAYER
    assert reading.text == "\n".join(PRINTED)


@pytest.mark.parametrize("note", ["free text", "field"])
def test_what_people_put_on_a_printed_page_is_read_too(tmp_path: Path, note: str) -> None:
    pdf = PdfBytes()
    pdf.add_text_page(OWN_TEXT)
    if note == "field":
        add_field(pdf, "Anna Beispiel 756.9217.0769.85")
    else:
        add_annotation(pdf, free_text(pdf, "Anna Beispiel 756.9217.0769.85"))
    source, target = tmp_path / "form.pdf", tmp_path / "searchable.pdf"
    source.write_bytes(pdf.finish())
    (text,) = read_chunk(source, [1], target)
    assert text.source is TextSource.OCR
    assert "Anna Beispiel 756.9217.0769.85" in text.text
    assert "Sehr geehrte Damen und Herren" in text.text
    assert word_box(target, "756.9217.0769.85")


def test_a_page_nobody_can_look_at_has_no_text_and_stays(tmp_path: Path) -> None:
    pdf = PdfBytes()
    whole = jpeg(letter(LINES, dpi=200))
    pdf.add_image_page(Placed(whole[: len(whole) // 2], (1654, 2339)), A4_POINTS)
    source, target = tmp_path / "scan.pdf", tmp_path / "searchable.pdf"
    source.write_bytes(pdf.finish())
    texts = read_chunk(source, [1], target)
    assert [(text.source, text.text) for text in texts] == [(TextSource.UNREADABLE, "")]
    assert check_pdf(target) == 1


def test_chunks_join_to_the_searchable_letter(scan: Path, tmp_path: Path) -> None:
    parts = [tmp_path / "part-0.pdf", tmp_path / "part-1.pdf"]
    read_chunk(scan, range(1, 2), parts[0])
    read_chunk(scan, range(2, 3), parts[1])
    join_pdfa(parts, tmp_path / "whole.pdf", "letter")
    assert check_pdf(tmp_path / "whole.pdf") == 2
    assert word_box(tmp_path / "whole.pdf", "Sozialdienst")


def page_of(tmp_path: Path, image: Image.Image) -> Path:
    """A scan of this picture, on a sheet of its shape."""
    size = A4_POINTS if image.height > image.width else (A4_POINTS[1], A4_POINTS[0])
    pdf = PdfBytes()
    pdf.add_image_page(Placed(jpeg(image), image.size), size)
    source = tmp_path / "fed.pdf"
    source.write_bytes(pdf.finish())
    return source


MORE_LINES = "\n".join([LINES, "Wir bitten um Ihre Antwort bis zum Ende des Monats.", "Freundliche Grüsse aus dem Amt"])


@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_page_fed_the_wrong_way_is_read_and_shown_upright(tmp_path: Path, quarter: int) -> None:
    source = page_of(tmp_path, scanned(letter(MORE_LINES, dpi=200), OFFICE).rotate(quarter, expand=True))
    target = tmp_path / "searchable.pdf"
    (reading,) = read_chunk(source, [1], target)
    assert "756.9217.0769.85" in reading.text
    assert not reading.unread
    box = word_box(target, "Sozialdienst")
    assert box[0] < box[2] <= 1
    assert box[1] < 0.5, "the first line lies in the upper half"
    assert dark_share(target, box) > 0.1


@pytest.mark.parametrize("skew", [-6, 4])
def test_words_of_a_page_fed_askew_lie_where_they_are_seen(tmp_path: Path, skew: float) -> None:
    upright = scanned(letter(MORE_LINES, dpi=200), OFFICE)
    source = page_of(tmp_path, upright.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=244))
    target = tmp_path / "searchable.pdf"
    (reading,) = read_chunk(source, [1], target)
    assert "756.9217.0769.85" in reading.text
    assert dark_share(target, word_box(target, "Sozialdienst")) > 0.05


def scribbled(seed: int) -> Image.Image:
    """A page of pen strokes like handwriting that nobody can read."""
    random = Random(seed)  # noqa: S311 (a picture, no secret)
    page = Image.new("L", (1654, 2339), 244)
    draw = ImageDraw.Draw(page)
    for line in range(14):
        x, y = 160.0, 300 + 110.0 * line
        while x < 1450:
            points = [(x + 11 * step, y + random.uniform(-34, 30)) for step in range(random.randint(4, 9))]
            draw.line(points, fill=45, width=5, joint="curve")
            x = points[-1][0] + 34
    return page.filter(ImageFilter.GaussianBlur(1))


def test_what_nobody_can_read_stays_a_picture_and_is_marked(tmp_path: Path) -> None:
    source, target = page_of(tmp_path, scribbled(3)), tmp_path / "searchable.pdf"
    (reading,) = read_chunk(source, [1], target)
    assert reading.unread
    assert len(reading.text) < 40
    assert page_stream_hashes(target, [1])[0].images == page_stream_hashes(source, [1])[0].images


def test_one_line_by_hand_on_a_printed_page_is_marked(tmp_path: Path) -> None:
    printed = letter(MORE_LINES, dpi=200)
    pages = [printed, handwritten(printed, 1, at_mm=(25, 200)), signature(printed, at_mm=(25, 75))]
    readings = read_pages(scan_file(tmp_path / "scan.pdf", pages, OFFICE), [1, 2, 3])
    assert [reading.unread for reading in readings] == [False, True, False]
    assert all("756.9217.0769.85" in reading.text for reading in readings)


NUMBER = "756.1234.5678.97"
HIDDEN = {
    "invisible": f"3 Tr 1 0 0 1 60 200 Tm ({NUMBER}) Tj",
    "white": f"1 g 1 0 0 1 60 200 Tm ({NUMBER}) Tj",
    "tiny": f"/F 0.5 Tf 1 0 0 1 60 200 Tm ({NUMBER}) Tj",
    "beside the page": f"1 0 0 1 700 200 Tm ({NUMBER}) Tj",
    "covered": f"1 0 0 1 60 200 Tm ({NUMBER}) Tj ET 0.9 g 40 180 300 60 re f BT",
    "over other words": f"3 Tr 1 0 0 1 60 760 Tm ({NUMBER}) Tj",
    "clipped": f"ET q 0 0 10 10 re W n BT /F 12 Tf 1 0 0 1 60 200 Tm ({NUMBER}) Tj ET Q BT",
}


def with_hidden_text(tmp_path: Path, hidden: str) -> Path:
    """A printed page on which more stands than is to be seen."""
    pdf = PdfBytes()
    font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    shown = " ".join(f"1 0 0 1 60 {760 - 20 * row} Tm ({line}) Tj" for row, line in enumerate(OWN_TEXT * 3))
    content = f"BT /F 12 Tf {shown} {hidden} ET".replace("ä", "ae")
    pdf.add_page(content.encode("latin-1"), A4_POINTS, f"/Font << /F {font} 0 R >>")
    source = tmp_path / "hidden.pdf"
    source.write_bytes(pdf.finish())
    return source


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_text_does_not_get_into_the_reading(tmp_path: Path, how: str) -> None:
    target = tmp_path / "searchable.pdf"
    (reading,) = read_chunk(with_hidden_text(tmp_path, HIDDEN[how]), [1], target)
    assert NUMBER not in reading.text
    assert "Sehr geehrte Damen und Herren" in reading.text
    assert how == "beside the page" or [note.code for note in reading.notes] == ["note.text_layer_disagrees"]
    with pypdfium2.PdfDocument(target) as document:
        assert NUMBER not in document[0].get_textpage().get_text_range()


def test_a_page_beyond_the_limits_costs_only_itself(scan: Path, tmp_path: Path) -> None:
    target = tmp_path / "searchable.pdf"
    readings = read_chunk(scan, [1, 2], target, limits=Limits(seconds=0.2, memory_mb=1200))
    assert [(reading.source, reading.unread) for reading in readings] == [(TextSource.UNREADABLE, True)] * 2
    assert [[note.code for note in reading.notes] for reading in readings] == [["page.too_costly"]] * 2
    assert check_pdf(target) == 2
