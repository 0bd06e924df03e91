"""What of an inbox somebody may see today: nothing sealed from them, nothing of a dossier that has gone elsewhere since.

After a take-over by another team what lies in the predecessor's inbox is not theirs to read any more. What comes to
somebody later (who stands in, who was asked) is, as long as the dossier stays where it was when it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sozialakte.register.model import Dossier
from sozialakte.register.records import dossier_key, dossier_of
from sozialakte.register.store import RegisterStore
from sozialakte.register.stored_history import from_main_on, version_on_day
from sozialakte.runtime.dynamo import Item
from sozialakte.shared.access import Relation
from sozialakte.shared.clock import zurich_date


@dataclass(frozen=True)
class Sight:
    """What is out of somebody's sight: the ``sealed`` dossiers, and those ``gone`` elsewhere, each with its day."""

    sealed: frozenset[str]
    gone: Mapping[str, date]

    def hides(self, dossier_id: str, came: datetime) -> bool:
        """Whether something of the dossier that came to its place at that moment is not theirs to see."""
        left = self.gone.get(dossier_id)
        return dossier_id in self.sealed or (left is not None and zurich_date(came) <= left)


def sight_of(register: RegisterStore, staff_id: str, dossier_ids: Iterable[str], today: date) -> Sight:
    """How the member of staff sees these dossiers: one batch get, two more if some are not their own."""
    asked = sorted(set(dossier_ids))
    sealed = register.access.hidden_from(staff_id, asked)
    rows = register.find_rows(dossier_key(one) for one in asked if one not in sealed)
    began = {dossier.dossier_id: (dossier, day) for dossier, day in (_today(row, today) for row in rows.values())}
    others = [dossier for dossier, _ in began.values() if dossier.responsible not in {staff_id, None}]
    relations = register.relations_of(others, staff_id) if others else {}
    gone = (dossier_id for dossier_id, relation in relations.items() if relation is Relation.NONE)
    return Sight(sealed, {dossier_id: began[dossier_id][1] for dossier_id in gone})
