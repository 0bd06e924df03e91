"""The registers of a dossier, as the tabs of the paper one: where a document lies by its kind. Pure.

A person may put a document into another register; what nobody touched follows this table, also when it changes.
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


def register_of(kind: str) -> Register:
    """Where a document of this kind lies unless a person says otherwise; a kind nobody knows: correspondence."""
    return REGISTER_OF_KIND.get(kind, Register.CORRESPONDENCE)
