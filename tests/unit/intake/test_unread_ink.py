"""Writing that nobody read is found: pages of it, and a single line where no signature is expected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.intake.pages.unread_ink import Piece, Unread, unread_ink
from tests.bad_scans import handwritten
from tests.scans import empty, letter, scanned, signature

PAGE = empty(200)
NOTE_AT = (25, 200)


def line(pieces: int, at: float = 100.0, first: int = 5) -> list[Piece]:
    return [Piece(at + place % 3, first + place) for place in range(pieces)]


def writing(*lines: list[Piece], closings: tuple[float, ...] = ()) -> bool:
    return Unread(tuple(sorted(piece for one in lines for piece in one))).is_writing(closings)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line(12)], True),
        ([line(8)], False),
        ([line(8), line(8, first=20)], False),
        ([line(8), line(8, at=130.0)], False),
        ([line(8, at=30.0 * row) for row in range(4)], True),
        ([], False),
    ],
)
def test_a_line_of_writing_counts_and_a_signature_does_not(lines: list[list[Piece]], expected: bool) -> None:
    assert writing(*lines) is expected


def test_where_people_sign_a_line_is_a_signature() -> None:
    assert not writing(line(14, at=120.0), closings=(100.0,))
    assert writing(line(14, at=150.0), closings=(100.0,))
    assert writing(line(14, at=90.0), closings=(100.0,))


def test_one_line_by_hand_on_a_scan_is_found_and_a_signature_is_not() -> None:
    assert unread_ink(scanned(handwritten(PAGE, 1, at_mm=NOTE_AT)), []).is_writing()
    assert not unread_ink(scanned(signature(PAGE)), []).is_writing()
    assert not unread_ink(scanned(PAGE), []).is_writing()


def test_what_was_read_is_not_left_unread() -> None:
    page = letter("Sehr geehrte Damen und Herren, wir danken für Ihren Brief", dpi=200)
    assert len(unread_ink(page, [])) > 10
    assert len(unread_ink(page, [(0, 0, *page.size)])) == 0


@given(st.lists(st.tuples(st.floats(0, 297), st.integers(0, 41)), max_size=29), st.integers(0, 29))
def test_more_writing_is_never_less(pieces: list[tuple[float, int]], fewer: int) -> None:
    every = [Piece(*piece) for piece in pieces]
    assert writing(every) >= writing(every[:fewer])
