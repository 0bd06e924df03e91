"""A team lead hands a whole case load over: every dossier somebody has on a day goes to somebody else from that day on.

A run of its own: named, resumable, undone like an import. The hand-over of a day to come is planned in the dossiers
themselves and needs no job. Closed dossiers go too: late mail needs somebody who may look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sozialakte.register.chronicle import WrittenBeforeError
from sozialakte.register.edits import said_by_person
from sozialakte.register.history import Edit, version_on
from sozialakte.register.records import dossier_key
from sozialakte.register.runs import HandOver, Run, RunKind, RunState, run_id
from sozialakte.register.store import RegisterStore
from sozialakte.register.stored_history import Key, Stamp, fed_before, from_main_on
from sozialakte.runtime.dynamo import Item

_ASKED_AGAIN = frozenset({RunState.RUNNING, RunState.DONE})


class UnsuitableStaffError(ValueError):
    """Nobody of this id may take over: unknown, gone, or the same person."""


@dataclass(frozen=True)
class Ordered:
    """What became of a hand-over so far. ``left``: dossiers still to do; ask again."""

    run: Run
    left: int


def hand_over(register: RegisterStore, order: HandOver, by: str, at: datetime, today: date, at_most: int) -> Ordered:
    """Hand over at most so many dossiers; the same order again goes on where it stopped, takes what has come to the
    case load since, or changes nothing.

    Raises `UnsuitableStaffError` and ``WriteConflictError``.
    """
    _require_suitable(register, order)
    content = "\n".join((order.from_staff, order.to_staff, order.reason))
    new = Run(run_id(RunKind.HANDOVER, order.day, content), RunState.RUNNING, at, by, handover=order)
    run = register.runs.begin(new, goes_on=_ASKED_AGAIN)
    dossiers = [dossier_key(dossier.dossier_id) for dossier in register.dossiers_of_staff(order.from_staff, order.day)]
    if run.state is RunState.DONE and not dossiers:
        return Ordered(run, 0)
    stamp = Stamp(run.run_id, run.by, run.at, today, order.reason, run=True)
    for key, row in register.find_rows(dossiers[:at_most]).items():
        _take_over(register, key, row, order, stamp)
    counts = {"dossiers": sum(1 for _ in register.runs.notes(run.run_id))}
    left = len(dossiers[at_most:])
    return Ordered(register.runs.settle(run, RunState.RUNNING if left else RunState.DONE, counts), left)


def _take_over(register: RegisterStore, key: Key, row: Item, order: HandOver, stamp: Stamp) -> None:
    try:
        register.chronicle.write(key, partial(_edit, order), stamp, row)
    except WrittenBeforeError:
        # Handed over by this very order, then back by somebody: the later decision stays.
        return


def _edit(order: HandOver, row: Item | None) -> Edit | None:
    """None if somebody else has got the dossier meanwhile."""
    known = from_main_on(row) if row else ()
    then = version_on(known, order.day)
    if then is None or then.value.get("responsible") != order.from_staff:
        return None
    return said_by_person(known, {"responsible": order.to_staff}, fed_before(row), order.day)


def _require_suitable(register: RegisterStore, order: HandOver) -> None:
    successor = register.find_staff_member(order.to_staff)
    if successor is None or not successor.active or order.to_staff == order.from_staff:
        raise UnsuitableStaffError(order.to_staff)
