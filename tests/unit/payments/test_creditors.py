"""Who a bill is from, and whether money may go to its IBAN."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sozialakte.payments.creditors import (
    Creditor,
    IbanDecision,
    IbanState,
    TooManyIbansError,
    against_paying,
    doubts_about,
    first_met,
    signs_of,
)
from sozialakte.payments.invoice import MACHINE
from sozialakte.payments.qr_bill import Party
from sozialakte.payments.terms import InvoiceKind, Terms
from tests.invoices import CREDITOR, RECEIVED, TERMS, an_invoice

OTHER = "CH5604835012345678009"
NOBODY: frozenset[str] = frozenset()


def known(terms: Terms = TERMS, by: str = MACHINE) -> Creditor:
    creditor = first_met(terms, by, RECEIVED)
    assert creditor is not None
    return creditor


def decision(by: str, *, approves: bool = True, days: int = 1) -> IbanDecision:
    return IbanDecision(by, RECEIVED + timedelta(days=days), approves, "Nachgefragt")


def codes(creditor: Creditor, terms: Terms) -> list[str]:
    return [doubt.code for doubt in doubts_about(creditor, terms)]


def test_a_creditor_is_known_by_iban_uid_and_name_and_no_key_says_which() -> None:
    signs = signs_of(replace(TERMS, creditor_uid="CHE-123.456.789"))

    assert len(set(signs)) == 3
    assert not any("CH44" in sign or "immo" in sign for sign in signs)
    assert signs_of(replace(TERMS, creditor_uid="che 123 456 789")) == signs


def test_spelling_does_not_make_another_creditor() -> None:
    one, other = (replace(CREDITOR, name=name) for name in ("Müller <b>AG</b>", "Mu\u0308ller <b>ag</b>"))

    assert signs_of(replace(TERMS, creditor=one))[-1] == signs_of(replace(TERMS, creditor=other))[-1]


def test_who_says_nothing_of_themselves_is_nobody() -> None:
    assert first_met(replace(TERMS, iban="", creditor=Party("")), MACHINE, RECEIVED) is None


def test_the_first_iban_is_known_another_is_only_proposed() -> None:
    creditor = known().met(OTHER, MACHINE, RECEIVED)

    assert [one.state for one in creditor.ibans] == [IbanState.APPROVED, IbanState.PROPOSED]
    assert creditor.met(OTHER, MACHINE, RECEIVED) is creditor
    assert codes(creditor, TERMS) == []
    assert codes(creditor, replace(TERMS, iban=OTHER)) == ["creditor.iban_changed"]


def test_what_somebody_types_is_never_the_first() -> None:
    assert known(by="ma-1").ibans[0].state is IbanState.PROPOSED


def test_a_bill_in_another_name_with_a_known_iban_is_doubtful() -> None:
    other = replace(TERMS, creditor=replace(CREDITOR, name="Ganz Anders GmbH"))

    assert codes(known(), other) == ["creditor.other_name"]


def test_the_last_decision_counts() -> None:
    creditor = known().met(OTHER, MACHINE, RECEIVED).decided(OTHER, decision("ma-1"))
    invoice = an_invoice(terms=replace(TERMS, iban=OTHER))
    assert against_paying(creditor, invoice, NOBODY) is None

    refused = creditor.decided(OTHER, decision("ma-2", approves=False))

    assert against_paying(refused, invoice, NOBODY) is not None
    assert codes(refused, invoice.terms) == ["creditor.iban_refused"]


@pytest.mark.parametrize(("days", "trusted"), [(1, False), (-1, True)])
def test_who_entered_a_bill_cannot_have_approved_its_iban_unless_before_it_came(days: int, trusted: bool) -> None:
    creditor = known().met(OTHER, MACHINE, RECEIVED).decided(OTHER, decision("ma-1", days=days))
    invoice = an_invoice(terms=replace(TERMS, iban=OTHER))

    assert (against_paying(creditor, invoice, frozenset({"ma-1"})) is None) is trusted


def test_no_iban_is_needed_where_no_money_goes_out() -> None:
    nothing = replace(TERMS, iban="")

    for kind, stops in ((InvoiceKind.CREDIT_NOTE, False), (InvoiceKind.RECEIPT, False), (InvoiceKind.BILL, True)):
        invoice = replace(an_invoice(terms=nothing), kind=kind)
        assert (against_paying(known(), invoice, NOBODY) is not None) is stops
    assert against_paying(None, an_invoice(), NOBODY) is not None


def test_somebody_with_an_iban_for_every_bill_is_no_creditor() -> None:
    creditor = known()
    for number in range(29):
        creditor = creditor.met(f"CH{number}", MACHINE, RECEIVED)

    with pytest.raises(TooManyIbansError):
        creditor.met(OTHER, MACHINE, RECEIVED)
