"""A payment run: its states, who did what with it, and who must not release it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from sozialakte.shared.reasons import Reason

MOST_RUNS = 99
"""Of one execution day: two digits of the run's id."""
SHOWN = 100
"""Payments named in the run itself; all of them stand in its files."""
_MESSAGE = re.compile(r"(?P<run>R[0-9]{8}-[0-9]{2})-[1-9][0-9]{0,3}", re.ASCII)


class RunState(StrEnum):
    """Where a run stands.

    ``BUILDING``: what is due is being collected. ``CHECKING``: the order book is written, people check the sample.
    ``RELEASED``: the invoices are being taken and the files written. ``EXPORTED``: the files lie ready for the bank.
    ``CANCELLED``: nothing of it goes out.
    """

    BUILDING = "building"
    CHECKING = "checking"
    RELEASED = "released"
    EXPORTED = "exported"
    CANCELLED = "cancelled"


RUN_STEPS: Mapping[RunState, frozenset[RunState]] = MappingProxyType(
    {
        # To exported from anywhere: an emergency file with the run's ids has gone out while the platform was down.
        RunState.BUILDING: frozenset({RunState.CHECKING, RunState.CANCELLED, RunState.EXPORTED}),
        RunState.CHECKING: frozenset({RunState.RELEASED, RunState.CANCELLED, RunState.EXPORTED}),
        # Cancelled by the machine: nothing is left of it, or somebody asked for it because its files break rules.
        RunState.RELEASED: frozenset({RunState.EXPORTED, RunState.CANCELLED}),
        # Cancelled by people: its files never reached the bank, and are withdrawn (`withdraw_run`).
        RunState.EXPORTED: frozenset({RunState.EXPORTED, RunState.CANCELLED}),
        RunState.CANCELLED: frozenset({RunState.EXPORTED}),
    }
)
OPEN = frozenset({RunState.BUILDING, RunState.CHECKING, RunState.RELEASED})
"""In these something of it may still go out."""
MADE, RELEASED, CANCELLED, CHECKED = "made", "released", "cancelled", "checked"
"""Acts that others ask for."""
FILE_REFUSED, FILE_MENDED = "file_refused", "file_mended"
"""Acts of the machine on a released run: its files break rules of the bank, so none is written; now they do not."""
WITHDRAWN = "withdrawn"
"""An act on an exported run: somebody knows that the bank never got its files, and has taken them away."""


class Origin(StrEnum):
    """Who wrote the files: the platform, or the command line while the platform was down."""

    PLATFORM = "platform"
    EMERGENCY = "emergency"


class IllegalRunStepError(ValueError):
    """A step that `RUN_STEPS` does not allow; ``run`` is as it stands."""

    def __init__(self, run: PaymentRun, target: RunState) -> None:
        super().__init__(f"{run.run_id}: {run.state} -> {target}")
        self.run = run


@dataclass(frozen=True)
class RunAct:
    """``by`` did ``what`` (a code of the catalogue: ``run_act.<what>``) at ``at``."""

    what: str
    by: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True)
class Total:
    """How many payments of a currency, and how much."""

    count: int
    amount: Decimal


@dataclass(frozen=True)
class SampleResult:
    """Somebody looked at a payment: ``right``, or what is wrong with it."""

    by: str
    at: datetime
    right: bool
    reason: str | None = None


@dataclass(frozen=True)
class SampleItem:
    """A payment that somebody has to look at before the run is released; ``risks`` made it likely (`Risk`)."""

    invoice_id: str
    risks: tuple[str, ...] = ()
    result: SampleResult | None = None


@dataclass(frozen=True)
class LeftOut:
    """An invoice that is not paid by a run, and why."""

    invoice_id: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class RunFile:
    """A file for the bank: ``out/<message_id>.xml``."""

    message_id: str
    count: int
    amount: Decimal
    sha256: str


@dataclass(frozen=True)
class PaymentRun:
    """A run; ``version`` grows by one with every change.

    Taken is what is approved and due until ``due_until``. ``book``: the SHA-256 of the order book. ``persons`` entered
    or approved one of its invoices, ``payees`` are the staff who get money by it: none of them releases it.
    ``left_out``: the first of ``left_out_count`` approved invoices that could not be ordered; ``dropped``: the first of
    ``dropped_count`` that changed after the order book was written.
    """

    run_id: str
    execution_day: date
    due_until: date
    state: RunState
    since: datetime
    acts: tuple[RunAct, ...]
    book: str | None = None
    totals: Mapping[str, Total] = field(default_factory=dict)
    persons: tuple[str, ...] = ()
    payees: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    left_out_count: int = 0
    sample: tuple[SampleItem, ...] = ()
    dropped: tuple[LeftOut, ...] = ()
    dropped_count: int = 0
    files: tuple[RunFile, ...] = ()
    origin: Origin = Origin.PLATFORM
    version: int = 1

    @property
    def last_act(self) -> RunAct:
        """Who changed it last, and what."""
        return self.acts[-1]

    @property
    def made_by(self) -> str:
        """Who asked for it."""
        return self.acts[0].by

    @property
    def release(self) -> RunAct | None:
        """Who released it, and when."""
        return next((act for act in self.acts if act.what == RELEASED), None)

    @property
    def is_refused(self) -> bool:
        """It is released, but no bank would take its files: none is written until the mistake is mended."""
        return self.state is RunState.RELEASED and self.last_act.what == FILE_REFUSED

    @property
    def is_called_off(self) -> bool:
        """It was released and refused, and somebody cancelled it: its invoices are being given back."""
        return self.state is RunState.RELEASED and self.last_act.what == CANCELLED

    @property
    def withdrawal(self) -> RunAct | None:
        """Who withdrew its files, and why; None if they count as those that went out."""
        acts = [act for act in self.acts if act.what == WITHDRAWN]
        return acts[-1] if acts and self.state is RunState.CANCELLED else None

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The invoices of the sample that nobody has looked at."""
        return tuple(item.invoice_id for item in self.sample if item.result is None)

    def step(self, target: RunState, act: RunAct, **what: object) -> PaymentRun:
        """The next version, in another state. Raises `IllegalRunStepError`."""
        if target not in RUN_STEPS[self.state]:
            raise IllegalRunStepError(self, target)
        return self.changed(act, state=target, since=act.at, **what)

    def changed(self, act: RunAct, **what: object) -> PaymentRun:
        """The next version, with what somebody did to it."""
        return replace(self, **what, acts=(*self.acts, act), version=self.version + 1)  # type: ignore[arg-type]

    def with_result(self, invoice_id: str, result: SampleResult) -> PaymentRun:
        """The next version, in which somebody has looked at a payment of the sample."""
        sample = tuple(replace(item, result=result) if item.invoice_id == invoice_id else item for item in self.sample)
        return self.changed(RunAct(CHECKED, result.by, result.at, invoice_id), sample=sample)


def totals_of(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Total]:
    """Count and amount by currency."""
    found: dict[str, list[Decimal]] = {}
    for currency, amount in amounts:
        found.setdefault(currency, []).append(amount)
    return {currency: Total(len(some), sum(some, Decimal(0))) for currency, some in sorted(found.items())}


def run_id_of(day: date, number: int) -> str:
    """The id of the ``number``-th run of an execution day."""
    return f"R{day:%Y%m%d}-{number:02d}"


def message_id_of(run_id: str, part: int) -> str:
    """The id by which the bank knows the ``part``-th file of a run, from 1."""
    return f"{run_id}-{part}"


def run_named(message_id: str) -> str | None:
    """The run whose file a message id names; None if it is none of ours."""
    found = _MESSAGE.fullmatch(message_id)
    return found["run"] if found else None


def started(run_id: str, execution_day: date, due_until: date, act: RunAct) -> PaymentRun:
    """A new run."""
    return PaymentRun(run_id, execution_day, due_until, RunState.BUILDING, act.at, (act,))


def against_releasing(run: PaymentRun, persons: Set[str], circles: Set[str]) -> Reason | None:
    """Why somebody must not release it. ``circles``: who gets money by it, and who stands in for them."""
    if persons & {*run.persons}:
        return Reason("run.has_decided")
    if persons & circles:
        return Reason("run.payee")
    if run.unchecked:
        return Reason("run.unchecked", {"count": str(len(run.unchecked))})
    return None
