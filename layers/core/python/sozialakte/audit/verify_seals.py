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
        """Every day from the first seal in question on, in order; a day that should have a seal too, and one before
        the first seal that has an entry."""
        written = self._written()
        before = next(self.store.seals(self.first - _ONE_DAY, self.first - _ONE_DAY), None)
        expected = self.first if before else self._first_sealed(written)
        yield from self._forged_before(expected or self.first)
        for seal in self.store.seals(self.first, self.last):
            yield from _missing(expected or seal.day, seal.day)
            yield DayChecked(seal.day, seal.count, self._fault(seal, before, written[seal.day]))
            before, expected = seal, seal.day + _ONE_DAY
        yield from _missing(expected or self.last, self.last + _ONE_DAY)

    def _first_sealed(self, written: dict[date, list[str]]) -> date | None:
        """The day that has, or by its list must have, the first seal; None if there is neither."""
        sealed = next(self.store.seals(self.first, self.last), None)
        return min({*written, *([sealed.day] if sealed else [])}, default=None)

    def _forged_before(self, sealed: date) -> Iterator[DayChecked]:
        """The days in question before the first seal that have an entry: whoever wrote it, it was not there then."""
        for ahead in range((sealed - self.first).days):
            day = self.first + _ONE_DAY * ahead
            key = self.store.first_key_of_day(day)
            if key is not None:
                yield DayChecked(day, 0, Fault("audit.inserted", day, key))

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
