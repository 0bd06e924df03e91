"""Pages are read whatever the scanner made of them; what cannot be read is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PIL import Image, ImageDraw, ImageOps
from rapidfuzz.distance import Levenshtein

from sozialakte.intake.pages.ocr import Ocr
from sozialakte.intake.pages.recognised import text_of
from sozialakte.intake.pages.sight import PageSight, Sight, place_on_page
from tests.bad_scans import dirty, handwritten, on_paper, stamped, toned, unevenly_lit
from tests.scans import OFFICE, empty, letter, scanned, signature, typeset

TEXT = [
    "Sozialdienst der Stadt Luzern",
    "Sehr geehrte Frau Müller",
    "Wir haben Ihren Antrag vom 3. Februar 2026 erhalten und geprüft.",
    "Ihre AHV-Nummer lautet 756.9217.0769.85, Ihr Dossier SH-2024-00125.",
    "Bitte senden Sie uns die fehlenden Unterlagen innert zehn Tagen.",
    "Für Fragen steht Ihnen unser Schalter jeden Morgen offen.",
    "Freundliche Grüsse",
]


@pytest.fixture(scope="module")
def ocr() -> Iterator[Ocr]:
    with Ocr() as engine:
        yield engine


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return letter("\n".join(TEXT), dpi=200)


def see(ocr: Ocr, page: Image.Image) -> Sight:
    colour = page if page.mode == "RGB" else None
    return PageSight(ocr).see(page.convert("L"), [], lambda: colour)


def error_rate(sight: Sight) -> float:
    """Wrong characters in a hundred."""
    return 100 * Levenshtein.normalized_distance(" ".join(TEXT), " ".join(text_of(sight.read).split()))


SCANS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "office": lambda page: scanned(page, OFFICE),
    "dark": lambda page: toned(page, 15, 85),
    "very dark": lambda page: toned(page, 8, 50),
    "pale print": lambda page: toned(page, 205, 245),
    "grey paper": lambda page: toned(page, 90, 150, noise=6),
    "uneven light": unevenly_lit,
    "dirt": dirty,
    "inverted": lambda page: ImageOps.invert(toned(page, 38, 243)),
    "yellow paper": lambda page: on_paper(page, (235, 205, 90)),
    "pink paper": lambda page: on_paper(page, (250, 120, 150)),
    "upside down": lambda page: scanned(page).transpose(Image.Transpose.ROTATE_180),
    "askew and turned": lambda page: scanned(page.rotate(-7, fillcolor=255)).transpose(Image.Transpose.ROTATE_90),
}


@pytest.mark.parametrize("scan", SCANS)
def test_bad_scans_are_read_as_well_as_good_ones(ocr: Ocr, page: Image.Image, scan: str) -> None:
    sight = see(ocr, SCANS[scan](page))
    assert error_rate(sight) < 3
    assert len(sight.unread) < 20


@pytest.mark.parametrize("colour", [(40, 60, 190), (200, 40, 50), (90, 160, 90)], ids=["blue", "red", "green"])
def test_print_under_a_coloured_stamp_is_read(ocr: Ocr, page: Image.Image, colour: tuple[int, int, int]) -> None:
    text = text_of(see(ocr, stamped(page, colour)).read)
    assert "756.9217.0769.85" in text
    assert "Antrag vom 3. Februar 2026" in text


def test_print_under_a_pale_grey_stamp_is_read(ocr: Ocr, page: Image.Image) -> None:
    text = text_of(see(ocr, toned(stamped(page, (140, 140, 140)).convert("L"), 20, 243)).read)
    assert "756.9217.0769.85" in text


def test_coloured_print_is_read_too(ocr: Ocr, page: Image.Image) -> None:
    blue = Image.merge("RGB", [page, page, page.point([180 + level * 75 // 255 for level in range(256)])])
    assert error_rate(see(ocr, blue)) < 3


def test_cells_of_a_ruled_table_are_read(ocr: Ocr) -> None:
    rows = ", ".join(f"[{text}], [{number}]" for text, number in [("Miete", "1'240.00"), ("Strom", "88.35")])
    text = text_of(see(ocr, typeset(f"Ihre Rechnung\n\n#table(columns: 2, inset: 9pt, {rows})", 200)).read)
    assert "Miete" in text
    assert "88.35" in text


def test_print_in_a_form_with_upright_rules_is_read(ocr: Ocr, page: Image.Image) -> None:
    form = page.copy()
    draw = ImageDraw.Draw(form)
    for column in range(6):
        draw.line((250 + 250 * column, 600, 250 + 250 * column, 2200), fill=0, width=3)
    assert error_rate(see(ocr, scanned(form))) < 3


def test_a_page_by_hand_has_no_words_and_much_unread(ocr: Ocr) -> None:
    sight = see(ocr, scanned(handwritten(empty(200), 12)))
    assert text_of(sight.read) == ""
    assert len(sight.unread) > 100


def test_a_printed_page_with_a_note_by_hand_keeps_its_print(ocr: Ocr, page: Image.Image) -> None:
    sight = see(ocr, scanned(handwritten(page, 3, at_mm=(25, 200))))
    assert error_rate(sight) < 3
    assert sight.unread.is_writing()


def test_a_signature_is_not_writing_left_unread(ocr: Ocr, page: Image.Image) -> None:
    assert not see(ocr, scanned(signature(page))).unread.is_writing()


def test_an_empty_page_says_nothing(ocr: Ocr) -> None:
    sight = see(ocr, scanned(empty(200)))
    assert sight.read == ()
    assert len(sight.unread) == 0


def test_nothing_is_read_in_codes(ocr: Ocr, page: Image.Image) -> None:
    sight = PageSight(ocr).see(page, [(0.0, 0.0, 1.0, 1.0)], lambda: None)
    assert sight.read == ()


@pytest.mark.parametrize("skew", [-7, 0, 5])
def test_places_are_those_on_the_page_as_it_was_fed(ocr: Ocr, page: Image.Image, skew: int) -> None:
    sight = see(ocr, scanned(page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)))
    for word in (word for line in sight.read for word in line.words if len(word.text) > 5):
        left, upper, right, lower = place_on_page(word.box, sight)
        width, height = sight.shown.size
        part = sight.shown.crop((int(left * width), int(upper * height), int(right * width), int(lower * height)))
        assert sum(part.histogram()[:128]) > 0.03 * part.width * part.height
