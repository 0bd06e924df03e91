"""What of an inbox somebody may see today: nothing sealed from them, nothing of a dossier that went elsewhere since.

After a take-over by another team what lies in the predecessor's inbox is not theirs to read any more. What comes to
somebody later (who stands in, who was asked) is, as long as the dossier stays where it was when it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sozialakte.register.access_book import seal_key, seal_of
from sozialakte.register.history import version_on
from sozialakte.register.model import Dossier
from sozialakte.register.records import dossier_key, dossier_of
from sozialakte.register.store import RegisterStore
from sozialakte.register.stored_history import from_main_on, on_day
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
    rows = register.find_rows([key for one in asked for key in (dossier_key(one), seal_key(one))], consistent=True)
    seals = [seal_of(rows[seal_key(one)]) for one in asked if seal_key(one) in rows]
    sealed = frozenset(seal.dossier_id for seal in seals if seal.holds and staff_id not in seal.named)
    began = dict(
        _since(rows[dossier_key(one)], today) for one in asked if one not in sealed and dossier_key(one) in rows
    )
    others = [dossier for dossier in began if dossier.responsible not in {staff_id, None}]
    relations = register.relations_of(others, staff_id) if others else {}
    gone = {one.dossier_id: began[one] for one in others if relations[one.dossier_id] is Relation.NONE}
    return Sight(sealed, gone)


def _since(row: Item, today: date) -> tuple[Dossier, date]:
    """The dossier as it is today, and since when it is so."""
    version = version_on(from_main_on(row), today)
    return dossier_of(on_day(row, today) or row), version.valid_from if version else date.min
