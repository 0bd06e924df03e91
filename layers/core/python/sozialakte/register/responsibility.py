"""Who receives a dossier's mail on a day, and how a member of staff stands to a dossier or an inbox. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sozialakte.register.model import OFFICE_INBOX, Absence, Dossier, StaffMember, team_inbox, team_of_inbox
from sozialakte.shared.access import Relation
from sozialakte.shared.reasons import Reason

MAX_STAFF_ASKED = 12
"""So many people are asked for one letter, then the team's inbox takes it: a chain of deputies has an end."""


@dataclass(frozen=True)
class Staffing:
    """The members of staff in question, by id, and their absences."""

    members: Mapping[str, StaffMember] = field(default_factory=dict)
    absences: Sequence[Absence] = ()

    def is_present(self, staff_id: str, day: date) -> bool:
        """Known, has not left, and is not away on ``day``."""
        member = self.members.get(staff_id)
        away = any(absence.staff_id == staff_id and absence.covers(day) for absence in self.absences)
        return member is not None and member.active and not away

    def deputies(self, staff_id: str) -> tuple[str, ...]:
        """Who stands in for this person, the first one first."""
        member = self.members.get(staff_id)
        return member.deputies if member else ()


@dataclass(frozen=True)
class Recipient:
    """The inbox a dossier's mail goes to (a staff id, ``team-<team>`` or ``office``) and why."""

    inbox: str
    reason: Reason


def recipient_on(day: date, dossier: Dossier, staffing: Staffing) -> Recipient:
    """Who receives the dossier's mail on ``day``.

    The responsible person; if away or gone, the first deputy present, deputies of deputies after all deputies; nobody
    present, the team's inbox; nobody responsible (or nobody known), the office's inbox.
    """
    responsible = dossier.responsible
    if responsible is None:
        return Recipient(OFFICE_INBOX, Reason("inbox.no_responsible"))
    member = staffing.members.get(responsible)
    if member is None:
        return Recipient(OFFICE_INBOX, Reason("inbox.unknown_responsible", {"staff_id": responsible}))
    if staffing.is_present(responsible, day):
        return Recipient(responsible, Reason("inbox.responsible", {"staff_id": responsible}))
    for deputy in standing_in(responsible, staffing):
        if staffing.is_present(deputy, day):
            return Recipient(deputy, Reason("inbox.deputy", {"staff_id": deputy, "absent": responsible}))
    return Recipient(team_inbox(member.team), Reason("inbox.team", {"team": member.team, "absent": responsible}))


def standing_in(staff_id: str, staffing: Staffing) -> Iterator[str]:
    """Deputies in their order, level by level, each once, at most `MAX_STAFF_ASKED` people with the person itself."""
    asked = [staff_id]
    for person in asked:  # grows while we go
        for deputy in staffing.deputies(person):
            if deputy not in asked and len(asked) < MAX_STAFF_ASKED:
                asked.append(deputy)
                yield deputy


def relation_to(dossier: Dossier, staff_id: str, day: date, staffing: Staffing) -> Relation:
    """How a member of staff stands to the dossier on ``day``.

    A deputy is who is named as one by the responsible person, or who stands in on that day. Who has left has none.
    """
    viewer = staffing.members.get(staff_id)
    responsible = dossier.responsible
    if viewer is None or not viewer.active or responsible is None:
        return Relation.NONE
    if staff_id == responsible:
        return Relation.RESPONSIBLE
    if staff_id in staffing.deputies(responsible) or recipient_on(day, dossier, staffing).inbox == staff_id:
        return Relation.DEPUTY
    owner = staffing.members.get(responsible)
    return Relation.TEAM if owner is not None and owner.team == viewer.team else Relation.NONE


def relation_to_inbox(inbox: str, staff_id: str, staffing: Staffing) -> Relation:
    """How a member of staff stands to an inbox: own, of the team or a colleague, of somebody to stand in for, office.

    Who has left has no relation.
    """
    viewer = staffing.members.get(staff_id)
    if viewer is None or not viewer.active:
        return Relation.NONE
    if inbox == staff_id:
        return Relation.OWN
    if inbox == OFFICE_INBOX:
        return Relation.OFFICE
    owner = staffing.members.get(inbox)
    team = team_of_inbox(inbox) or (owner.team if owner else None)
    if team == viewer.team:
        return Relation.TEAM
    return Relation.DEPUTY if staff_id in staffing.deputies(inbox) else Relation.NONE
