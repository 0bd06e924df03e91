"""Words found in a text, whatever a scanner took for one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.understanding.letter_text import flowing, lines_of, tidy
from sozialakte.intake.understanding.word_search import WordSearch


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Die Rechnung liegt bei.", "rechnung"),
        ("RECHNUNG", "rechnung"),
        ("Verfugung", "verfuegung"),
        ("Verfu\u00a8gung", "verfuegung"),
        ("Mahnung vom Betreibungsarnt", "betreibungsamt"),
        ("Der Zah1ungsbefehl", "zahlungsbefehl"),
        ("Betreibungskosten", "betreibung*"),
        ("Bezirksgericht", "*gericht"),
        ("Psychotherapeutin", "*therapeut*"),
        ("in der Sache KESB gegen", "kesb"),
        ("Rech nung und Zah lungsbefehl", "zahlungsbefehl"),
        ("Z A H L U N G S B E F E H L", "zahlungsbefehl"),
        ("Zahlungsbcfchl", "zahlungsbefehl"),
        ("StadtSozialeDienste", "soziale dienste"),
    ],
)
def test_a_word_is_found(text: str, entry: str) -> None:
    assert WordSearch(text).has(entry)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Abrechnung", "rechnung"),
        ("Rechnungen", "rechnung"),
        ("Behandlung", "verhandlung"),
        ("Verpflegung", "verfuegung"),
        ("Die Wohnung", "mahnung"),
        ("Gerichtskosten", "*gericht"),
        ("", "rechnung"),
    ],
)
def test_another_word_is_not(text: str, entry: str) -> None:
    assert not WordSearch(text).has(entry)


def test_a_long_text_is_searched_exactly() -> None:
    assert not WordSearch("Zahlungsbcfchl " + "und so weiter " * 40).has("zahlungsbefehl")


def test_phrases_that_mean_something_else_are_left_out() -> None:
    not_meant = ("zur verfuegung",)

    assert WordSearch("Wir stehen zur Verfügung. Die Verfügung folgt.", not_meant).has("verfuegung")
    assert not WordSearch("Wir stehen zur Verfügung.", not_meant).has("verfuegung")
    assert not WordSearch("Wir stehen zur Verfu\u00a8gung. " + "Und so weiter. " * 20, not_meant).has("verfuegung")


def test_a_text_is_tidied_before_it_is_understood() -> None:
    assert tidy("Mu\u00a8ller\u00a0 und\tM\u00a8uller\r\nA\u00ad\x00B") == "Müller und Müller\nAB"
    assert lines_of(" Eins \n\n --- \nZwei") == ("Eins", "Zwei")


def test_wrapped_lines_are_joined_and_headings_are_not() -> None:
    lines = [
        "Verfügung",
        "Wir haben den Anspruch von Herrn Muster auf Vermö-",
        "gensverwaltung geprüft bis",
        "30.11.2026.",
    ]

    assert (
        flowing(lines)
        == "Verfügung\nWir haben den Anspruch von Herrn Muster auf Vermögensverwaltung geprüft bis 30.11.2026."
    )


@given(st.text(max_size=300))
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
