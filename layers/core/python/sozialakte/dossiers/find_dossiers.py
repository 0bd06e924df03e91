"""Find dossiers, but only those the caller may look into: of any other not even that it is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sozialakte.register import DossierSearch, Hit, RegisterStore, Sought, StaffMember
from sozialakte.shared.access import Action, Relation, Role, decide

MOST_FOUND = 20


@dataclass(frozen=True)
class Found:
    """A hit that may be shown, how the caller stands to it, and who looks after it."""

    hit: Hit
    relation: Relation
    responsible: StaffMember | None


@dataclass(frozen=True)
class FindDossiers:
    """The use case with what it works on."""

    register: RegisterStore

    def __call__(self, sought: Sought, staff_id: str, roles: Iterable[Role]) -> tuple[tuple[Found, ...], bool]:
        """What the caller may see of what fits, and whether there is more of it."""
        hits = DossierSearch(self.register)(sought)
        relations = self.register.relations_of([hit.dossier for hit in hits], staff_id)
        held = frozenset(roles)
        shown = [hit for hit in hits if decide(held, relations[hit.dossier.dossier_id], Action.LIST_DOCUMENTS).allowed]
        staff = self.register.find_staff_members({str(hit.dossier.responsible) for hit in shown[:MOST_FOUND]})
        found = (
            Found(hit, relations[hit.dossier.dossier_id], staff.get(str(hit.dossier.responsible)))
            for hit in shown[:MOST_FOUND]
        )
        return tuple(found), len(shown) > MOST_FOUND
