"""How staff stand to a dossier, asked in one place."""

from __future__ import annotations

from datetime import datetime

from sozialakte.register import RegisterStore
from sozialakte.shared.access import Action, Relation, Role, decide


def relation_to_dossier(register: RegisterStore, dossier_id: str, staff_id: str, at: datetime) -> Relation:
    """The closest relation of a member of staff to a dossier; to an unknown one as to a stranger's."""
    return register.relation_of(dossier_id, staff_id, at)


def may_work_on(register: RegisterStore, dossier_id: str, staff_id: str, at: datetime) -> bool:
    """Whether a case worker in this position may be given work of the dossier."""
    relation = relation_to_dossier(register, dossier_id, staff_id, at)
    return decide([Role.CASEWORKER], relation, Action.WRITE_TASK).allowed
