"""What the demo's register holds: invented people, their dossiers, and the staff who keep them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sozialakte.register import DossierType
from tests.demo import names

PREFIX = {
    DossierType.ECONOMIC_ASSISTANCE: "SH",
    DossierType.ADULT_PROTECTION: "ES",
    DossierType.CHILD_PROTECTION: "KS",
    DossierType.ALIMONY: "AL",
}
"""How the case system's dossier numbers begin."""


@dataclass(frozen=True)
class Person:
    """A client. ``ahv`` has 13 digits without points; ``former_last`` are last names before a marriage."""

    person_id: str
    first: str
    last: str
    born: date
    female: bool
    ahv: str
    street: str
    postal_code: str
    commune: int
    former_last: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """First and last name, as letters write it."""
        return f"{self.first} {self.last}"

    @property
    def title(self) -> str:
        """``Frau`` or ``Herr``."""
        return "Frau" if self.female else "Herr"

    @property
    def ahv_shown(self) -> str:
        """The AHV number as printed, ``756.9999.0001.27``."""
        return f"{self.ahv[:3]}.{self.ahv[3:7]}.{self.ahv[7:11]}.{self.ahv[11:]}"

    @property
    def town(self) -> str:
        """Name of the commune."""
        return names.COMMUNES[self.commune][0]


@dataclass(frozen=True)
class Dossier:
    """A dossier with the people in it; the first one is the person it is kept for."""

    dossier_id: str
    type: DossierType
    persons: tuple[str, ...]
    commune: int
    responsible: str | None
    closed: bool = False


@dataclass(frozen=True)
class Staff:
    """Somebody who works at the service; the first deputy is asked first."""

    staff_id: str
    name: str
    team: str
    deputies: tuple[str, ...] = ()
    absent_from: date | None = None
    has_left: bool = False
