"""The identifying step on a corpus it was not tuned on: enough is filed by itself, and nothing in a wrong dossier.

A part of what ``make bench`` measures on 500 letters, from the same seed.
"""

from __future__ import annotations

import pytest

from tests.corpus.measure import CorpusFigures, measure

SEED, LETTERS = 7, 120
FILED_BY_ITSELF = 0.85


@pytest.fixture(scope="module")
def figures() -> CorpusFigures:
    """What became of the letters."""
    return measure(SEED, LETTERS)


def test_no_letter_ends_in_a_wrong_dossier_or_with_a_wrong_office(figures: CorpusFigures) -> None:
    wrong = [(outcome.letter.case, outcome.reasons, outcome.letter.text) for outcome in figures.wrong]
    assert wrong == []


def test_most_letters_that_can_be_assigned_are_filed_by_the_machine(figures: CorpusFigures) -> None:
    assert figures.filed.all > LETTERS / 2
    assert figures.filed.value >= FILED_BY_ITSELF


def test_what_belongs_elsewhere_is_forwarded(figures: CorpusFigures) -> None:
    assert figures.forwarded.right
    assert figures.forwarded.value >= FILED_BY_ITSELF


def test_stated_confidence_is_no_higher_than_the_share_that_is_right(figures: CorpusFigures) -> None:
    """Of the bands in which the machine files, with room for chance in a small sample."""
    sure = [band.right for band in figures.bands if band.low >= 0.98 and band.right.all]
    assert sure
    assert all(right.value >= 0.97 for right in sure)
