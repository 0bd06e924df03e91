"""Check the sealed days: the chain of seals, the lists in S3 they stand for, and every entry against its list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sozialakte.audit.chain import GENESIS, DaySeal, Fault, fault_of_entries, fault_of_seal
from sozialakte.audit.files import SealFiles
from sozialakte.audit.store import AuditStore

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DayChecked:
    """A day with the first thing that is wrong, if any; ``count`` entries were sealed on it."""

    day: date
    count: int
    fault: Fault | None


@dataclass(frozen=True)
class VerifySeals:
    """The use case with what it works on. Both days included; ``last`` must be one that should be sealed by now."""

    store: AuditStore
    files: SealFiles
    first: date
    last: date

    def __call__(self) -> Iterator[DayChecked]:
        """Every day from the first seal in question on, in order; a day that should have a seal too."""
        written = self._written()
        before = next(self.store.seals(self.first - _ONE_DAY, self.first - _ONE_DAY), None)
        expected = self._expected_first(before, written)
        for seal in self.store.seals(self.first, self.last):
            yield from _missing(expected or seal.day, seal.day)
            yield DayChecked(seal.day, seal.count, self._fault(seal, before, written[seal.day]))
            before, expected = seal, seal.day + _ONE_DAY
        yield from _missing(expected or self.last, self.last + _ONE_DAY)

    def _expected_first(self, before: DaySeal | None, written: dict[date, list[str]]) -> date | None:
        """The day that must have the first seal; None if nothing says so."""
        return self.first if before else min(written, default=None)

    def _fault(self, seal: DaySeal, before: DaySeal | None, heads: list[str]) -> Fault | None:
        if before is None and seal.previous != GENESIS:
            return Fault("audit.seal_missing", seal.day - _ONE_DAY)
        listed = self.files.find_lines(seal)
        fault = fault_of_seal(seal, before, listed)
        if fault or listed is None:
            return fault
        if any(head != seal.head for head in heads):
            return Fault("audit.sealed_twice", seal.day)
        return fault_of_entries(seal.day, listed, self.store.lines_of_day(seal.day))

    def _written(self) -> dict[date, list[str]]:
        written: dict[date, list[str]] = defaultdict(list)
        for day, head in self.files.days(self.first, self.last):
            written[day].append(head)
        return written


def _missing(expected: date, found: date) -> Iterator[DayChecked]:
    """The days from the expected one up to the one found, that one not included."""
    for ahead in range((found - expected).days):
        day = expected + _ONE_DAY * ahead
        yield DayChecked(day, 0, Fault("audit.seal_missing", day))
