"""When to try again with what stands still: soon at first, then ever more rarely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Patience:
    """Work that stands still for ``first`` is put back on its way, and again after twice, four times ... as long.

    What fails every time would otherwise fill the dead-letter queue, whose alarm has long called somebody. ``every`` is
    how often somebody looks; a look that was missed is made up for at the next doubling.
    """

    first: timedelta
    every: timedelta

    def is_over(self, since: datetime, now: datetime) -> bool:
        """Whether something that stands still ``since`` then is due at the look ``now``."""
        if not self.first:
            return True
        looks, first = (now - since) // self.every, max(self.first // self.every, 1)
        doublings, rest = divmod(looks, first)
        return rest == 0 and doublings > 0 and doublings & (doublings - 1) == 0
