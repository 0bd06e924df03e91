"""What keeps somebody from doing something with an invoice."""

from __future__ import annotations

from sozialakte.shared.reasons import Reason


class RuleBrokenError(Exception):
    """It must not be done: ``reasons`` say why, in the order in which people should hear them."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons


def require(*reasons: Reason | None) -> None:
    """Nothing of this stands against it. Raises `RuleBrokenError` with all that does."""
    against = [reason for reason in reasons if reason is not None]
    if against:
        raise RuleBrokenError(*against)
