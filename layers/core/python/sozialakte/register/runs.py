"""Runs: imports and take-overs of case loads, what became of each, and what it wrote.

| access pattern | how | reads |
|---|---|---|
| run by id | get pk=runs#<kind> sk=<id> | 1 |
| runs of a kind, newest first | query pk=runs#<kind> | 1 |
| take-overs from or to somebody | query pk=staff#<id> sk begins handover#, then batch get | 2 |
| what a run wrote, to be undone | query pk=run#<id> | 1 |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from sozialakte.register.run_notes import notes_of
from sozialakte.runtime.dynamo import (
    NEW,
    Attr,
    Change,
    ConditionFailedError,
    Item,
    Key,
    Part,
    Put,
    Query,
    Table,
    transact,
)
from sozialakte.runtime.items import MalformedItemError, number, text

_HANDOVER = "handover#"
_LISTED = 50


class RunKind(StrEnum):
    """What a run is; its id begins with it."""

    IMPORT = "import"
    HANDOVER = "handover"


class RunState(StrEnum):
    """``RUNNING``: going on, or broken off and to be run again; so is ``UNDOING``.

    ``PARTLY_UNDONE``: what others have changed since was left as it is.
    """

    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    PARTLY_UNDONE = "partly_undone"


@dataclass(frozen=True)
class HandOver:
    """A member of staff takes over all dossiers of another one from ``day`` on."""

    from_staff: str
    to_staff: str
    day: date
    reason: str


@dataclass(frozen=True)
class Run:
    """A run. ``files``: SHA-256 by name, ``counts``: entries it changes, by file or ``dossiers``."""

    run_id: str
    state: RunState
    at: datetime
    by: str
    files: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    handover: HandOver | None = None


class UnknownRunError(LookupError):
    """No run has this id."""


def run_id(kind: RunKind, day: date, content: str) -> str:
    """The id of the first run with this content on this day."""
    return f"{kind}-{day.isoformat()}-{sha256(content.encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class Runs:
    """The runs in the register's table."""

    table: Table

    def begin(self, run: Run, *, goes_on: frozenset[RunState]) -> Run:
        """The run, new; or the one that began before, in one of these states. After any other the next one begins."""
        attempt, wanted = 1, run
        while True:
            try:
                transact([*self._parts(wanted)])
            except ConditionFailedError as error:
                if error.existing is None:  # the notices are written with the run
                    raise
                existing = _run(error.existing)
                if existing.state in goes_on:
                    return existing
                attempt += 1
                wanted = replace(run, run_id=f"{run.run_id}-{attempt}")
            else:
                return wanted

    def find(self, run_id: str) -> Run:
        """The run. Raises `UnknownRunError`."""
        row = self.table.get(*_key(run_id), consistent=True)
        if row is None:
            raise UnknownRunError(run_id)
        return _run(row)

    def settle(self, run: Run, state: RunState, counts: Mapping[str, int] | None = None) -> Run:
        """The run in its new state; as it is if it is being undone meanwhile and the run itself goes on or ends."""
        change = Change(assign={"state": state.value} | ({"counts": dict(counts)} if counts else {}))
        goes_on = state in {RunState.RUNNING, RunState.DONE}
        when = Attr("state").eq(run.state.value) if goes_on else Attr("state").exists()
        try:
            return _run(self.table.update(*_key(run.run_id), change, when=when))
        except ConditionFailedError:
            return self.find(run.run_id)

    def newest(self, kind: RunKind) -> tuple[Run, ...]:
        """The last runs, newest first."""
        page = self.table.query_page(Query(Key("pk").eq(f"runs#{kind}"), newest_first=True), limit=_LISTED)
        return tuple(map(_run, page.items))

    def handovers_of(self, staff_id: str) -> tuple[Run, ...]:
        """The last take-overs from or to the member of staff, newest first."""
        where = Key("pk").eq(f"staff#{staff_id}") & Key("sk").begins_with(_HANDOVER)
        page = self.table.query_page(Query(where, newest_first=True), limit=_LISTED)
        keys = [_key(text(notice, "sk").removeprefix(_HANDOVER)) for notice in page.items]
        return tuple(sorted(map(_run, self.table.get_many(keys)), key=lambda run: run.run_id, reverse=True))

    def notes(self, run_id: str) -> Iterator[Item]:
        """What the run wrote, entry by entry."""
        return self.table.query(Query(Key("pk").eq(notes_of(run_id)), consistent=True))

    def _parts(self, run: Run) -> Iterator[Part]:
        yield Put(self.table.name, _row(run), NEW)
        for staff_id in (run.handover.from_staff, run.handover.to_staff) if run.handover else ():
            yield Put(self.table.name, {"pk": f"staff#{staff_id}", "sk": f"{_HANDOVER}{run.run_id}"})


def _key(run_id: str) -> tuple[str, str]:
    return f"runs#{run_id.partition('-')[0]}", run_id


def _row(run: Run) -> Item:
    pk, sk = _key(run.run_id)
    row: Item = {"pk": pk, "sk": sk, "state": run.state.value, "at": run.at.isoformat(), "by": run.by}
    row |= {"files": dict(run.files), "counts": dict(run.counts)}
    return row | ({"handover": asdict(run.handover) | {"day": run.handover.day.isoformat()}} if run.handover else {})


def _run(row: Item) -> Run:
    files, counts, handover = (row.get(name, {}) for name in ("files", "counts", "handover"))
    if not isinstance(files, dict) or not isinstance(counts, dict) or not isinstance(handover, dict):
        raise MalformedItemError("a run without its maps")
    return Run(
        run_id=text(row, "sk"),
        state=RunState(text(row, "state")),
        at=datetime.fromisoformat(text(row, "at")),
        by=text(row, "by"),
        files={name: text(files, name) for name in files},
        counts={name: number(counts, name) for name in counts},
        handover=_handover(handover) if handover else None,
    )


def _handover(stored: Item) -> HandOver:
    day = date.fromisoformat(text(stored, "day"))
    return HandOver(text(stored, "from_staff"), text(stored, "to_staff"), day, text(stored, "reason"))
