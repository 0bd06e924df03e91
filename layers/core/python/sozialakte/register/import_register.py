"""Brings the feed of the case system into the register: all or nothing is valid, only what differs is written.

Rows that are missing from the feed are left alone; a dossier is closed by its status. Every write is idempotent, and
what is referred to is written first, so an import that broke off is finished by running it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sozialakte.register.csv_files import Problem, Row, read_csv
from sozialakte.register.feed_fields import Fields
from sozialakte.register.feed_rows import FEED, FeedFile, Key, references_of
from sozialakte.register.model import Person
from sozialakte.register.records import Record, item_of, key_of, person_key
from sozialakte.register.store import RegisterStore
from sozialakte.runtime.items import Item
from sozialakte.shared.reasons import Reason


class InvalidFeedError(ValueError):
    """The feed breaks rules; nothing was written."""


@dataclass
class FileReport:
    """What an import would do, or did, with one file."""

    file: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class ImportPlan:
    """What differs from the register, in the order in which it is to be written."""

    reports: tuple[FileReport, ...]
    writes: tuple[Record, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All rules broken, in order of files and lines."""
        return tuple(problem for report in self.reports for problem in report.problems)


@dataclass(frozen=True)
class _Parsed:
    """A file as far as it could be understood."""

    feed_file: FeedFile
    rows: tuple[tuple[Row, Record], ...]
    named: frozenset[Key]
    problems: tuple[Problem, ...]


def plan_import(folder: Path, register: RegisterStore, today: date) -> ImportPlan:
    """Reads and checks all files and compares them with the register. Writes nothing."""
    parsed = [_parse(folder, feed_file, today) for feed_file in FEED]
    stored = register.find_rows(_keys(parsed))
    known = frozenset(stored).union(*(part.named for part in parsed))
    reports = []
    writes: list[Record] = []
    for part in parsed:
        report, differing = _compare(part, stored)
        report.problems += [*_unknown(part, known), *_ahv_numbers_taken(part, frozenset(differing), register)]
        report.problems.sort(key=lambda problem: problem.line)
        reports.append(report)
        writes.extend(differing)
    return ImportPlan((*reports, *_stray_files(folder)), tuple(writes))


def apply_import(plan: ImportPlan, register: RegisterStore, on_written: Callable[[], None]) -> None:
    """Write what differs. Raises `InvalidFeedError` before the first write if any rule is broken."""
    if plan.problems:
        raise InvalidFeedError(f"{len(plan.problems)} problems")
    for record in plan.writes:
        register.save(record)
        on_written()


def _parse(folder: Path, feed_file: FeedFile, today: date) -> _Parsed:
    content = read_csv(folder / feed_file.name, feed_file.columns, feed_file.optional)
    rows: list[tuple[Row, Record]] = []
    problems = list(content.problems)
    first_lines: dict[Key, int] = {}
    for row in content.rows:
        fields = Fields(row)
        record = feed_file.parse(fields, today)
        problems += fields.problems
        if record is None:
            continue
        first = first_lines.setdefault(key_of(record), row.line)
        if first != row.line:
            problems.append(row.problem(feed_file.columns[0], "import.twice", line=str(first)))
        rows.append((row, record))
    named = frozenset[Key]().union(*(feed_file.named_in(row) for row in content.rows))
    return _Parsed(feed_file, tuple(rows), named, tuple(problems))


def _keys(parsed: Sequence[_Parsed]) -> Iterator[Key]:
    for part in parsed:
        for _, record in part.rows:
            yield key_of(record)
            yield from (key for _, key in references_of(record))


def _compare(part: _Parsed, stored: Mapping[Key, Item]) -> tuple[FileReport, list[Record]]:
    report = FileReport(part.feed_file.name, problems=list(part.problems))
    differing = []
    for _, record in part.rows:
        before = stored.get(key_of(record))
        if before == item_of(record):
            report.unchanged += 1
            continue
        differing.append(record)
        report.changed += before is not None
        report.new += before is None
    return report, differing


def _unknown(part: _Parsed, known: frozenset[Key]) -> Iterator[Problem]:
    for row, record in part.rows:
        for column, key in references_of(record):
            if key not in known:
                yield row.problem(column, "import.unknown_reference")


def _ahv_numbers_taken(part: _Parsed, differing: frozenset[Record], register: RegisterStore) -> Iterator[Problem]:
    """One AHV number, one person: within the file, and in the register as it will be after the import."""
    owners: dict[str, tuple[int, str]] = {}
    for row, record in part.rows:
        if not isinstance(record, Person) or record.ahv_number is None:
            continue
        line, owner = owners.setdefault(record.ahv_number, (row.line, record.person_id))
        if owner != record.person_id:
            yield row.problem("ahv_number", "import.ahv_twice", line=str(line))
        elif record in differing:
            holders = {person.person_id for person in register.find_persons_by_ahv(record.ahv_number)}
            others = holders - {record.person_id}
            if any(person_key(other) not in part.named for other in others):
                yield row.problem("ahv_number", "import.ahv_taken", person_id=min(others))


def _stray_files(folder: Path) -> Iterator[FileReport]:
    """A misspelt file must not be skipped in silence."""
    expected = {feed_file.name for feed_file in FEED}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in expected:
            yield FileReport(path.name, problems=[Problem(path.name, 0, "", Reason("import.file_unknown"))])
