"""Reading is judged by characters, wherever on the page a reader puts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.error_rate import error_rate, page_errors

PAGE = "Stadtwerke Rottal\nEnergie und Wasser\nStadt Luzern\nRechnung Nr. 3976424\nZahlbar bis 06.12.2026."
LINES = PAGE.splitlines()


def test_what_was_read_rightly_has_no_errors() -> None:
    assert page_errors(PAGE, PAGE) == 0


@given(st.permutations(LINES))
def test_the_order_of_the_parts_does_not_count(lines: list[str]) -> None:
    assert page_errors(PAGE, "\n\n".join(lines)) == 0


def test_how_lines_are_broken_does_not_count() -> None:
    assert page_errors(PAGE, PAGE.replace("\n", " ").replace(" bis ", "\nbis\n\n")) == 0


@pytest.mark.parametrize(
    ("read", "errors"),
    [
        (PAGE.replace("Wasser", "Wa55er"), 2),
        (PAGE.replace("Energie", "Energe"), 1),
        (PAGE.replace("Stadt Luzern\n", ""), len("Stadt Luzern")),
        (PAGE + "\n| | |", 3),  # what is not there
        ("", sum(map(len, LINES))),
    ],
)
def test_each_wrong_character_counts_once(read: str, errors: int) -> None:
    assert page_errors(PAGE, read) == errors


def test_a_line_read_twice_is_one_too_many() -> None:
    assert page_errors(PAGE, f"{PAGE}\nStadt Luzern") == len("StadtLuzern")


def test_a_misread_line_takes_nothing_from_one_that_was_read_rightly() -> None:
    truth = "Stadtwerke Rottal AG\nStadtwerke Rottal"

    assert page_errors(truth, "Stadtwerke Rottal\nStodtwcrke Rottol AG") == 3


def test_dots_to_write_on_are_no_text() -> None:
    assert page_errors("Ort und Datum: ..............", "Ort und Datum:") == 0


def test_a_hyphen_at_the_end_of_a_line_is_one() -> None:
    assert page_errors("Prämien\x02\nausstand", "Prämien-\nausstand") == 0


def test_the_rate_is_errors_per_character_of_all_pages() -> None:
    assert error_rate(["abcdefgh", "ijklmnop"], ["abcdefgX", "ijklmnop"]) == pytest.approx(1 / 16)


def test_a_page_that_is_missing_is_not_overlooked() -> None:
    with pytest.raises(ValueError, match="shorter"):
        error_rate(["a", "b"], ["a"])
