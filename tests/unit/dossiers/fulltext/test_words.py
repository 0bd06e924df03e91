"""Words meet however they are spelt, and what people type is never syntax."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sozialakte.dossiers.fulltext.words import clean, match_of

TOKENS = 'CREATE VIRTUAL TABLE pages USING fts5 (text, tokenize = "unicode61 remove_diacritics 2")'


def finds(words: str, page: str) -> bool:
    match = match_of(words)
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(TOKENS)
        database.execute("INSERT INTO pages VALUES (?)", (clean(page),))
        return bool(database.execute("SELECT 1 FROM pages WHERE pages MATCH ?", (match,)).fetchone())


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("Müller", "Frau MÜLLER wohnt"),
        ("Mueller", "Frau Müller wohnt"),
        ("Müller", "Frau Mueller wohnt"),
        ("Muller", "Frau Müller wohnt"),
        ("Muller", "Frau Mueller wohnt"),
        ("Mueller", "Frau Muller wohnt"),
        ("Müller", "Frau Muller wohnt"),
        ("Unterstützungsbudget", "das Unterstuetzungsbudget"),
        ("Unterstutzungsbudget", "das Unterstuetzungsbudget"),
        ("Müller", unicodedata.normalize("NFD", "Frau Müller wohnt")),
        (unicodedata.normalize("NFD", "Müller"), "Frau Müller wohnt"),
        ("Strasse", "in der Straße"),
        ("Straße", "in der Strasse"),
        ("GROẞ", "gross"),
        ("Löwenstraße", "Loewenstrasse 5"),
        ("Genève", "Geneve"),
        ("finanz", "die ﬁnanzielle Lage"),
        ("krank", "die Krankenkasse zahlt"),
        ("Krankenkasse", "die Kranken-\nkasse zahlt"),
        ("Krankenkasse", "die Kran\u00adkenkasse zahlt"),
        ("miete kündigung", "Die Kündigung der Miete"),
        ("756.9217.0769.85", "AHV-Nr. 756.9217.0769.85"),
        ("Art. 12", "nach Art. 12 SHG"),
        ("Müller-Meier", "Herr Müller-Meier"),
        ("«Verfügung»!", "Die Verfügung vom"),
    ],
)
def test_words_are_found_in_any_spelling(words: str, page: str) -> None:
    assert finds(words, page)


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("Miete Kündigung", "nur die Miete"),
        ("756.9217", "9217 und 756"),
        ("ja", "der Januar"),
        ("Mietzins", "Miet-\nund Nebenkosten, Zins"),
        ("Miete OR Auto", "die Miete"),
        ("Miete NOT Auto", "die Miete"),
        ("NEAR(Miete Auto)", "Miete Auto"),
        ("text:Miete", "die Miete"),
        ("Mie*e", "die Miete"),
        ("^Auto", "die Miete"),
    ],
)
def test_what_is_not_there_is_not_found_and_operators_are_words(words: str, page: str) -> None:
    assert not finds(words, page)


@pytest.mark.parametrize("words", ["", " ", "?!", '"', "***", "-", "\x00", "\ud800", "()"])
def test_where_there_is_no_word_there_is_no_search(words: str) -> None:
    assert match_of(words) is None


def test_words_of_a_line_that_ends_in_an_and_stay_two() -> None:
    assert clean("Miet-\nund Heizkosten") == "Miet- und Heizkosten"
    assert clean("SKOS-\nRichtlinien") == "SKOS- Richtlinien"


@example('" OR pages MATCH "x')
@example('a" *) OR ("b')
@example("ssaeoeue" * 25)
@given(st.text(max_size=200))
def test_any_text_is_data(words: str) -> None:
    if match_of(words) is not None:
        assert not finds(words, "qqqq")


UMLAUTS = st.sampled_from([("ä", "ae", "a"), ("ö", "oe", "o"), ("ü", "ue", "u"), ("ß", "ss", "ss")])
CONSONANTS = st.sampled_from("bdfghklmnprtz").map(lambda letter: (letter,) * 3)


@given(st.lists(st.tuples(CONSONANTS, UMLAUTS, CONSONANTS), min_size=1, max_size=4), st.data())
def test_every_way_to_write_umlauts_finds_every_other(
    syllables: list[tuple[tuple[str, ...], ...]], data: st.DataObject
) -> None:
    letters = [letter for syllable in syllables for letter in syllable]
    typed, printed = ("".join(data.draw(st.sampled_from(letter)) for letter in letters) for _ in range(2))

    assert finds(typed, f"vorher {printed} nachher")


@given(st.text(st.characters(categories=["Ll", "Lu"], max_codepoint=0x17F), min_size=1, max_size=30))
def test_a_word_finds_itself(word: str) -> None:
    assert finds(word, f"vorher {word} nachher")


@given(st.text(max_size=300))
def test_cleaned_text_has_nothing_unseen_and_stays_as_it_is(text: str) -> None:
    once = clean(text)

    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Cf"} for char in once)
    assert clean(once) == once
