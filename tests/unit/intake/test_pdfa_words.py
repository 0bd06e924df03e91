"""Invisible words: found, marked and copied where they are seen, in the order they are read."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from sozialakte.intake.pages.images import open_page
from sozialakte.intake.pdfa.lines import Box, settings
from sozialakte.intake.pdfa.objects import decimal
from sozialakte.intake.pdfa.own_words import own_words
from sozialakte.intake.pdfa.words import Word, invisible
from tests.pdf_bytes import PdfBytes
from tests.pdfa_pages import DRAWN, page_of, written
from tests.pdfa_rules import broken_rules
from tests.scans import A4_POINTS

LINE = ("Grüezi", "Frau", "Müller,", "gegen", "Ende", "Jahr", "-", "ça", "va.")
TEXT = "\u00c4rztliches Zeugnis f\u00fcr Frau M\u00fcller\nIhr Termin: morgen, gegen acht Uhr\n"
Edges = tuple[float, float, float, float]


def line(top: float = 0.1) -> list[Word]:
    """Words of a line whose boxes are as high as their letters."""
    boxes = [(0.06 + 0.1 * index, text) for index, text in enumerate(LINE)]
    tops = {"gegen": 0.006, "-": 0.012}
    bottoms = {"gegen": 0.004, "Müller,": 0.003, "ça": 0.004, "-": -0.008}
    return [
        Word(text, left, top + tops.get(text, 0), left + 0.08, top + 0.02 + bottoms.get(text, 0))
        for left, text in boxes
    ]


def found(path: Path, word: str) -> Edges:
    """Where pdfium marks a word: left, top, right, bottom as shares of the page."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        layer = page.get_textpage()
        place = layer.search(word).get_next()
        assert place is not None, f"{word} is not there"
        boxes = [layer.get_charbox(index) for index in range(place[0], place[0] + place[1])]
        width, height = page.get_size()
        layer.close()
        page.close()
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left) / width, 1 - max(top) / height, max(right) / width, 1 - min(bottom) / height


def text_by_pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        text: str = document[0].get_textpage().get_text_range()
    return text


@pytest.fixture(scope="module")
def searchable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("words"), page_of("grey JPEG", points=A4_POINTS), [*line(), *line(0.2)])


def test_lines_are_read_as_lines_by_both_readers(searchable: Path) -> None:
    assert [one.split() for one in text_by_pdfium(searchable).splitlines()] == [list(LINE)] * 2
    assert [one.split() for one in PdfReader(searchable).pages[0].extract_text().splitlines()] == [list(LINE)] * 2


@pytest.mark.parametrize("word", [word for word in line() if word.text != "-"], ids=lambda word: word.text)
def test_a_word_is_marked_where_it_lies(searchable: Path, word: Word) -> None:
    left, top, right, bottom = found(searchable, word.text)
    assert (left, right) == pytest.approx((word.left, word.right), abs=0.001)
    assert top <= word.top + 0.001
    assert bottom >= word.bottom - 0.003
    assert bottom - top < 0.035


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90])
def test_words_lie_where_they_are_seen_on_turned_pages(tmp_path: Path, rotation: int, turn: int) -> None:
    extra = f"/Rotate {rotation} /CropBox [10 20 100 150]"
    path = written(tmp_path, page_of("grey JPEG", extra=extra), [Word("Zürich", 0.5, 0.7, 0.9, 0.75)], turn)
    assert found(path, "Zürich")[::2] == pytest.approx((0.5, 0.9), abs=0.002)
    assert found(path, "Zürich")[1::2] == pytest.approx((0.7, 0.76), abs=0.01)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_of_print_stay_where_they_were(tmp_path: Path, rotation: int, turn: int) -> None:
    pdf = PdfBytes()
    pdf.add_text_page(TEXT.splitlines())
    data = pdf.finish().replace(b"/Type /Page ", b"/Rotate %d /Type /Page " % rotation)
    source = tmp_path / "print.pdf"
    source.write_bytes(data_with_table(data))
    with pypdfium2.PdfDocument(source) as document, open_page(document, 1) as page:
        words = own_words(page, turn)
        image = page.render(scale=2, rotation=turn, grayscale=True).to_pil()
    assert sorted(word.text for word in words) == sorted(TEXT.split())
    assert {word.turned for word in words} == {(rotation + turn) % 360}
    path = written(tmp_path, source.read_bytes(), words, turn)
    assert sorted(PdfReader(path).pages[0].extract_text().split()) == sorted(TEXT.split())
    assert sorted(text_by_pdfium(path).split()) == sorted(TEXT.split()), "readers differ in the order of askew text"
    for word in words:
        assert found(path, word.text) == pytest.approx((word.left, word.top, word.right, word.bottom), abs=0.012)
        edges = (word.left * image.width, word.top * image.height, word.right * image.width, word.bottom * image.height)
        inside = image.crop(tuple(map(round, edges)))
        assert sum(inside.histogram()[:128]) > 0.1 * inside.width * inside.height, "ink under the word"


def data_with_table(data: bytes) -> bytes:
    """The file after a change of lengths, with its cross-reference table made anew."""
    start = data.index(b"xref\n0 ")
    offsets = [data.index(b"\n%d 0 obj" % number) + 1 for number in range(1, data[:start].count(b" 0 obj") + 1)]
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(offsets) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\n" % (size, rows, size)
    return data[:start] + head + b"startxref\n%d\n%%%%EOF\n" % start


def test_words_of_print_come_in_reading_order(tmp_path: Path) -> None:
    pdf = PdfBytes()
    pdf.add_text_page(TEXT.splitlines())
    (tmp_path / "print.pdf").write_bytes(pdf.finish())
    with pypdfium2.PdfDocument(tmp_path / "print.pdf") as document, open_page(document, 1) as page:
        words = own_words(page)
    assert [word.text for word in words] == TEXT.split()
    assert text_by_pdfium(written(tmp_path, pdf.finish(), words)).split() == TEXT.split()


def test_words_of_any_script_are_found(tmp_path: Path) -> None:
    words = ["Zürich", "Київ", "தமிழ்", "ትግርኛ", "中文", "€50", "\ufb01nden"]
    path = written(
        tmp_path, page_of("grey JPEG"), [Word(word, 0.1, 0.1 * n, 0.6, 0.1 * n + 0.05) for n, word in enumerate(words)]
    )
    assert PdfReader(path).pages[0].extract_text().split() == words
    assert [word.replace("fi", "\ufb01") for word in text_by_pdfium(path).split()] == words


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=8))
def test_any_text_gives_characters_that_the_font_has(texts: list[str]) -> None:
    content = invisible([Word(text, 0.1, 0.1, 0.4, 0.2) for text in texts], (100, 100))
    codes = b"".join(bytes.fromhex(part.split(b">")[0].decode()) for part in content.split(b"<")[1:])
    shown = codes.decode("utf-16-be")
    assert all(sign not in shown for sign in "\0\ufeff\ufffe\uffff")
    assert max(shown, default=" ") <= "\uffff"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mu\u0308ller", "Müller"),
        ("\U0001d400bc", "Abc"),
        ("\U0001f600", "\ufffd"),
        ("a\x07\u00adb", "a\u00adb"),
        ("„Łódź“ €", "„Łódź“ €"),
    ],
    ids=["composed", "mathematical", "no such character", "control", "others"],
)
def test_text_is_kept_as_far_as_16_bits_go(text: str, shown: str) -> None:
    content = invisible([Word(text, 0.1, 0.1, 0.4, 0.2)], (100, 100))
    assert content.split(b"<")[1].split(b">")[0] == shown.encode("utf-16-be").hex().encode()


@given(
    st.lists(
        st.builds(
            Word,
            st.just("wort"),
            *[st.floats(allow_nan=False, allow_infinity=False, min_value=-2, max_value=3)] * 4,
        ),
        max_size=6,
    )
)
def test_boxes_that_make_no_sense_do_no_harm(words: list[Word]) -> None:
    content = invisible(words, (595.28, 841.89))
    numbers = [float(part) for part in content.replace(b"\n", b" ").split() if part[:1].isdigit()]
    assert content.count(b"0077006f00720074") == len(words)
    assert all(abs(number) < 1e6 for number in numbers)


def test_a_word_longer_than_a_string_may_be_is_written_in_several(tmp_path: Path) -> None:
    path = written(tmp_path, page_of("grey JPEG"), [Word("x" * 20_000, 0.1, 0.1, 0.9, 0.2)])
    assert broken_rules(path.read_bytes()) == []
    assert len(PdfReader(path).pages[0].extract_text().replace("\n", "").strip()) == 20_000


@pytest.mark.parametrize(
    ("value", "written"), [(100, b"100"), (0.5, b"0.5"), (-0.00001, b"0"), (1e-9, b"0"), (-2.25, b"-2.25")]
)
def test_numbers_are_written_as_pdf_knows_them(value: float, written: bytes) -> None:
    assert decimal(value) == written


def test_a_page_without_words_has_no_text(tmp_path: Path) -> None:
    path = written(tmp_path, page_of("grey JPEG", DRAWN), [Word("\x07", 0, 0, 1, 1), Word("", 0, 0, 1, 1)])
    assert text_by_pdfium(path) == ""


def test_letters_tell_size_and_base_line() -> None:
    line = [("gegen", Box(0, 8, 9, 14.8)), ("Ende", Box(10, 10, 19, 17)), ("-", Box(20, 12, 22, 13))]
    assert [(round(one.size, 1), round(one.base, 1)) for one in settings(line)] == [(10, 10), (10, 10), (10, 10)]


def test_a_box_that_holds_more_than_its_word_keeps_its_size() -> None:
    line = [("Ende", Box(0, 10, 9, 17)), ("Jahr", Box(10, 10, 19, 17)), ("Feld", Box(20, 0, 40, 35))]
    assert [round(one.size) for one in settings(line)] == [10, 10, 50]
