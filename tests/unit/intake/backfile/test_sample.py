"""The sample of a box is large enough, the same for everybody, and says whether the paper may go."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.backfile.sample import SamplePage, Verdict, draw, lot_id, sample_size, verdict


def pages(count: int) -> list[SamplePage]:
    return [SamplePage("SH-2019-00001", f"letter-{number // 60}", number % 60 + 1) for number in range(count)]


@given(st.integers(1, 3000))
def test_one_bad_page_in_fifty_is_missed_by_at_most_five_samples_in_a_hundred(lot: int) -> None:
    size, bad = sample_size(lot), -(-lot // 50)

    assert comb(lot - bad, size) / comb(lot, size) <= 0.05
    assert size == 0 or comb(lot - bad, size - 1) / comb(lot, size - 1) > 0.05, "and no page more than that takes"


@pytest.mark.parametrize(("lot", "size"), [(0, 0), (1, 1), (10, 10), (600, 132), (6000, 147), (800_000, 149)])
def test_the_size_hardly_grows_with_the_lot(lot: int, size: int) -> None:
    assert sample_size(lot) == size


@given(lot=st.integers(1, 400), order=st.randoms(use_true_random=False))
def test_anybody_draws_the_same_pages(lot: int, order: object) -> None:
    shuffled = pages(lot)
    order.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a Random
    drawn = draw("K-00001", 1, shuffled)

    assert drawn == draw("K-00001", 1, pages(lot))
    assert len(set(drawn)) == len(drawn) == sample_size(lot)
    assert set(drawn) <= set(pages(lot))


def test_another_box_and_another_round_give_other_pages() -> None:
    first = draw("K-00001", 1, pages(1000))

    assert first != draw("K-00001", 2, pages(1000))
    assert first != draw("K-00002", 1, pages(1000))


def test_bad_pages_come_again_until_they_are_gone() -> None:
    lot = pages(1000)
    bad = next(page for page in lot if page not in draw("K-00001", 2, lot))
    mended = [page for page in lot if page != bad]

    assert bad in draw("K-00001", 2, lot, [bad])
    assert set(draw("K-00001", 2, lot)) < set(draw("K-00001", 2, lot, [bad]))
    assert draw("K-00001", 2, mended, [bad]) == draw("K-00001", 2, mended)


def test_a_lot_is_known_by_its_dossiers_and_pages_in_whatever_order() -> None:
    lot, boxed = pages(9), ["SH-2019-00001", "SH-2019-00002"]

    assert lot_id(boxed, lot) == lot_id(boxed[::-1], lot[::-1])
    others = [(boxed[:1], lot), (boxed, lot[1:]), (boxed, [*lot, SamplePage("SH-2019-00002", "letter-0", 1)])]
    assert len({lot_id(boxed, lot), *(lot_id(*other) for other in others)}) == 4


@pytest.mark.parametrize(
    ("good", "expected"),
    [
        ({}, Verdict.OPEN),
        ({1: True, 2: True}, Verdict.OPEN),
        ({1: True, 2: True, 3: True}, Verdict.PASSED),
        ({2: False}, Verdict.FAILED),
        ({1: True, 2: False, 3: True}, Verdict.FAILED),
    ],
)
def test_every_page_must_have_been_seen_and_be_good(good: dict[int, bool], expected: Verdict) -> None:
    assert verdict(pages(3), good) is expected
