"""Clients, their dossiers and who looks after them: what other contexts may use."""

from sozialakte.register.addresses import same_address
from sozialakte.register.model import (
    Address,
    Dossier,
    DossierStatus,
    DossierType,
    Person,
    PersonRole,
    Place,
    StaffMember,
)
from sozialakte.register.name_index import MAX_NAMES_ASKED, MAX_PERSONS_OF_NAME, NameAnswer, TooManyNamesError
from sozialakte.register.person_names import NameAsked, NameFit, NameMatch, fit_of_name
from sozialakte.register.responsibility import Recipient
from sozialakte.register.store import RegisterStore, UnknownDossierError

__all__ = [
    "MAX_NAMES_ASKED",
    "MAX_PERSONS_OF_NAME",
    "Address",
    "Dossier",
    "DossierStatus",
    "DossierType",
    "NameAnswer",
    "NameAsked",
    "NameFit",
    "NameMatch",
    "Person",
    "PersonRole",
    "Place",
    "Recipient",
    "RegisterStore",
    "StaffMember",
    "TooManyNamesError",
    "UnknownDossierError",
    "fit_of_name",
    "same_address",
]
