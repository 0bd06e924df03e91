"""What the routes of the payment runs give. Reasons are put into words here; amounts are texts."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime

from sozialakte.payments.runs.run import (
    LeftOut,
    PaymentRun,
    RunAct,
    RunFile,
    RunState,
    SampleItem,
    Total,
)
from sozialakte.payments.runs.store import RunPage
from sozialakte.payments.words import words_of_person
from sozialakte.shared.model import Model
from sozialakte.shared.reasons import Reason
from sozialakte.shared.texts import say

_HIDDEN = Reason("run.hidden")


class TotalAnswer(Model):
    """How many payments of a currency, and how much."""

    currency: str
    count: int
    amount: str


class RunSummary(Model):
    """A run in a list."""

    run_id: str
    execution_day: date
    state: RunState
    state_name: str
    since: datetime
    made_by: str
    totals: list[TotalAnswer]
    version: int

    @classmethod
    def of(cls, run: PaymentRun) -> RunSummary:
        """In words."""
        return cls(
            run_id=run.run_id,
            execution_day=run.execution_day,
            state=run.state,
            state_name=words_of_state(run),
            since=run.since,
            made_by=words_of_person(run.made_by),
            totals=_totals(run.totals),
            version=run.version,
        )


class RunList(Model):
    """A page of runs, the newest execution day first, and the cursor of the next."""

    runs: list[RunSummary]
    next: str | None

    @classmethod
    def of(cls, page: RunPage) -> RunList:
        """The page."""
        return cls(runs=list(map(RunSummary.of, page.runs)), next=page.next_cursor)


class SampleAnswer(Model):
    """A payment that somebody has to look at, and why this one; ``right`` is null until somebody has.

    ``hidden``: its dossier is sealed from the viewer, so only somebody named can look at it.
    """

    invoice_id: str
    why: list[str]
    right: bool | None
    by: str | None
    at: datetime | None
    reason: str | None
    hidden: bool

    @classmethod
    def of(cls, item: SampleItem, hidden_invoices: AbstractSet[str]) -> SampleAnswer:
        """In words."""
        result, hidden = item.result, item.invoice_id in hidden_invoices
        return cls(
            invoice_id=item.invoice_id,
            why=[say(_HIDDEN)] if hidden else [say(Reason(f"risk.{risk}")) for risk in item.risks],
            right=result.right if result else None,
            by=result.by if result else None,
            at=result.at if result else None,
            reason=result.reason if result and not hidden else None,
            hidden=hidden,
        )


class LeftOutAnswer(Model):
    """An invoice that is not paid by this run, and why; ``hidden`` as in the sample."""

    invoice_id: str
    reasons: list[str]
    hidden: bool

    @classmethod
    def of(cls, one: LeftOut, hidden_invoices: AbstractSet[str]) -> LeftOutAnswer:
        """In words."""
        hidden = one.invoice_id in hidden_invoices
        reasons = (_HIDDEN,) if hidden else one.reasons
        return cls(invoice_id=one.invoice_id, reasons=[say(reason) for reason in reasons], hidden=hidden)


class FileAnswer(Model):
    """A file for the bank."""

    message_id: str
    count: int
    amount: str
    sha256: str

    @classmethod
    def of(cls, file: RunFile) -> FileAnswer:
        """The file."""
        return cls(message_id=file.message_id, count=file.count, amount=str(file.amount), sha256=file.sha256)


class RunActAnswer(Model):
    """Who did what with the run, when, and why."""

    by: str
    at: datetime
    what: str
    what_name: str
    reason: str | None

    @classmethod
    def of(cls, act: RunAct) -> RunActAnswer:
        """In words."""
        return cls(
            by=words_of_person(act.by), at=act.at, what=act.what, what_name=words_of_run_act(act), reason=act.reason
        )


class RunDetail(RunSummary):
    """A run; of what is not paid by it the first hundred, and how many there are."""

    due_until: date
    order_book: str | None
    sample: list[SampleAnswer]
    unchecked: int
    left_out: list[LeftOutAnswer]
    left_out_count: int
    dropped: list[LeftOutAnswer]
    dropped_count: int
    files: list[FileAnswer]
    origin: str
    acts: list[RunActAnswer]

    @classmethod
    def of(cls, run: PaymentRun, *, hidden: AbstractSet[str] = frozenset()) -> RunDetail:
        """In words. ``hidden``: the invoices of dossiers that are sealed from the viewer."""
        return cls(
            **RunSummary.of(run).model_dump(),
            due_until=run.due_until,
            order_book=run.book,
            sample=[SampleAnswer.of(item, hidden) for item in run.sample],
            unchecked=len(run.unchecked),
            left_out=[LeftOutAnswer.of(one, hidden) for one in run.left_out],
            left_out_count=run.left_out_count,
            dropped=[LeftOutAnswer.of(one, hidden) for one in run.dropped],
            dropped_count=run.dropped_count,
            files=list(map(FileAnswer.of, run.files)),
            origin=str(run.origin),
            acts=list(map(RunActAnswer.of, run.acts)),
        )


def words_of_state(run: PaymentRun) -> str:
    """Where a run stands, in words."""
    return say(Reason(f"run_state.{run.state}"))


def words_of_run_act(act: RunAct) -> str:
    """What somebody did with a run, in words."""
    return say(Reason(f"run_act.{act.what}"))


def _totals(totals: Mapping[str, Total]) -> list[TotalAnswer]:
    return [
        TotalAnswer(currency=currency, count=total.count, amount=str(total.amount))
        for currency, total in totals.items()
    ]
