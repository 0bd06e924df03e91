"""Who did what with an invoice, in words."""

from __future__ import annotations

from sozialakte.payments.invoice import Act
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say


def words_of_act(act: Act) -> str:
    """What somebody did, in words."""
    return say(Reason(f"act.{act.what}"))


def words_of_person(staff_id: str) -> str:
    """A member of staff by id; the machine by its name."""
    return say(Reason("review.machine")) if staff_id == "machine" else staff_id
