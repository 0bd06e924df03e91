"""Until when a letter wants to be paid, and when it was written, for others: as the intake understands it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def letter_date(lines: Sequence[str], received_on: date) -> date | None:
    """The letter's own date, from the lines of its pages."""
    from sozialakte.intake.understanding.letter_dates import find_written_on  # noqa: PLC0415 - many patterns

    return find_written_on(lines, received_on)


def payment_deadlines(text: str, written_on: date, received_on: date) -> tuple[date, ...]:
    """The days until which a line or a paragraph wants to be paid, the earliest first."""
    from sozialakte.intake.understanding.deadlines import Duty, find_deadlines  # noqa: PLC0415 - many patterns

    found = find_deadlines(text, written_on, received_on)
    return tuple(dict.fromkeys(deadline.day for deadline in found if deadline.duty is Duty.PAYMENT))
