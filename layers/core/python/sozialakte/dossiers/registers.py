"""The registers of a dossier, as the tabs of the paper one: where a document lies by its kind. Pure.

A person may put a document into another register; what nobody touched follows these tables, also when they change.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Register(StrEnum):
    """The tabs, in their order."""

    PERSONAL = "personal"
    FINANCE = "finance"
    HOUSING = "housing"
    HEALTH = "health"
    WORK = "work"
    DECISIONS = "decisions"
    CORRESPONDENCE = "correspondence"


REGISTER_OF_KIND: Mapping[str, Register] = MappingProxyType(
    {
        "application": Register.PERSONAL,
        "bill": Register.FINANCE,
        "reminder": Register.FINANCE,
        "voucher": Register.FINANCE,
        "landlord": Register.HOUSING,
        "medical": Register.HEALTH,
        "insurer": Register.HEALTH,
        "employer": Register.WORK,
        "job_application": Register.WORK,
        "decision": Register.DECISIONS,
        "kesb": Register.DECISIONS,
        "other": Register.CORRESPONDENCE,
    }
)


REGISTER_OF_SECTION: Mapping[str, Register] = MappingProxyType(
    {
        "per": Register.PERSONAL,
        "fam": Register.PERSONAL,
        "fin": Register.FINANCE,
        "woh": Register.HOUSING,
        "med": Register.HEALTH,
        "ver": Register.HEALTH,
        "arb": Register.WORK,
        "vfg": Register.DECISIONS,
        "kes": Register.DECISIONS,
        "kor": Register.CORRESPONDENCE,
        "akt": Register.CORRESPONDENCE,
        "div": Register.CORRESPONDENCE,
    }
)
"""Where lies what somebody had put into this register of the paper dossier: they knew better than its kind."""


class DocumentKind(StrEnum):
    """The kinds a person may choose: those the machine knows."""

    APPLICATION = "application"
    BILL = "bill"
    REMINDER = "reminder"
    LANDLORD = "landlord"
    MEDICAL = "medical"
    INSURER = "insurer"
    EMPLOYER = "employer"
    JOB_APPLICATION = "job_application"
    DECISION = "decision"
    KESB = "kesb"
    OTHER = "other"


def register_of(kind: str, section: str | None = None) -> Register:
    """Where a document lies unless a person says otherwise: by its section in the paper dossier, else by its kind.

    A kind nobody knows: correspondence.
    """
    lay_in = REGISTER_OF_SECTION.get(section) if section else None
    return lay_in or REGISTER_OF_KIND.get(kind, Register.CORRESPONDENCE)
