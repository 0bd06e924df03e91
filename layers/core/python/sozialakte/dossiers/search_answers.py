"""What a search for dossiers gives: enough to answer the telephone, and whom to ask."""

from __future__ import annotations

from datetime import date

from sozialakte.register import Hit, StaffMember
from sozialakte.shared.model import Model


class FoundPerson(Model):
    """Somebody in the dossier who fits."""

    person_id: str
    family_name: str
    given_names: str
    birth_date: date | None


class FoundDossier(Model):
    """A dossier the caller may look into; ``responsible`` is who looks after it."""

    dossier_id: str
    type: str
    status: str
    commune: int
    relation: str
    responsible: str | None
    responsible_name: str | None
    persons: list[FoundPerson]

    @classmethod
    def of(cls, hit: Hit, relation: str, responsible: StaffMember | None) -> FoundDossier:
        """The hit as it is shown."""
        return cls(
            dossier_id=hit.dossier.dossier_id,
            type=hit.dossier.type,
            status=hit.dossier.status,
            commune=hit.dossier.commune,
            relation=relation,
            responsible=hit.dossier.responsible,
            responsible_name=responsible.name if responsible else None,
            persons=[
                FoundPerson(
                    person_id=person.person_id,
                    family_name=person.family_name,
                    given_names=person.given_names,
                    birth_date=person.birth_date,
                )
                for person in hit.persons
            ],
        )


class FoundDossiers(Model):
    """What was found, the closest name first; ``more``: there are others, say more to find them."""

    dossiers: list[FoundDossier]
    more: bool
