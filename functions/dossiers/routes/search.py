"""Find dossiers."""

from __future__ import annotations

from functions.dossiers.routes.common import api, register
from sozialakte.audit import record_attempt
from sozialakte.dossiers.find_dossiers import FindDossiers, Found
from sozialakte.dossiers.questions import SearchDossiers
from sozialakte.dossiers.search_answers import FoundDossier, FoundDossiers
from sozialakte.runtime.guards import Guard
from sozialakte.shared.access import Action, decide
from sozialakte.shared.attempts import Attempt


@api.post("/dossiers/search", Guard(Action.SEARCH_DOSSIERS, lambda _: "dossiers"))
def search_dossiers(body: SearchDossiers) -> FoundDossiers:
    """Find dossiers by name (with typing mistakes), AHV number, birth date or number; only those I may look into.

    Of a dossier of somebody else's team nothing is said, not even that there is one.
    """
    asked = api.asked
    found, more = FindDossiers(register())(body.sought(), asked.staff.staff_id, asked.staff.roles)
    for one in found:
        _record(one)
    return FoundDossiers(dossiers=[FoundDossier.of(one.hit, one.relation, one.responsible) for one in found], more=more)


def _record(found: Found) -> None:
    """Whose name was shown is known before it is shown."""
    asked = api.asked
    record_attempt(
        Attempt(
            request_id=asked.envelope.request_id,
            at=asked.envelope.at,
            staff_id=asked.staff.staff_id,
            roles=asked.staff.roles,
            subject=f"dossier#{found.hit.dossier.dossier_id}",
            part="found",
            decision=decide(asked.staff.roles, found.relation, Action.SEARCH_DOSSIERS),
        )
    )
