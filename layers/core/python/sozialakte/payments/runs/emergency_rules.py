"""When an emergency file may be made of a state: never if the bank may have been told more than the state knows. Pure.

A state is a moment. A file that went to the bank after it holds payments that the state still calls unpaid, so people
look up the last file that the bank shows, and the state must know it. For the same reason one day is paid at a time:
while a run is open, its own day; another day would pay the same invoices under another message id. And a second file is
made only if the state knows the first, or if both are of open runs of one state, which share no invoice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sozialakte.payments.runs.emergency_release import EmergencyRelease
from sozialakte.payments.runs.run import OPEN, RunState, run_id_of, run_named
from sozialakte.payments.runs.state import KnownRun, StateHeader
from sozialakte.shared.reasons import Reason

FRESH = timedelta(hours=2)
"""A state is written every quarter of an hour and fetched every hour: an older one is told to be old."""
CLOCKS = timedelta(minutes=5)
"""How far the clocks of two machines may be apart; by more, the age of a state says nothing."""


@dataclass(frozen=True)
class EmergencyWish:
    """What people ask for. ``last_at_bank``: the id of the last file of ours that the bank shows, None if none.

    ``before``: emergencies that were made before, as far as their releases lie in the same folder. ``old_state``:
    people know that the state is old.
    """

    execution_day: date
    due_until: date
    releaser: str
    last_at_bank: str | None
    at: datetime
    before: tuple[EmergencyRelease, ...] = ()
    old_state: bool = False


def against_emergency(header: StateHeader, wish: EmergencyWish) -> Iterator[Reason]:
    """Why no file can be made of this state."""
    if header.as_of - wish.at > CLOCKS:
        yield Reason("emergency.future_state", {"as_of": _words(header.as_of), "now": _words(wish.at)})
    if wish.at - header.as_of > FRESH and not wish.old_state:
        yield Reason("emergency.old_state", {"as_of": _words(header.as_of)})
    yield from _against_day(header, wish.execution_day)
    yield from _against_last(header, wish)
    yield from _against_before(header, wish)


def run_for(header: StateHeader, day: date) -> tuple[str, KnownRun | None]:
    """The id that an emergency of a day has, and the unfinished run it is of, None if it is of none."""
    of_day = [run for run in header.runs if run.execution_day == day]
    unfinished = next((run for run in of_day if run.state in OPEN), None)
    return (unfinished.run_id, unfinished) if unfinished else (run_id_of(day, len(of_day) + 1), None)


def _against_day(header: StateHeader, day: date) -> Iterator[Reason]:
    unfinished = [run for run in header.runs if run.state in OPEN]
    if unfinished and all(run.execution_day != day for run in unfinished):
        first = min(unfinished, key=lambda run: run.run_id)
        yield Reason("emergency.other_day", {"run_id": first.run_id, "day": f"{first.execution_day:%d.%m.%Y}"})


def _against_last(header: StateHeader, wish: EmergencyWish) -> Iterator[Reason]:
    last = wish.last_at_bank
    if last is None:
        sent = sorted(file for run in header.runs for file in run.files if run.state is not RunState.CANCELLED)
        if sent:
            yield Reason("emergency.bank_shows_none", {"file": sent[-1]})
        return
    named = run_named(last)
    if named is None:
        yield Reason("emergency.last_is_foreign", {"file": last})
        return
    run = next((run for run in header.runs if run.run_id == named), None)
    if run is not None and last in run.files:
        if run.state is RunState.CANCELLED:
            # Carried to the bank all the same: the state calls unpaid what is in it.
            yield Reason("emergency.last_is_withdrawn", {"file": last})
        return
    if run is not None and run.state in OPEN and run.execution_day == wish.execution_day:
        yield Reason("emergency.sent_already", {"file": last})
    elif run is None or run.state not in OPEN or not _made_of(header, wish.before, last):
        yield Reason("emergency.last_is_unknown", {"file": last, "as_of": _words(header.as_of)})


def _against_before(header: StateHeader, wish: EmergencyWish) -> Iterator[Reason]:
    known = {file for run in header.runs for file in run.files}
    here, of_run = run_for(header, wish.execution_day)
    unfinished = {run.run_id for run in header.runs if run.state in OPEN} if of_run else set()
    for release in wish.before:
        is_beside = release.state_as_of == header.as_of and release.run_id in unfinished
        is_known = known.issuperset(file.message_id for file in release.files)
        if not (is_known or is_beside or release.run_id == here):
            yield Reason("emergency.made_before", {"run_id": release.run_id})


def _made_of(header: StateHeader, before: tuple[EmergencyRelease, ...], message_id: str) -> bool:
    """An emergency file of this very state: it holds nothing of what another run's file holds."""
    of_state = (release for release in before if release.state_as_of == header.as_of)
    return any(file.message_id == message_id for release in of_state for file in release.files)


def _words(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%d.%m.%Y %H:%M} UTC"
