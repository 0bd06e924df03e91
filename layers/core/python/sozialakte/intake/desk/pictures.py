"""Where the pictures of a letter's pages lie. No image library here: who shows them has none."""

from __future__ import annotations

from collections.abc import Mapping

from sozialakte.intake.batch import letter_key
from sozialakte.intake.letter import Letter


def picture_key(letter: Letter, page: int) -> str:
    """Where the picture of a page (the letter's own number) lies: another place once somebody has turned it."""
    return letter_key(letter.letter_id, f"page-{page:04d}-{turns_by_page(letter).get(page, 0)}.jpg")


def turns_by_page(letter: Letter) -> Mapping[int, int]:
    """How far people turned pages of the letter."""
    return {one.page: one.clockwise for one in letter.turns}
