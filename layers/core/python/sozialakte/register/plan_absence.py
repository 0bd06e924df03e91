"""People enter when they, or those of their team, are away; the feed may do so too."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256

from sozialakte.register.edits import said_by_person
from sozialakte.register.history import Edit
from sozialakte.register.model import Absence
from sozialakte.register.records import key_of, value_of
from sozialakte.register.store import RegisterStore
from sozialakte.register.stored_history import Stamp, fed_before, from_main_on
from sozialakte.runtime.dynamo import Item

LONGEST = timedelta(days=3 * 366)
"""A longer absence is a slip of the pen."""


class ImpossibleAbsenceError(ValueError):
    """It ends before it begins, or is longer than `LONGEST`."""


class UnknownStaffError(LookupError):
    """No member of staff has this id."""


def plan_absence(register: RegisterStore, absence: Absence, by: str, at: datetime, today: date) -> None:
    """Enter an absence; one that begins on the same day gets the new end. Doing it twice is doing it once.

    Raises `ImpossibleAbsenceError`, `UnknownStaffError` and ``WriteConflictError``.
    """
    if not timedelta(0) <= absence.last_day - absence.first_day <= LONGEST:
        raise ImpossibleAbsenceError
    if register.find_staff_member(absence.staff_id) is None:
        raise UnknownStaffError(absence.staff_id)
    _write(register, absence, by, at, today)


def withdraw_absence(
    register: RegisterStore, staff_id: str, first_day: date, by: str, at: datetime, today: date
) -> None:
    """The member of staff is not away after all. Nothing happens if there is no absence from that day on."""
    entered = {absence.first_day for absence in register.find_absences(staff_id)}
    if first_day in entered:
        _write(register, Absence(staff_id, first_day, first_day - timedelta(days=1)), by, at, today)


def _write(register: RegisterStore, absence: Absence, by: str, at: datetime, today: date) -> None:
    key, said = key_of(absence), f"{absence.staff_id}\n{absence.first_day}\n{absence.last_day}\n{by}"
    stamp = Stamp(sha256(said.encode()).hexdigest()[:32], by, at, today)
    register.chronicle.write(key, partial(_edit, absence, today), stamp, register.find_rows([key]).get(key))


def _edit(absence: Absence, today: date, row: Item | None) -> Edit | None:
    if row is None:
        return Edit(today, today, value_of(absence))
    return said_by_person(from_main_on(row), value_of(absence), fed_before(row), today)
