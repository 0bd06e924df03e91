"""Fronts and backs come together again, page by page, or the file is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.model import UnreadableFileError
from sozialakte.intake.pages.order import PageOrder, reading_order


@pytest.mark.parametrize(
    ("order", "pages", "read"),
    [
        (PageOrder.AS_READ, 5, (1, 2, 3, 4, 5)),
        (PageOrder.FRONTS_THEN_BACKS, 6, (1, 4, 2, 5, 3, 6)),
        (PageOrder.FRONTS_THEN_BACKS_REVERSED, 6, (1, 6, 2, 5, 3, 4)),
        (PageOrder.FRONTS_THEN_BACKS_REVERSED, 2, (1, 2)),
    ],
)
def test_pages_are_read_sheet_by_sheet(order: PageOrder, pages: int, read: tuple[int, ...]) -> None:
    assert reading_order(order, pages) == read


@given(st.sampled_from(PageOrder), st.integers(1, 200))
def test_every_page_is_read_once(order: PageOrder, sheets: int) -> None:
    assert sorted(reading_order(order, sheets * 2)) == list(range(1, sheets * 2 + 1))


@pytest.mark.parametrize("order", [PageOrder.FRONTS_THEN_BACKS, PageOrder.FRONTS_THEN_BACKS_REVERSED])
def test_an_odd_number_of_pages_cannot_be_fronts_and_backs(order: PageOrder) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        reading_order(order, 7)

    assert (caught.value.reason.code, caught.value.pages) == ("file.odd_pages", 7)
