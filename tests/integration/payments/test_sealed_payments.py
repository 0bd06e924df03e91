"""Of a sealed dossier the accounts see that there is money, how much and where it stands; the rest those named see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from functions.payments.api import handler
from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.incoming_money import MoneyState
from sozialakte.payments.money_store import MoneyStore
from sozialakte.payments.runs.run import SampleItem, run_id_of
from sozialakte.payments.runs.store import RunStore
from sozialakte.runtime.dynamo import Table
from tests.aws import PAYMENTS, counted_calls
from tests.http_calls import Answer, Call
from tests.money_calls import MONEY_ID, WHY, add_claim, add_money, assignment
from tests.office import CLERK, COLLEAGUE, DOSSIER, SEALED, STRANGER, furnish, furnish_access
from tests.runs import DAY
from tests.secrets import NAMED, hide
from tests.secrets_payments import BILL, RUN

pytestmark = pytest.mark.usefixtures("aws")
ASSIGN = f"/payments/money/{MONEY_ID}/assignment"
OTHER_RUN = run_id_of(DAY, 8)


@pytest.fixture(autouse=True)
def office(aws: None) -> None:  # noqa: ARG001 # the tables come first
    furnish()
    furnish_access()


def asked(method: str, path: str, who: str = CLERK, role: str = "accounting", **more: Any) -> Answer:
    return Call(method, path, who, f"[{role}]", **more).to(handler)


def listed(who: str, state: str = "proposed") -> Mapping[str, Any]:
    body: Mapping[str, Any] = asked("GET", "/payments/money", who, query={"state": state}).body
    (money,) = body["money"]
    return dict(money)


def in_state(state: MoneyState) -> int:
    return len(MoneyStore(Table(PAYMENTS)).in_state(state, 9)[0])


def test_money_of_a_sealed_dossier_counts_and_says_nothing() -> None:
    claim = add_claim(SEALED)
    add_money(proposals=(claim.number,), reference=claim.reference, state=MoneyState.PROPOSED, text="Miete")

    hidden, seen = listed(CLERK), listed(STRANGER)

    assert (hidden["amount"], hidden["state"], hidden["payer"], hidden["proposals"]) == ("250.00", "proposed", "", [])
    assert (hidden["reference"], hidden["text"], hidden["payer_iban"], hidden["claim"]) == ("", "", "", None)
    assert "versiegelt" in hidden["hidden"]
    assert (seen["payer"], seen["proposals"], seen["hidden"]) == ("Pia Muster", [claim.reference], None)


def test_the_list_of_money_takes_one_query_and_two_batch_gets() -> None:
    for place, dossier_id in enumerate((DOSSIER, SEALED)):
        add_money(money_id=f"{place}" * 32, proposals=(add_claim(dossier_id).number,))

    with counted_calls() as calls:
        asked("GET", "/payments/money")

    assert (calls.count("Query"), calls.count("BatchGetItem")) == (1, 2)


@pytest.mark.parametrize("fate", ["claim", "paid_back", "booked_elsewhere"])
def test_who_may_not_see_whose_it_is_says_nothing_of_it(fate: str) -> None:
    claim = add_claim(SEALED)
    add_money(proposals=(claim.number,))
    body = {"version": 1, "fate": fate, "reason": WHY} | ({"claim": claim.reference} if fate == "claim" else {})

    assert asked("POST", ASSIGN, body=body).status == 403
    assert in_state(MoneyState.UNMATCHED) == 1
    assert asked("POST", ASSIGN, STRANGER, body=body).status == 200


def test_money_cannot_be_moved_to_the_claim_of_a_sealed_dossier() -> None:
    claim = add_claim(SEALED)
    add_money()

    assert asked("POST", ASSIGN, body=assignment(claim.reference)).status == 403
    assert ClaimStore(PAYMENTS).get(claim.number) == claim


def test_a_run_tells_nothing_of_a_sealed_bill() -> None:
    hide()

    hidden: Mapping[str, Any] = asked("GET", f"/payments/runs/{RUN}", CLERK).body
    seen: Mapping[str, Any] = asked("GET", f"/payments/runs/{RUN}", NAMED).body

    for part in ("left_out", "dropped", "sample"):
        (bare,), (told,) = hidden[part], seen[part]
        assert (bare["invoice_id"], bare["hidden"], told["hidden"]) == (BILL, True, False)
        words = bare.get("reasons") or bare["why"]
        assert [("versiegelt" in one) for one in words] == [True]
    assert hidden["sample"][0]["reason"] is None
    assert seen["sample"][0]["reason"]


@pytest.mark.parametrize(
    ("who", "role", "status"),
    [(CLERK, "accounting", 403), (COLLEAGUE, "teamlead", 403), (NAMED, "caseworker", 200), (NAMED, "teamlead", 200)],
)
def test_a_sealed_bill_in_the_sample_is_looked_at_by_who_may_see_it(who: str, role: str, status: int) -> None:
    hide()
    known = RunStore(PAYMENTS).get(RUN)
    RunStore(PAYMENTS).save(None, replace(known, run_id=OTHER_RUN, sample=(SampleItem(BILL),)))

    answer = asked("POST", f"/payments/runs/{OTHER_RUN}/sample/{BILL}", who, role, body={"right": True})

    assert answer.status == status
    assert (RunStore(PAYMENTS).get(OTHER_RUN).sample[0].result is not None) == (status == 200)
