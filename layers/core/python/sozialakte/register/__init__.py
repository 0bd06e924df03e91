"""Clients, their dossiers and who looks after them: what other contexts may use."""

from typing import TYPE_CHECKING

from sozialakte.shared.published import published

if TYPE_CHECKING:
    from sozialakte.register.access_book import (
        AccessBook,
        Notice,
        StaleSealError,
        UnknownNoticeError,
        dossier_of_notice,
    )
    from sozialakte.register.addresses import same_address
    from sozialakte.register.dossier_access import (
        LONGEST_REASON,
        MOST_NAMED,
        BrokenGlass,
        GuardedDossier,
        Seal,
        break_glass,
        plain_reason,
        says_enough,
    )
    from sozialakte.register.dossier_search import DossierSearch, Hit, Sought
    from sozialakte.register.in_sight import Sight, sight_of
    from sozialakte.register.model import (
        OFFICE_INBOX,
        Address,
        Dossier,
        DossierStatus,
        DossierType,
        Person,
        PersonRole,
        Place,
        StaffMember,
        team_inbox,
    )
    from sozialakte.register.name_index import MAX_NAMES_ASKED, MAX_PERSONS_OF_NAME, NameAnswer, TooManyNamesError
    from sozialakte.register.person_names import NameAsked, NameFit, NameMatch, fit_of_name
    from sozialakte.register.responsibility import Recipient
    from sozialakte.register.store import RegisterStore, UnknownDossierError

__all__ = [
    "LONGEST_REASON",
    "MAX_NAMES_ASKED",
    "MAX_PERSONS_OF_NAME",
    "MOST_NAMED",
    "OFFICE_INBOX",
    "AccessBook",
    "Address",
    "BrokenGlass",
    "Dossier",
    "DossierSearch",
    "DossierStatus",
    "DossierType",
    "GuardedDossier",
    "Hit",
    "NameAnswer",
    "NameAsked",
    "NameFit",
    "NameMatch",
    "Notice",
    "Person",
    "PersonRole",
    "Place",
    "Recipient",
    "RegisterStore",
    "Seal",
    "Sight",
    "Sought",
    "StaffMember",
    "StaleSealError",
    "TooManyNamesError",
    "UnknownDossierError",
    "UnknownNoticeError",
    "break_glass",
    "dossier_of_notice",
    "fit_of_name",
    "plain_reason",
    "same_address",
    "says_enough",
    "sight_of",
    "team_inbox",
]

__getattr__ = published(
    __name__,
    {
        "access_book": (
            "AccessBook",
            "Notice",
            "StaleSealError",
            "UnknownNoticeError",
            "dossier_of_notice",
        ),
        "addresses": ("same_address",),
        "dossier_access": (
            "BrokenGlass",
            "GuardedDossier",
            "LONGEST_REASON",
            "MOST_NAMED",
            "Seal",
            "break_glass",
            "plain_reason",
            "says_enough",
        ),
        "dossier_search": (
            "DossierSearch",
            "Hit",
            "Sought",
        ),
        "in_sight": (
            "Sight",
            "sight_of",
        ),
        "model": (
            "Address",
            "Dossier",
            "DossierStatus",
            "DossierType",
            "OFFICE_INBOX",
            "Person",
            "PersonRole",
            "Place",
            "StaffMember",
            "team_inbox",
        ),
        "name_index": (
            "MAX_NAMES_ASKED",
            "MAX_PERSONS_OF_NAME",
            "NameAnswer",
            "TooManyNamesError",
        ),
        "person_names": (
            "NameAsked",
            "NameFit",
            "NameMatch",
            "fit_of_name",
        ),
        "responsibility": ("Recipient",),
        "store": (
            "RegisterStore",
            "UnknownDossierError",
        ),
    },
)
