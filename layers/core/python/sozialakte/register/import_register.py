"""Brings the feed of the case system into the register: all or nothing is valid, only what differs is written.

Rows that are missing from the feed are left alone; a dossier is closed by its status. Every write is idempotent, and
what is referred to is written first, so an import that broke off is finished by running it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from sozialakte.register.chronicle import WrittenBeforeError
from sozialakte.register.csv_files import Problem, Row, read_csv
from sozialakte.register.edits import said_by_feed
from sozialakte.register.feed_fields import Fields
from sozialakte.register.feed_rows import FEED, VALID_FROM, FeedFile, Key, references_of, valid_from
from sozialakte.register.history import FEED as CASE_SYSTEM
from sozialakte.register.history import Edit
from sozialakte.register.model import Person
from sozialakte.register.records import Record, key_of, person_key, value_of
from sozialakte.register.runs import Run, RunKind, RunState, run_id
from sozialakte.register.store import RegisterStore
from sozialakte.register.stored_history import Stamp, fed_before, from_main_on
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
class Fed:
    """A record of the feed, since when it holds (None: today), and the row it meets."""

    record: Record
    since: date | None
    seen: Item | None

    def edit(self, row: Item | None, today: date) -> Edit | None:
        """What it changes in a row; None: nothing."""
        said = value_of(self.record)
        known = from_main_on(row) if row else ()
        return said_by_feed(known, said, fed_before(row), self.since, today)


@dataclass(frozen=True)
class ImportPlan:
    """What differs from the register on ``day``, in the order in which it is to be written.

    ``files``: SHA-256 of each file by name.
    """

    day: date
    files: Mapping[str, str]
    reports: tuple[FileReport, ...]
    writes: tuple[Fed, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All rules broken, in order of files and lines."""
        return tuple(problem for report in self.reports for problem in report.problems)

    @property
    def run_id(self) -> str:
        """The same files on the same day are the same run, wherever it breaks off."""
        content = "\n".join(f"{name} {digest}" for name, digest in sorted(self.files.items()))
        return run_id(RunKind.IMPORT, self.day, content)


@dataclass(frozen=True)
class _Parsed:
    """A file as far as it could be understood; ``is_whole``: all its lines could be read."""

    feed_file: FeedFile
    rows: tuple[tuple[Row, Record], ...]
    since: Mapping[Key, date | None]
    named: frozenset[Key]
    problems: tuple[Problem, ...]
    is_whole: bool


def plan_import(folder: Path, register: RegisterStore, today: date) -> ImportPlan:
    """Reads and checks all files and compares them with the register. Writes nothing."""
    parsed = [_parse(folder, feed_file, today) for feed_file in FEED]
    stored = register.find_rows(_keys(parsed))
    known = frozenset(stored).union(*(part.named for part in parsed))
    unread = tuple(part.feed_file.names("")[0] for part in parsed if part.feed_file.names and not part.is_whole)
    reports = []
    writes: list[Fed] = []
    for part in parsed:
        report, differing = _compare(part, stored, today)
        records = frozenset(fed.record for fed in differing)
        report.problems += [*_unknown(part, known, unread), *_ahv_numbers_taken(part, records, register)]
        report.problems.sort(key=lambda problem: problem.line)
        reports.append(report)
        writes.extend(differing)
    return ImportPlan(today, _digests(folder), (*reports, *_stray_files(folder)), tuple(writes))


def apply_import(
    plan: ImportPlan, register: RegisterStore, by: str, at: datetime, on_written: Callable[[], None]
) -> Run | None:
    """Write what differs, as a run that can be undone; None if nothing does. ``by``: who imports.

    Raises `InvalidFeedError` before the first write if any rule is broken, ``WriteConflictError``.
    """
    if plan.problems:
        raise InvalidFeedError(f"{len(plan.problems)} problems")
    if not plan.writes:
        return None
    new = Run(plan.run_id, RunState.RUNNING, at, by, files=plan.files, counts=_counts(plan))
    run = register.runs.begin(new, goes_on=frozenset({RunState.RUNNING}))
    for fed in plan.writes:
        try:
            _write(fed, plan.day, register, run)
        except WrittenBeforeError:
            # The run broke off, others changed the entry, and now it is imported again: that is a run of its own.
            register.runs.settle(run, RunState.DONE)
            run = register.runs.begin(new, goes_on=frozenset())
            _write(fed, plan.day, register, run)
        on_written()
    return register.runs.settle(run, RunState.DONE)


def _write(fed: Fed, today: date, register: RegisterStore, run: Run) -> None:
    stamp = Stamp(run.run_id, CASE_SYSTEM, run.at, today, run=True)
    register.chronicle.write(key_of(fed.record), partial(fed.edit, today=today), stamp, fed.seen)


def _counts(plan: ImportPlan) -> dict[str, int]:
    return {report.file: report.new + report.changed for report in plan.reports}


def _digests(folder: Path) -> dict[str, str]:
    found = (folder / feed_file.name for feed_file in FEED)
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in found if path.is_file()}


def _parse(folder: Path, feed_file: FeedFile, today: date) -> _Parsed:
    content = read_csv(folder / feed_file.name, feed_file.columns, feed_file.optional)
    rows: list[tuple[Row, Record]] = []
    problems = list(content.problems)
    first_lines: dict[Key, int] = {}
    since: dict[Key, date | None] = {}
    for row in content.rows:
        fields = Fields(row)
        record = feed_file.parse(fields, today)
        begins = valid_from(fields, today, may_be_planned=feed_file.may_be_planned)
        problems += fields.problems
        if record is None:
            continue
        first = first_lines.setdefault(key_of(record), row.line)
        if first != row.line:
            problems.append(row.problem(feed_file.columns[0], "import.twice", line=str(first)))
        rows.append((row, record))
        since[key_of(record)] = begins
    named = frozenset[Key]().union(*(feed_file.named_in(row) for row in content.rows))
    return _Parsed(feed_file, tuple(rows), since, named, tuple(problems), not content.problems)


def _keys(parsed: Sequence[_Parsed]) -> Iterator[Key]:
    for part in parsed:
        for _, record in part.rows:
            yield key_of(record)
            yield from (key for _, key in references_of(record))


def _compare(part: _Parsed, stored: Mapping[Key, Item], today: date) -> tuple[FileReport, list[Fed]]:
    report = FileReport(part.feed_file.name, problems=list(part.problems))
    differing = []
    for row, record in part.rows:
        fed = Fed(record, part.since[key_of(record)], stored.get(key_of(record)))
        if fed.seen is None and fed.since is not None and fed.since > today:
            report.problems.append(row.problem(VALID_FROM, "import.not_yet"))
        elif fed.edit(fed.seen, today) is None:
            report.unchanged += 1
            continue
        differing.append(fed)
        report.changed += fed.seen is not None
        report.new += fed.seen is None
    return report, differing


def _unknown(part: _Parsed, known: frozenset[Key], unread: tuple[str, ...]) -> Iterator[Problem]:
    """References to nothing. What a file may name that could not be read whole (``unread``) is not held against others:
    one mistake gives one problem.
    """
    for row, record in part.rows:
        for column, key in references_of(record):
            if key not in known and not key[0].startswith(unread):
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
