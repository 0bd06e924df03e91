"""Categories and proposals for the screen; and whoever set a rule has entered what is coded by it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from functions.payments.api import handler
from sozialakte.payments.category_store import CategoryStore
from sozialakte.payments.coding_rules import Coding
from sozialakte.payments.invoice import Duty, Invoice, Payer
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.standing_rules import RuleEdit, RuleLine, StandingRule
from sozialakte.payments.store import PaymentsStore
from tests.approvals import (
    ANNA,
    BEAT,
    CARLA,
    DAY,
    DOSSIER,
    EMIL,
    RENT,
    a_desk,
    approving,
    entering,
    furnish_office,
    registered,
)
from tests.aws import PAYMENTS
from tests.builders import NOW
from tests.coding import CATEGORIES, a_rule
from tests.http_calls import Call

pytestmark = pytest.mark.usefixtures("office")

CODING = Coding(Payer.SERVICE, RENT.amount, (replace(RENT, category="21"),))


@pytest.fixture
def office(aws: None) -> None:  # noqa: ARG001
    furnish_office()
    store = CategoryStore(PAYMENTS)
    store.replace(store.get(), CATEGORIES, "operator", NOW)


def keep(invoice: Invoice, set_by: str, approved_by: str = EMIL) -> StandingRule:
    """The rule of an invoice's creditor for its rent."""
    lines = (RuleLine("21", Decimal(1), RENT.person_id),)
    edits = (RuleEdit(set_by, NOW, "set"),)
    rule = a_rule(dossier_id=DOSSIER, lines=lines, creditor_id=invoice.creditor_id, edits=edits)
    rules = PaymentsStore(PAYMENTS).rules
    return rules.save(rules.save(None, rule), rule.approve(approved_by, NOW))


def get(path: str, staff: str = ANNA, groups: str = "[caseworker]", **query: str) -> dict[str, object]:
    answer = Call("GET", path, staff, groups, query=query).to(handler)
    return {"status": answer.status, **answer.body}


def test_the_categories_of_a_day() -> None:
    listed = get("/payments/categories", day="2026-11-22")

    assert listed["status"] == 200
    codes = [category["code"] for category in listed["categories"]]  # type: ignore[attr-defined]
    assert (len(codes), codes[:3]) == (37, ["1", "21", "22"])
    assert get("/payments/categories", day="2025-12-31")["categories"] == []
    assert get("/payments/categories", groups="[mailroom]")["status"] == 403


def test_a_proposal_says_why_and_whose_rule_it_is() -> None:
    invoice = registered()
    rule = keep(invoice, BEAT)

    answer = get(f"/payments/invoices/{invoice.invoice_id}/proposal")

    assert (answer["ground"], answer["rule_id"], answer["rule_set_by"]) == ("rule", rule.rule_id, BEAT)
    assert answer["reasons"] == [
        "Dauerregel «Miete» über CHF 1'450.00.",
        "Im Voraus in Rechnung gestellt: 12.2026 bis 12.2026.",
    ]
    assert [line["period_from"] for line in answer["lines"]] == ["2026-12-01"]  # type: ignore[attr-defined]


def test_a_proposal_is_for_those_who_may_read_the_invoice() -> None:
    invoice = registered()

    assert get(f"/payments/invoices/{invoice.invoice_id}/proposal", EMIL)["status"] == 403
    assert get(f"/payments/invoices/{'0' * 32}/proposal")["status"] == 403


def test_whoever_set_the_rule_does_not_approve_what_it_codes() -> None:
    invoice = registered()
    keep(invoice, CARLA)

    waiting = entering(invoice, ANNA).submit(CODING)

    assert waiting.persons_with(Duty.ENTER) == {ANNA, CARLA}
    with pytest.raises(RuleBrokenError, match=r"approval\.has_entered"):
        approving(waiting, CARLA).approve()


def test_another_coding_is_not_the_rule_s() -> None:
    invoice = registered()
    keep(invoice, CARLA)

    waiting = entering(invoice, ANNA).submit(replace(CODING, lines=(replace(RENT, category="22"),)))

    assert waiting.persons_with(Duty.ENTER) == {ANNA}
    assert approving(waiting, CARLA).approve().state is InvoiceState.APPROVED


def test_who_approved_an_invoice_before_gives_no_rule_for_it() -> None:
    waiting = entering(registered(), ANNA).submit(CODING)
    returned = approving(approving(waiting, CARLA).approve(), CARLA).send_back("falsche Kategorie")
    keep(returned, CARLA)

    with pytest.raises(RuleBrokenError, match=r"approval\.rule_by_approver"):
        entering(returned, ANNA).submit(CODING)


def test_where_the_creditor_workflow_leads_nothing_is_approved_here() -> None:
    invoice = registered()
    waiting = entering(invoice, ANNA).submit(CODING)
    theirs = replace(a_desk(), workflow_leads=True)

    with pytest.raises(RuleBrokenError, match=r"approval\.workflow_leads"):
        replace(approving(waiting, CARLA), desk=theirs).approve()
    with pytest.raises(RuleBrokenError, match=r"approval\.workflow_leads"):
        replace(entering(registered(2), ANNA, DAY), desk=theirs).submit(CODING)
