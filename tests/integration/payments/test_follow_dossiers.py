"""A bill waits in the list of the team that looks after its dossier, whoever had the dossier before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from functions.payments.reconcile import handler
from sozialakte.payments.approval import Level
from sozialakte.payments.invoice import MACHINE, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.records import approve_key, enter_key
from sozialakte.payments.settle_invoice import Ending
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import Dossier, DossierStatus, DossierType, StaffMember
from tests.approvals import ANNA, BEAT, DORA, DOSSIER, EMIL, WARDS, approving, furnish_office, registered, settling
from tests.approvals import submitted as coded
from tests.aws import PAYMENTS, put_register
from tests.invoices import TERMS
from tests.lambda_events import Context


@pytest.fixture(autouse=True)
def _office(aws: None) -> None:  # noqa: ARG001 (the tables)
    furnish_office()


def given_to(staff_id: str | None) -> None:
    put_register(Dossier(DOSSIER, DossierType.ECONOMIC_ASSISTANCE, 1061, DossierStatus.OPEN, staff_id))


def look() -> None:
    handler({}, Context())


def listed(key: str) -> list[str]:
    return [invoice.invoice_id for invoice in PaymentsStore(PAYMENTS).waiting(key, 10).invoices]


def now_is(invoice: Invoice) -> Invoice:
    return PaymentsStore(PAYMENTS).get(invoice.invoice_id)


def test_unpaid_bills_come_to_the_new_team_each_into_the_list_it_waits_in() -> None:
    to_enter = registered(
        1, replace(TERMS, invoice_number="A", reference=None, reference_type="NON", amount=Decimal(99))
    )
    waiting = coded(2)
    given_to(EMIL)

    look()

    assert listed(enter_key("sued")) == [to_enter.invoice_id]
    assert listed(approve_key("sued", Level.TEAMLEAD)) == [waiting.invoice_id]
    assert listed(enter_key("nord")) == listed(approve_key("nord", Level.TEAMLEAD)) == []
    last = now_is(waiting).last_act
    assert (last and last.what, last and last.by) == ("team_moved", MACHINE)
    assert approving(now_is(waiting), DORA).approve().state is InvoiceState.APPROVED


def test_a_person_who_changes_the_team_takes_the_bills_along() -> None:
    waiting = coded(1)
    put_register(StaffMember(ANNA, "Anna Beispiel", "sued"))

    look()

    assert now_is(waiting).team == "sued"


def test_what_is_where_it_belongs_stays_as_it_is() -> None:
    waiting, other = coded(1), registered(2, dossier_id=None, team=None)

    look()

    assert (now_is(waiting), now_is(other)) == (waiting, other)


@pytest.mark.parametrize("responsible", [None, "ma-999"])
def test_bills_of_a_dossier_that_nobody_looks_after_stay_in_a_list_that_people_read(responsible: str | None) -> None:
    waiting = coded(1)
    given_to(responsible)

    look()

    assert listed(approve_key("nord", Level.TEAMLEAD)) == [waiting.invoice_id]


def test_what_is_done_with_stays_with_the_team_that_did_it() -> None:
    ended = settling(registered(1, dossier_id=WARDS), BEAT).reject(Ending.REJECTED, "Nicht unser")
    put_register(Dossier(WARDS, DossierType.ADULT_PROTECTION, 1061, DossierStatus.OPEN, EMIL))

    look()

    assert now_is(ended) == ended
