"""A page's own words are read as they stand, however they were drawn."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.pages.word_order import in_reading_order, text_in_lines
from sozialakte.intake.pdfa.words import Word


def line(text: str, top: float, left: float = 0.1) -> list[Word]:
    """A line of words, each a tenth of the page wide."""
    return [
        Word(word, left + 0.1 * place, top, left + 0.1 * place + 0.08, top + 0.012)
        for place, word in enumerate(text.split())
    ]


def read(*lines: list[Word], beside: list[list[Word]] | None = None) -> list[str]:
    return text_in_lines(in_reading_order([word for words in lines for word in words], beside or [])).split("\n")


HEAD, SUBJECT, BODY = line("Musterkasse Luzern", 0.05), line("Ihr Gesuch", 0.3), line("Wir bitten um Antwort", 0.4)


def test_a_letterhead_drawn_last_is_read_first() -> None:
    assert read(SUBJECT, BODY, HEAD) == ["Musterkasse Luzern", "Ihr Gesuch", "Wir bitten um Antwort"]


def test_columns_stay_whole_and_rows_too() -> None:
    left, right = [line("links", 0.5), line("unten", 0.6)], [line("rechts", 0.5, 0.6), line("hoch", 0.6, 0.6)]
    foot = line("Fuss ueber die ganze Breite des Blattes", 0.9)
    assert read(foot, *left, *right) == ["links", "unten", "rechts", "hoch", " ".join(word.text for word in foot)]
    assert read(left[0], right[0], left[1], right[1]) == ["links rechts", "unten hoch"]


def test_lines_askew_that_overlap_stay_in_the_order_of_the_layer() -> None:
    one, other = line("eins", 0.5), line("zwei", 0.508)
    assert read(one, other) == read(one) + read(other)
    assert read(other, one) == read(other) + read(one)


def test_what_stands_beside_the_layer_comes_where_it_is_seen() -> None:
    filled_in = line("Peter Huber", 0.3, 0.5)
    assert read(HEAD, SUBJECT, BODY, beside=[filled_in])[1] == "Ihr Gesuch Peter Huber"
    assert read(SUBJECT, BODY, beside=[HEAD])[0] == "Musterkasse Luzern"
    assert read(HEAD, SUBJECT, beside=[BODY])[2] == "Wir bitten um Antwort"


def test_a_page_without_words_says_nothing() -> None:
    assert in_reading_order([]) == ()
    assert text_in_lines([]) == ""
    assert in_reading_order([], [HEAD]) == tuple(HEAD)


@given(st.integers(1, 30), st.integers(0, 2**16))
def test_lines_drawn_in_any_order_are_read_from_the_top(count: int, seed: int) -> None:
    lines = [line(f"Zeile {number}", 0.03 * number) for number in range(count)]
    drawn = Random(seed).sample(lines, count)  # noqa: S311 - an order, no secret
    assert read(*drawn) == [f"Zeile {number}" for number in range(count)]


@given(st.lists(st.tuples(st.floats(0, 0.9), st.floats(0, 0.9)), max_size=20))
def test_no_word_gets_lost(places: list[tuple[float, float]]) -> None:
    words = [Word(str(at), left, top, left + 0.05, top + 0.01) for at, (left, top) in enumerate(places)]
    assert sorted(in_reading_order(words), key=lambda word: int(word.text)) == words
