"""Standing rules of the small office (`tests.office`), one that waits in each dossier, and a body for each route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sozialakte.payments.rule_store import RuleStore
from sozialakte.payments.standing_rules import RuleEdit
from tests.aws import PAYMENTS
from tests.builders import NOW
from tests.coding import CREDITOR_ID, a_rule
from tests.fresh_stage import set_up
from tests.office import DOSSIER, NOBODYS, OPENED, SEALED

PATH = "/payments/dossiers/{dossier_id}/rules"
SET_BY = "ma-199"
"""Nobody who asks in the tests."""
RULE_BODIES: Mapping[str, dict[str, object]] = {
    f"POST {PATH}": {
        "rule_id": "b" * 32,
        "creditor_id": CREDITOR_ID,
        "name": "Parkplatz <b>3</b>",
        "amount": "120.00",
        "lines": [{"category": "21"}],
        "valid_from": "2026-01-01",
    },
    f"POST {PATH}/{{rule_id}}/approval": {"version": 1},
    f"POST {PATH}/{{rule_id}}/ending": {"version": 1, "reason": "Umgezogen"},
}


@set_up
def furnish_rules() -> None:
    """A rule for the rent that waits for a second person."""
    rule = replace(a_rule(), edits=(RuleEdit(SET_BY, NOW, "set"),))
    for dossier_id in (DOSSIER, SEALED, OPENED, NOBODYS):
        RuleStore(PAYMENTS).save(None, replace(rule, dossier_id=dossier_id))
