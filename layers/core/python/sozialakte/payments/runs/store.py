"""Payment runs in the payments table.

| to find | how |
|---|---|
| a run | get ``RUN#<run_id>`` / ``RUN`` |
| the runs of an execution day | batch get ``RUN#R<day>-01`` ... |
| all runs, the newest first | index ``by_run``: ``run_key`` / ``run_id`` |

A run's row is the outbox: the stream tells of its new version what is to be done next. Its order book, its files and
what was dropped lie in the bank bucket (`files`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sozialakte.payments.runs.run import MOST_RUNS, OPEN, PaymentRun, RunAct, run_id_of, started
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import NEW, Attr, ConditionFailedError, Item, Key, Part, Put, Query, Table, transact

RUN = "payment_run"
"""The entity of the rows."""
_RUNS = "runs"
_OUTLINE = tuple(name for name in PaymentRun.__dataclass_fields__ if name not in {"sample", "left_out", "dropped"})
"""Of a run in a list; the rest are hundreds of invoices for each."""


class UnknownRunError(LookupError):
    """There is no such run."""


class RunChangedError(Exception):
    """Somebody changed the run meanwhile; ``current`` is what it is now, its last act says who did what."""

    def __init__(self, current: PaymentRun) -> None:
        super().__init__(f"version {current.version}")
        self.current = current


class OtherRunOpenError(Exception):
    """A day has one run at a time; ``run`` is the one that is not finished."""

    def __init__(self, run: PaymentRun) -> None:
        super().__init__(run.run_id)
        self.run = run


class NoMoreRunsError(Exception):
    """A day's numbers are used up."""


@dataclass(frozen=True)
class RunPage:
    """A page of runs and the cursor of the next."""

    runs: tuple[PaymentRun, ...]
    next_cursor: str | None


class RunStore:
    """The payment runs."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)

    def find(self, run_id: str) -> PaymentRun | None:
        """The run, or None."""
        item = self._table.get(*_key(run_id), consistent=True)
        return run_of(item) if item else None

    def get(self, run_id: str) -> PaymentRun:
        """The run. Raises `UnknownRunError`."""
        found = self.find(run_id)
        if found is None:
            raise UnknownRunError(run_id)
        return found

    def of_day(self, day: date) -> list[PaymentRun]:
        """The runs of an execution day, in order."""
        keys = [_key(run_id_of(day, number)) for number in range(1, MOST_RUNS + 1)]
        return sorted(map(run_of, self._table.get_many(keys, consistent=True)), key=lambda run: run.run_id)

    def start(self, day: date, due_until: date, act: RunAct) -> PaymentRun:
        """A new run of a day. Asked for again by the same person: the one that is still being built.

        Raises `OtherRunOpenError`, `NoMoreRunsError`.
        """
        while True:
            there = self.of_day(day)
            unfinished = next((run for run in there if run.state in OPEN), None)
            if unfinished:
                if (unfinished.version, unfinished.made_by, unfinished.due_until) == (1, act.by, due_until):
                    return unfinished
                raise OtherRunOpenError(unfinished)
            if len(there) == MOST_RUNS:
                raise NoMoreRunsError
            run = started(run_id_of(day, len(there) + 1), day, due_until, act)
            try:
                self._table.put(run_item(run), when=NEW)
            except ConditionFailedError:
                continue  # somebody was quicker
            return run

    def save(self, before: PaymentRun | None, after: PaymentRun, *others: Part) -> PaymentRun:
        """The next version (``before`` None: a new run), with ``others`` in the same transaction; what is stored then.

        Raises `RunChangedError`; repeated with the same next version: nothing.
        """
        part = self.part(before, after)
        try:
            transact([part, *others])
        except ConditionFailedError as error:
            current = self.get(after.run_id)
            if current != after:
                raise RunChangedError(current) from error
        return after

    def part(self, before: PaymentRun | None, after: PaymentRun) -> Put:
        """The next version as a part of a transaction."""
        return Put(self._table.name, run_item(after), Attr("version").eq(before.version) if before else NEW)

    def newest(self, limit: int, cursor: str | None = None, *, outlines: bool = False) -> RunPage:
        """All runs, the newest execution day first. ``outlines``: without their single invoices."""
        query = Query(Key("run_key").eq(_RUNS), index="by_run", newest_first=True, only=_OUTLINE if outlines else ())
        page = self._table.query_page(query, limit, cursor)
        return RunPage(tuple(map(run_of, page.items)), page.next_cursor)


def run_item(run: PaymentRun) -> Item:
    """The row of a run."""
    pk, sk = _key(run.run_id)
    stored = adapter(PaymentRun).dump_python(run, mode="json", exclude_none=True)
    return {**stored, "pk": pk, "sk": sk, "entity": RUN, "run_key": _RUNS}


def run_of(item: Item) -> PaymentRun:
    """The run of a row."""
    fields = PaymentRun.__dataclass_fields__
    return adapter(PaymentRun).validate_python({name: item[name] for name in fields if name in item})


def _key(run_id: str) -> tuple[str, str]:
    return f"RUN#{run_id}", "RUN"
