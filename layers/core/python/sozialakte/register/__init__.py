"""Clients, their dossiers and who looks after them: what other contexts may use."""

from sozialakte.register.model import Dossier, DossierStatus, DossierType, Person, PersonRole, Place, StaffMember
from sozialakte.register.responsibility import Recipient
from sozialakte.register.store import RegisterStore, UnknownDossierError

__all__ = [
    "Dossier",
    "DossierStatus",
    "DossierType",
    "Person",
    "PersonRole",
    "Place",
    "Recipient",
    "RegisterStore",
    "StaffMember",
    "UnknownDossierError",
]
