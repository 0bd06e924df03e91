"""What people say an invoice is for: put into a dossier, confirmed, corrected, coded and submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sozialakte.payments.coding_rules import Coding
from sozialakte.payments.enter_invoice import Fields
from sozialakte.payments.invoice import CodingLine, Payer
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.payments.terms import Field, InvoiceKind
from tests.approvals import (
    ANNA,
    BEAT,
    CARLA,
    DOSSIER,
    EMIL,
    RENT,
    WARDS,
    a_desk,
    approving,
    coding_of,
    entering,
    furnish_office,
    registered,
    submitted,
)
from tests.aws import PAYMENTS
from tests.invoices import TERMS

ALL = Decimal("1450.00")
OTHER_IBAN = "CH5604835012345678009"


@pytest.fixture(autouse=True)
def _office(aws: None) -> None:  # noqa: ARG001 (the tables)
    furnish_office()


def broken(error: pytest.ExceptionInfo[RuleBrokenError]) -> list[str]:
    return [reason.code for reason in error.value.reasons]


def coded(*lines: Mapping[str, object], accepted: Decimal = ALL, **what: object) -> Coding:
    return Coding(
        **{  # type: ignore[arg-type]
            "payer": Payer.SERVICE,
            "accepted": accepted,
            "lines": tuple(replace(RENT, **line) for line in lines),  # type: ignore[arg-type]
            **what,
        }
    )


def test_a_bill_is_submitted_with_all_it_is_for() -> None:
    invoice = registered()

    waiting = entering(invoice, ANNA).submit(coding_of(ALL))

    assert (waiting.state, waiting.round, waiting.accepted, waiting.waits_for) == (
        InvoiceState.CODED, 1, ALL, "teamlead",
    )  # fmt: skip
    assert entering(invoice, ANNA).submit(coding_of(ALL)) == waiting, "sent twice: once"
    assert PaymentsStore(PAYMENTS).get(invoice.invoice_id) == waiting


@pytest.mark.parametrize(
    ("coding", "why"),
    [
        (coded({"amount": Decimal("1449.95")}), ["coding.wrong_sum"]),
        (coded({"amount": Decimal(1500)}, {"amount": Decimal(-50)}), ["coding.wrong_sign"]),
        (coded({"category": None}), ["coding.no_category"]),
        (coded({"category": "100"}), ["coding.no_category"]),
        (coded({"person_id": "P-000999"}), ["coding.foreign_person"]),
        (coded({"period_from": date(2026, 11, 2)}), ["coding.no_months"]),
        (coded({"period_to": date(2026, 11, 29)}), ["coding.no_months"]),
        (coded({"period_to": None}), ["coding.no_months"]),
        (coded({"period_from": date(2026, 12, 1)}), ["coding.no_months"]),
        (coded({"amount": Decimal(1400)}, accepted=Decimal(1400)), ["coding.partial_without_reason"]),
        (coded({"amount": Decimal(1451)}, accepted=Decimal(1451), partial="Mehr"), ["coding.too_much"]),
        (coded({"amount": Decimal(0)}, accepted=Decimal(0)), ["coding.wrong_sign", "coding.wrong_sign"]),
        (coded({"category": None}, payer=Payer.WARD), ["coding.no_ward"]),
    ],
)
def test_what_does_not_add_up_is_not_submitted(coding: Coding, why: list[str]) -> None:
    with pytest.raises(RuleBrokenError) as error:
        entering(registered(), ANNA).submit(coding)

    assert broken(error) == why


def test_part_of_a_bill_can_be_accepted_with_a_reason() -> None:
    part = coded({"amount": Decimal(1400)}, accepted=Decimal(1400), partial="Ohne <i>Parkplatz</i>")

    waiting = entering(registered(), ANNA).submit(part)

    assert (waiting.owed and waiting.owed.amount, waiting.partial) == (Decimal(1400), "Ohne <i>Parkplatz</i>")


def test_a_wards_bill_is_paid_from_the_own_account_and_has_no_category() -> None:
    mine = registered(dossier_id=WARDS)

    with pytest.raises(RuleBrokenError) as error:
        entering(mine, ANNA).submit(coded({}, payer=Payer.WARD))
    assert broken(error) == ["coding.ward_has_none"]

    waiting = entering(mine, ANNA).submit(Coding(Payer.WARD, ALL, (CodingLine(ALL),)))
    assert waiting.payer is Payer.WARD


def test_nothing_is_submitted_before_it_is_known_whose_it_is_and_what_was_read_is_confirmed() -> None:
    invoice = registered(dossier_id=None, unconfirmed=(Field.IBAN, Field.AMOUNT), creditor_id=None)

    with pytest.raises(RuleBrokenError) as error:
        entering(invoice, ANNA).submit(coded({"person_id": None}))

    assert broken(error) == ["coding.no_dossier", "coding.unconfirmed", "coding.no_creditor"]


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (replace(TERMS, iban=""), "coding.no_iban"),
        (replace(TERMS, reference=None, reference_type="NON"), "coding.iban_reference"),
        (replace(TERMS, iban=OTHER_IBAN), "coding.iban_reference"),
    ],
)
def test_iban_and_reference_must_fit_each_other(terms: object, why: str) -> None:
    invoice = registered(terms=terms)  # type: ignore[arg-type]

    with pytest.raises(RuleBrokenError) as error:
        entering(invoice, ANNA).submit(coding_of(ALL))

    assert broken(error) == [why]


def test_fields_are_confirmed_one_after_the_other() -> None:
    invoice = registered(unconfirmed=(Field.IBAN, Field.AMOUNT))

    seen = entering(invoice, ANNA).correct(Fields({}, (Field.IBAN,)))
    typed = entering(seen, ANNA).correct(Fields({"amount": Decimal("1405.00")}, (Field.AMOUNT,)))

    assert (seen.unconfirmed, typed.unconfirmed) == ((Field.AMOUNT,), ())
    assert typed.terms.amount == Decimal("1405.00")
    assert typed.terms.read[Field.AMOUNT].how == "person"
    assert entering(seen, ANNA).correct(Fields({"amount": Decimal("1405.00")}, (Field.AMOUNT,))) == typed


def test_the_same_version_corrected_otherwise_is_told_who_was_first() -> None:
    invoice = registered()
    first = entering(invoice, ANNA).correct(Fields({"amount": Decimal(1400)}))

    with pytest.raises(InvoiceChangedError) as error:
        entering(invoice, ANNA).correct(Fields({"amount": Decimal(1300)}))

    assert error.value.current == first


def test_a_typed_iban_stays_with_the_creditor_and_waits_for_a_second_person() -> None:
    invoice = registered()
    other = {"iban": OTHER_IBAN, "reference": None, "reference_type": "NON"}
    typed = entering(invoice, ANNA).correct(Fields(other))
    assert typed.creditor_id == invoice.creditor_id

    with pytest.raises(RuleBrokenError) as error:
        approving(entering(typed, ANNA).submit(coding_of(ALL)), CARLA).approve()

    assert broken(error) == ["approval.iban_not_approved"]


def test_a_credit_note_is_below_zero_however_it_is_printed() -> None:
    note = entering(registered(), ANNA).correct(Fields({}, kind=InvoiceKind.CREDIT_NOTE))
    assert note.terms.amount == -ALL

    with pytest.raises(RuleBrokenError) as error:
        entering(note, ANNA).submit(coding_of(ALL))
    assert broken(error) == ["coding.wrong_sign"]

    assert entering(note, ANNA).submit(coding_of(-ALL)).waits_for == "teamlead"


def test_a_bill_moves_to_another_dossier_and_loses_what_it_was_for() -> None:
    back = approving(submitted(), CARLA).send_back("Falsches Dossier")

    moved = entering(back, ANNA).assign(WARDS)

    assert (moved.dossier_id, moved.dossier_by, moved.team, moved.lines) == (WARDS, ANNA, "nord", ())
    assert entering(back, ANNA).assign(WARDS) == moved
    assert entering(moved, ANNA).assign(None).team is None


def test_what_waits_for_an_approval_is_not_changed_but_sent_back_first() -> None:
    waiting = submitted()

    with pytest.raises(RuleBrokenError) as error:
        entering(waiting, ANNA).assign(DOSSIER)
    assert broken(error) == ["approval.not_to_enter"]
    with pytest.raises(RuleBrokenError):
        entering(waiting, ANNA).correct(Fields({}))


def test_a_creditor_who_is_staff_stays_known_as_that() -> None:
    marked = entering(registered(1), CARLA).correct(Fields({}, payee_staff=EMIL))
    assert marked.payee_staff == EMIL
    other = registered(2, replace(TERMS, reference=None, invoice_number="B-2"))

    again = entering(other, BEAT).correct(Fields({"invoice_number": "B-3"}))
    freed = entering(again, BEAT).correct(Fields({}, payee_staff=""))

    assert (again.payee_staff, freed.payee_staff) == (EMIL, None)
    creditor = a_desk().creditors.find(other.creditor_id)
    assert creditor is not None
    assert creditor.staff_id is None
