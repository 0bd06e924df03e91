"""Break the glass: see a dossier in an emergency, with a reason, for some hours, before the eyes of its team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sozialakte.register import BrokenGlass, RegisterStore, UnknownDossierError, break_glass
from sozialakte.shared.access import Relation


class AccessNotNeededError(Exception):
    """The person may see the dossier already, by a relation that does not end."""


@dataclass(frozen=True)
class BreakGlass:
    """The use case: who asks for which dossier, when."""

    register: RegisterStore
    dossier_id: str
    staff_id: str
    at: datetime

    def relation(self) -> Relation:
        """How the asker stands to the dossier; ``FOREIGN`` if not at all, to one that is there and not sealed."""
        standing = self.register.relation_of(self.dossier_id, self.staff_id, self.at)
        return Relation.FOREIGN if standing is Relation.NONE and self._could_be_seen() else standing

    def __call__(self, reason: str) -> BrokenGlass:
        """Open the dossier for the asker. Raises `AccessNotNeededError`, `UnknownDossierError`."""
        if self.relation() not in {Relation.FOREIGN, Relation.BREAK_GLASS}:
            raise AccessNotNeededError
        guarded = self.register.access.find(self.dossier_id, self.at)
        if guarded is None:
            raise UnknownDossierError(self.dossier_id)
        responsible = guarded.dossier.responsible
        owner = self.register.find_staff_member(responsible) if responsible else None
        glass = break_glass(self.dossier_id, self.staff_id, reason, self.at, owner)
        self.register.access.open(glass)
        return glass

    def _could_be_seen(self) -> bool:
        guarded = self.register.access.find(self.dossier_id, self.at)
        member = self.register.find_staff_member(self.staff_id)
        return guarded is not None and guarded.seal is None and member is not None and member.active
