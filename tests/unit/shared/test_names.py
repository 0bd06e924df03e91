"""Names fold to one form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.shared.names import fold, foldings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "MUELLER"),
        ("Weiß", "Weiss"),
        ("Jäggi-Lüthi", "jaeggi luethi"),
        ("D'Angelo", "d angelo"),
        ("Nuñez", "Nunez"),
        ("Łukasz", "Lukasz"),
        ("Šarić", "saric"),
        ("Zoë", "Zoe"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_scan_without_dots_is_covered_by_the_second_folding() -> None:
    assert foldings("Müller")[1] == foldings("Muller")[1]


def test_different_names_stay_different() -> None:
    assert fold("Meier") != fold("Meyer")


@given(st.text(max_size=40))
def test_folding_is_stable_in_every_unicode_form(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
