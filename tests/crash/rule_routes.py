"""The writing routes of the standing rules as scenarios: one request each, sent again when its answer is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sozialakte.payments.category_store import CategoryStore
from tests.aws import PAYMENTS
from tests.builders import NOW
from tests.coding import CATEGORIES, RULE_ID
from tests.http_calls import Call
from tests.office import DOSSIER, RESPONSIBLE, furnish_register
from tests.pipeline import Pipeline
from tests.rule_calls import RULE_BODIES, furnish_rules

FUNCTION = "functions.payments.api"


def _scenario_of(route: str) -> Callable[[Pipeline], None]:
    sent = route.removeprefix("POST ").format(dossier_id=DOSSIER, rule_id=RULE_ID)

    def ask(run: Pipeline) -> None:
        furnish_register()
        store = CategoryStore(PAYMENTS)
        store.replace(store.get(), CATEGORIES, "operator", NOW)
        furnish_rules()
        call = Call("POST", sent, RESPONSIBLE, body=RULE_BODIES[route])
        for _ in range(3):
            answer = run.call(FUNCTION, call.event())
            if isinstance(answer, Mapping) and answer["statusCode"] == 200:
                return

    return ask


RULE_ROUTES = {route: (FUNCTION, _scenario_of(route)) for route in RULE_BODIES}
