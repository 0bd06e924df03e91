"""Reads members of staff with their absences, each once and only as far as a question needs them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sozialakte.register.model import Absence, StaffMember
from sozialakte.register.records import ABSENCE, CURRENT, absence_of, staff_key, staff_member_of
from sozialakte.register.responsibility import Staffing, standing_in
from sozialakte.runtime.dynamo import Key, Query, Table


class Roster:
    """A `Staffing` that grows while members of staff are looked up."""

    def __init__(self, table: Table) -> None:
        """``table`` is the register's table."""
        self._table = table
        self._looked_up: set[str] = set()
        self._members: dict[str, StaffMember] = {}
        self._absences: list[Absence] = []
        self.staffing = Staffing(self._members, self._absences)

    def look_up(self, staff_id: str) -> None:
        """Read this person and all absences (some dozens at most): one query."""
        if staff_id in self._looked_up:
            return
        self._looked_up.add(staff_id)
        where = Key("pk").eq(staff_key(staff_id)[0]) & Key("sk").between(ABSENCE, CURRENT)
        for item in self._table.query(Query(where)):
            if item["sk"] == CURRENT:
                self._members[staff_id] = staff_member_of(item)
            else:
                self._absences.append(absence_of(item))

    def look_up_in_charge(self, responsible: str, day: date) -> None:
        """Read the responsible person and, one after the other, deputies up to the first one present on ``day``."""
        self.look_up(responsible)
        if not self.staffing.is_present(responsible, day):
            # asks for deputies of those already looked up
            self.look_up_first_present(standing_in(responsible, self.staffing), day)

    def look_up_first_present(self, staff_ids: Iterable[str], day: date) -> None:
        """Read one after the other up to the first one present on ``day``."""
        for staff_id in staff_ids:
            self.look_up(staff_id)
            if self.staffing.is_present(staff_id, day):
                return
