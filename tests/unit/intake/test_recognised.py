"""What is guessed does not get into the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.pages.recognised import (
    SeenLine,
    SeenWord,
    believed,
    confidence_of,
    from_the_top,
    how_much,
    merged,
    text_of,
)


def line(text: str, *sure: float, top: int = 0, apart: bool = False) -> SeenLine:
    words = text.split()
    return SeenLine(
        tuple(
            SeenWord(word, confidence, (10 * place, top, 10 * place + 9, top + 10))
            for place, (word, confidence) in enumerate(zip(words, sure or [0.9] * len(words), strict=True))
        ),
        apart,
    )


PRINT = [line("Sehr geehrte Damen"), line("und Herren")]
GUESSED = [line("mw AR sn", 0.2, 0.4, 0.3), line("umnan wnm", 0.1, 0.5), line("Am momd", 0.3, 0.2)]


def test_print_is_believed_and_writing_by_hand_is_not() -> None:
    assert believed(PRINT) == tuple(PRINT)
    assert believed(GUESSED) == ()


def test_a_wild_guess_in_a_line_of_print_is_left_out() -> None:
    assert text_of(believed([line("Sehr xq geehrte", 0.9, 0.1, 0.9), *PRINT])) == (
        "Sehr geehrte\nSehr geehrte Damen\nund Herren"
    )


def test_a_weak_line_between_strong_ones_is_print() -> None:
    weak = line("Postfach", 0.5)
    assert weak in believed([*PRINT, weak, *PRINT])
    assert weak not in believed([*GUESSED, weak, *GUESSED])


def test_paragraphs_stand_apart() -> None:
    assert text_of([line("Betreff"), line("Sehr", apart=True), line("geehrte")]) == "Betreff\n\nSehr\ngeehrte"


def test_long_words_count_more_than_short_ones() -> None:
    assert confidence_of([line("a Dossiernummer", 0.0, 0.9)]) > 0.8
    assert confidence_of([]) == 0


def test_two_readings_are_merged_from_top_to_bottom() -> None:
    black = [line("zwei", top=30), line("vier", top=90)]
    coloured = [line("eins", top=0), line("drei", top=60), line("fuenf", top=120)]
    assert text_of(merged(black, coloured)).split() == ["eins", "zwei", "drei", "vier", "fuenf"]


def test_an_address_beside_the_text_is_read_before_it() -> None:
    sender, text, window = [line("Hotel", top=10)], [line("Guten", top=100)], [line("Stadt", top=40)]
    left, right = [line("links", top=500)], [line("rechts", top=450)]
    ordered = from_the_top([sender, text, window, left, right], height=1000)
    assert [block[0].words[0].text for block in ordered] == ["Hotel", "Stadt", "Guten", "links", "rechts"]


@given(st.lists(st.tuples(st.sampled_from(["Brief", "an", "die", "Stadt"]), st.floats(0, 1)), max_size=12))
def test_believing_never_adds_anything(words: list[tuple[str, float]]) -> None:
    lines = [line(text, sure) for text, sure in words]
    kept = [word for each in believed(lines) for word in each.words]
    everything = iter([word for each in lines for word in each.words])
    assert all(word in everything for word in kept), "kept in order"
    assert how_much(lines) <= sum(each.letters for each in lines)
