"""A page that the printed count knows and nobody scanned is told of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.readings import PageReading, TextSource
from sozialakte.intake.understanding.page_gaps import find_page_gaps


def gaps(*pages: str) -> list[tuple[str, str]]:
    """The gaps of a letter whose pages end so."""
    texts = (f"Ein Satz steht hier.\n{foot}" for foot in pages)
    readings = [PageReading(at, text, TextSource.OCR) for at, text in enumerate(texts, start=1)]
    found = find_page_gaps(readings)
    assert {reason.code for reason in found} <= {"letter.page_count_gap"}
    return [(reason.params["pages"], reason.params["total"]) for reason in found]


@pytest.mark.parametrize(
    ("pages", "missing"),
    [
        (("Seite 1/3", "Seite 3/3"), ("2", "3")),
        (("Seite 1 von 5", "", "Seite 5 von 5"), ("2\u20134", "5")),
        (("Seite 1/2",), ("2", "2")),
        (("Seite 2/2",), ("1", "2")),
        (("Seite 1/4", "Seite 2/4", "Seite 1/1"), ("3\u20134", "4")),
        (("Seite 1/1", "Seite 3/9", "Seite 5/9"), ("4", "9")),
    ],
)
def test_a_gap_in_the_count_is_told(pages: tuple[str, ...], missing: tuple[str, str]) -> None:
    assert gaps(*pages) == [missing]


@pytest.mark.parametrize(
    "pages",
    [
        ("Seite 1/3", "Seite 2/3", "Seite 3/3"),
        ("Seite 1/3", "", "Seite 3/3"),
        ("", "Seite 2/2"),
        ("Seite 1/2", ""),
        ("Seite 1/2", "", "Seite 1/1"),
        ("Seite 1", "Seite 3"),
        ("Seite 1/1", "Seite 3/12"),
        ("Seite 1/2", "Seite 2/2", "Seite 1/1"),
        ("", ""),
        (),
    ],
)
def test_what_may_be_whole_is_no_gap(pages: tuple[str, ...]) -> None:
    assert gaps(*pages) == []


@given(st.integers(2, 12), st.data())
def test_whichever_page_of_a_letter_is_left_out_is_named(total: int, data: st.DataObject) -> None:
    left_out = data.draw(st.integers(1, total))
    feet = [f"Seite {number}/{total}" for number in range(1, total + 1) if number != left_out]
    assert gaps(*feet) == [(str(left_out), str(total))]
