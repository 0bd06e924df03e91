"""A page's own text is worth what is to be seen of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.pages.text_agreement import Verdict, agreement, says_something
from sozialakte.intake.pages.word_order import text_in_lines
from sozialakte.intake.pdfa.words import Word

LETTER = [
    "Sozialdienst der Stadt Luzern",
    "Sehr geehrte Frau Müller",
    "Ihre AHV-Nummer lautet 756.9217.0769.85 und Sie wohnen in Luzern",
    "Bitte senden Sie uns die fehlenden Unterlagen innert zehn Tagen",
]


def words(lines: list[str], top: float = 0.1) -> list[Word]:
    """The lines as words, three per cent of the page apart."""
    found = []
    for row, text in enumerate(lines):
        for place, word in enumerate(text.split()):
            upper = top + 0.03 * row
            found.append(Word(word, 0.05 + 0.08 * place, upper, 0.12 + 0.08 * place, upper + 0.012))
    return found


def test_a_layer_that_says_what_is_seen_stands() -> None:
    misread = words([text.replace("ü", "u").replace("S", "5") for text in LETTER])
    found = agreement(words(LETTER), misread)
    assert found.verdict is Verdict.STANDS
    assert text_in_lines(found.seen) == "\n".join(LETTER)


def test_a_number_that_nobody_sees_contradicts() -> None:
    hidden = Word("756.1234.5678.97", 0.1, 0.9, 0.3, 0.912)
    assert agreement([*words(LETTER), hidden], words(LETTER)).verdict is Verdict.CONTRADICTS


def test_a_number_laid_over_another_one_contradicts() -> None:
    own = words([text.replace("756.9217.0769.85", "756.4433.2211.09") for text in LETTER])
    assert agreement(own, words(LETTER)).verdict is Verdict.CONTRADICTS


def test_one_digit_misread_does_not() -> None:
    seen = words([text.replace("756.9217", "756.9211") for text in LETTER])
    assert agreement(words(LETTER), seen).verdict is Verdict.STANDS


def test_a_hidden_name_is_left_out() -> None:
    own = [*words(LETTER * 2), Word("Hans", 0.1, 0.9, 0.2, 0.912)]
    found = agreement(own, words(LETTER * 2))
    assert found.verdict is Verdict.STANDS
    assert [word.text for word in found.unseen] == ["Hans"]
    assert "Hans" not in text_in_lines(found.seen)


def test_a_layer_of_another_page_contradicts() -> None:
    other = words(["Rechnung des Spitals vom Vormonat", "Betrag zahlbar bis Monatsende", "Mit bestem Dank"])
    assert agreement(other, words(LETTER)).verdict is Verdict.CONTRADICTS


def test_a_layer_shifted_by_lines_contradicts() -> None:
    assert agreement(words(LETTER, top=0.115), words(LETTER)).verdict is Verdict.CONTRADICTS


def test_a_layer_of_the_letterhead_is_incomplete() -> None:
    assert agreement(words(LETTER[:1]), words(LETTER)).verdict is Verdict.INCOMPLETE


def test_a_number_beside_the_layer_makes_it_incomplete() -> None:
    filled_in = Word("756.9217.0769.85", 0.1, 0.9, 0.3, 0.912)
    assert agreement(words(LETTER * 4), [*words(LETTER * 4), filled_in]).verdict is Verdict.INCOMPLETE


def test_a_few_words_beside_the_layer_do_not() -> None:
    stamp = Word("Eingegangen", 0.1, 0.9, 0.3, 0.912)
    assert agreement(words(LETTER), [*words(LETTER), stamp]).verdict is Verdict.STANDS


def test_a_speck_says_nothing_and_an_amount_does() -> None:
    assert not says_something(["l", "Ii", "7", "-.,"])
    assert says_something(["l", "10"])
    assert says_something(["Ort"])


def test_an_empty_layer_is_incomplete() -> None:
    assert agreement([], words(LETTER)).verdict is Verdict.INCOMPLETE


@given(st.lists(st.sampled_from(LETTER), min_size=1, max_size=12))
def test_every_layer_agrees_with_itself(lines: list[str]) -> None:
    found = agreement(words(lines), words(lines))
    assert found.verdict is Verdict.STANDS
    assert found.unseen == ()
