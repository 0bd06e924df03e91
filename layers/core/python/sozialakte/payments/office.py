"""What the approval needs to know of the staff and the dossiers, asked of the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sozialakte.payments.approval import Actor, Lead
from sozialakte.payments.coding_rules import DossierFacts
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.register import DossierType, RegisterStore, StaffMember
from sozialakte.shared.access import Role
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason

_WARDS = frozenset({DossierType.ADULT_PROTECTION, DossierType.CHILD_PROTECTION})


@dataclass(frozen=True)
class Office:
    """The register, and who leads a team: the register knows no roles, and a deputy's token names only their own."""

    register: RegisterStore
    team_leads: frozenset[str]

    def actor(self, staff_id: str, roles: Iterable[Role], standing_in_for: str | None, at: datetime) -> Actor:
        """Who acts. Raises `RuleBrokenError` if they cannot stand in for that person today."""
        member = self.register.find_staff_member(staff_id)
        lead = self._lead(standing_in_for, staff_id, zurich_date(at)) if standing_in_for else None
        return Actor(staff_id, frozenset(roles), member.team if member and member.active else None, lead)

    def circle_of(self, payees: Iterable[str], at: datetime) -> frozenset[str]:
        """Payees of the staff, their deputies, and the deputies of those who are away today."""
        return frozenset(person for payee in payees for person in self._circle_of(payee, at))

    def _circle_of(self, payee: str, at: datetime) -> set[str]:
        member, day = self.register.find_staff_member(payee), zurich_date(at)
        circle = {payee, *(member.deputies if member else ())}
        if member and not self._is_present(member, day):
            away = [self._known(deputy) for deputy in member.deputies]
            circle |= {person for one in away if one and not self._is_present(one, day) for person in one.deputies}
        return circle

    def team_of(self, dossier_id: str | None, at: datetime) -> str | None:
        """The team of who is responsible for the dossier; None if nobody is."""
        dossier = self.register.find_dossier(dossier_id, zurich_date(at)) if dossier_id else None
        member = self._known(dossier.responsible) if dossier and dossier.responsible else None
        return member.team if member else None

    def facts_of(self, dossier_id: str | None, at: datetime) -> DossierFacts:
        """What a coding is checked against."""
        dossier = self.register.find_dossier(dossier_id, zurich_date(at)) if dossier_id else None
        if dossier is None:
            return DossierFacts(is_ward=False, persons=frozenset())
        persons = self.register.find_persons_of_dossier(dossier.dossier_id)
        return DossierFacts(dossier.type in _WARDS, {person.person_id for person in persons})

    def _lead(self, staff_id: str, deputy: str, day: date) -> Lead:
        member, substitute = self._known(staff_id), self._known(deputy)
        stands_in = (
            member is not None
            and substitute is not None
            and staff_id in self.team_leads
            and deputy in member.deputies
            and not self._is_present(member, day)
            and self._is_present(substitute, day)
        )
        if member is None or not stands_in:
            raise RuleBrokenError(Reason("approval.no_stand_in"))
        return Lead(staff_id, member.team)

    def _known(self, staff_id: str) -> StaffMember | None:
        return self.register.find_staff_member(staff_id)

    def _is_present(self, member: StaffMember, day: date) -> bool:
        return member.active and not any(one.covers(day) for one in self.register.find_absences(member.staff_id))
