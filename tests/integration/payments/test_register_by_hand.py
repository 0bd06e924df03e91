"""A bill that no program found on the paper is registered by whoever has the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from functions.payments.api import handler
from functions.payments.register_bills import handler as hear
from sozialakte.intake.desk.pictures import picture_key
from sozialakte.intake.letter import Letter
from sozialakte.intake.model import Lane
from sozialakte.intake.store import IntakeStore
from sozialakte.payments import LetterSettled
from sozialakte.payments.creditors import IbanState
from sozialakte.payments.invoice import Duty, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Field
from tests.approvals import ANNA, BEAT, DOSSIER, OFFICE, approving, coding_of, entering, furnish_office, lifting
from tests.aws import INTAKE, PAYMENTS, keep_letter_file, letter_file, rows
from tests.builders import NOW, a_letter
from tests.http_calls import Answer, Call
from tests.lambda_events import Context, failed_ids, sqs_event

IBAN = "CH9300762011623852957"
HOSTILE = "<script>alert(1)</script> Öhri"
TYPED: Mapping[str, object] = {
    "page": 2,
    "creditor": {"name": HOSTILE, "postal_code": "6003", "town": "Luzern"},
    "iban": "CH93 0076 2011 6238 5295 7",
    "amount": "88.20",
    "invoice_number": "2026-1188",
    "due": "2026-12-03",
}


@pytest.fixture
def letter(aws: None) -> Letter:  # noqa: ARG001 (the tables)
    """One of two pages that nobody has filed yet."""
    furnish_office()
    letter = a_letter((1, 2)).read(NOW)
    IntakeStore(INTAKE).add_letter(letter)
    return letter


def register(letter: Letter, role: str = "accounting", *, typed: Mapping[str, object] | None = None) -> Answer:
    body = {"letter_id": letter.letter_id, **TYPED, **(typed or {})}
    return Call("POST", "/payments/invoices", OFFICE, f"[{role}]", None, body).to(handler)


def registered(answer: Answer) -> Invoice:
    assert answer.status == 200, answer.body
    body: Any = answer.body
    return PaymentsStore(PAYMENTS).get(body["invoice"]["invoice_id"])


@pytest.mark.parametrize("role", ["accounting", "mailroom"])
def test_what_stands_on_the_page_is_registered_by_somebodys_word(letter: Letter, role: str) -> None:
    invoice = registered(register(letter, role))

    terms = invoice.terms
    assert (invoice.state, invoice.scan.letter_id, invoice.scan.page) == (InvoiceState.OPEN, letter.letter_id, 2)
    assert (terms.iban, str(terms.amount), terms.creditor.name) == (IBAN, "88.20", HOSTILE)
    assert {terms.read[field].how for field in (Field.IBAN, Field.AMOUNT, Field.DUE)} == {"person"}
    assert invoice.persons_with(Duty.ENTER) == {OFFICE}
    assert [counts.received for counts in PaymentsStore(PAYMENTS).ledger.by_month().values()] == [1]


def test_the_same_typed_again_is_the_same_invoice_another_bill_on_the_page_is_another(letter: Letter) -> None:
    first = registered(register(letter))
    before = rows(PAYMENTS)

    assert registered(register(letter)) == first
    assert rows(PAYMENTS) == before
    assert (
        registered(register(letter, typed={"invoice_number": "2026-1189", "amount": "12.00"})).invoice_id
        != first.invoice_id
    )


def test_it_goes_into_the_dossier_of_its_letter_whenever_that_is_filed(letter: Letter) -> None:
    invoice = registered(register(letter))
    filed = {"letter_id": letter.letter_id, "letter_version": 9, "fate": "filed", "dossier_id": DOSSIER}
    told = LetterSettled.model_validate({**filed, "destination": None})

    assert failed_ids(hear(sqs_event(told.to_json()), Context())) == []
    after = PaymentsStore(PAYMENTS).get(invoice.invoice_id)
    assert (after.dossier_id, after.team) == (DOSSIER, "nord")
    late = registered(register(letter, typed={"amount": "1.00", "invoice_number": "1"}))
    assert late.dossier_id == DOSSIER, "what is known of the letter counts at once"


def test_a_typed_iban_pays_nothing_until_somebody_else_has_approved_it(letter: Letter) -> None:
    invoice = registered(register(letter))
    entered = entering(entering(invoice, ANNA).assign(DOSSIER), ANNA)
    waiting = entered.submit(coding_of(invoice.terms.amount or 0))  # type: ignore[arg-type]

    with pytest.raises(RuleBrokenError) as error:
        approving(waiting, BEAT).approve()
    assert [reason.code for reason in error.value.reasons] == ["approval.iban_not_approved"]
    creditor = PaymentsStore(PAYMENTS).creditors.find(invoice.creditor_id)
    assert creditor is not None
    assert creditor.ibans[0].state is IbanState.PROPOSED
    decided = lifting(waiting, BEAT).decide_iban("Angerufen", approves=True)
    assert approving(decided, BEAT).approve().state is InvoiceState.APPROVED


def test_the_desks_picture_of_the_page_is_shown_if_there_is_one(letter: Letter) -> None:
    keep_letter_file(picture_key(letter, 2), b"picture")

    invoice = registered(register(letter))

    assert letter_file(f"bills/{invoice.invoice_id}.jpg") == b"picture"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"page": 3}, "body.page"),
        ({"letter_id": f"{'0' * 32}-0001-0001"}, "body.page"),
        ({"iban": "CH93 0076 2011 6238 5295 8"}, "body.iban"),
        ({"amount": 88.2}, "body.amount"),
        ({"creditor": {"name": ""}}, "body.creditor.name"),
        ({"version": 1}, "body.version"),
    ],
)
def test_what_cannot_be_is_refused_by_name(letter: Letter, typed: dict[str, object], wrong: str) -> None:
    answer = register(letter, typed=typed)

    assert (answer.status, answer.wrong_fields) == (422, [wrong])
    assert rows(PAYMENTS) == []


def test_letters_of_old_dossiers_hold_nothing_to_pay(letter: Letter) -> None:
    old = replace(letter, letter_id=f"{'e' * 32}-0001-0002", lane=Lane.BACKFILE)
    IntakeStore(INTAKE).add_letter(old)

    assert register(old).wrong_fields == ["body.page"]
