"""Seal every UTC day that is over: close it, list its entries, write the list, then the seal.

Each step may be repeated, so a process that dies anywhere is simply followed by the next one. Days that were missed
are sealed first; a day without entries is sealed too, or a whole day could go without a trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sozialakte.audit.chain import GENESIS, DaySeal, seal_of
from sozialakte.audit.files import SealFiles
from sozialakte.audit.store import AuditStore

SETTLED_AFTER = timedelta(minutes=30)
"""A request of the last second is written within one minute; so late ones still lie on their own day."""
FIRST_LOOK_BACK = 30
"""Days within which the first run looks for the first entry ever."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SealDays:
    """The use case with what it works on."""

    store: AuditStore
    files: SealFiles
    now: datetime

    def __call__(self) -> Iterator[DaySeal]:
        """Seal day after day up to the last one that is over; each as it is done."""
        last = self.store.last_seal()
        day = last.day + ONE_DAY if last else self._first_day()
        while day <= last_day_over(self.now):
            last = self._seal(day, last.seal if last else GENESIS)
            yield last
            day += ONE_DAY

    def _seal(self, day: date, previous: str) -> DaySeal:
        self.store.close(day)
        lines = tuple(self.store.lines_of_day(day))
        seal = seal_of(day, previous, lines)
        self.files.keep(seal, lines)
        return self.store.add_seal(seal)

    def _first_day(self) -> date:
        over = last_day_over(self.now)
        days = (over - ONE_DAY * ago for ago in range(FIRST_LOOK_BACK, 0, -1))
        return next((day for day in days if self.store.first_key_of_day(day)), over)


def last_day_over(now: datetime) -> date:
    """The last UTC day that may be sealed."""
    return (now.astimezone(UTC) - SETTLED_AFTER).date() - ONE_DAY
