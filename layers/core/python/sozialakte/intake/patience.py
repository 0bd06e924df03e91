"""When to try again with what stands still: soon at first, then more rarely, then at a steady pace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

_STEADY = 4  # times the first pause


@dataclass(frozen=True)
class Patience:
    """Work that stands still for ``first`` is put back on its way, again after twice and four times as long, and then
    every four times ``first``.

    What fails every time would otherwise fill the dead-letter queue, whose alarm has long called somebody. ``every`` is
    how often somebody looks; looks are not punctual, so each try is due for one and a half of them.
    """

    first: timedelta
    every: timedelta

    def is_over(self, since: datetime, now: datetime) -> bool:
        """Whether something that stands still ``since`` then is due at the look ``now``."""
        age = now - since
        return not self.first or any(due <= age < due + self.every * 1.5 for due in self._due_until(age))

    def _due_until(self, age: timedelta) -> Iterator[timedelta]:
        due, steady = self.first, self.first * _STEADY
        while due <= age:
            yield due
            due += min(due, steady)
