"""What the page of the bills shows of a list and of a bill."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialakte.payments.answers import ActAnswer, FieldAnswer, InvoiceDetail, InvoiceSummary, LineAnswer, Obstacles
from sozialakte.payments.coding_answers import ProposalAnswer
from sozialakte.payments.invoice import Invoice, Payer
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.propose import Ground
from sozialakte.payments.questions import WorkList
from sozialakte.payments.terms import Discount, Field
from sozialakte.payments.views.bill_view import bill_said, bill_view
from sozialakte.payments.views.coding_view import CodingHelp
from sozialakte.payments.views.work_view import Chosen, work_said, work_view
from tests.invoices import RECEIVED, TERMS, an_invoice

TODAY = date(2026, 11, 22)
CHOSEN = Chosen(WorkList.ENTER, (WorkList.ENTER, WorkList.CASEWORKER))
HOSTILE = "</p><script>alert(1)</script><a onclick='x' href=\"javascript:x\">&amp;"
LINE = LineAnswer(amount="1450.00", category="21", person_id=None, period_from=None, period_to=None)


def a_bill(state: InvoiceState = InvoiceState.OPEN, **what: object) -> Invoice:
    return replace(an_invoice(), state=state, dossier_id="SH-2026-00201", **what)  # type: ignore[arg-type]


def detail_of(invoice: Invoice, text: str | None = None, obstacle: str | None = None) -> InvoiceDetail:
    return InvoiceDetail(
        invoice=InvoiceSummary.of(invoice), letter_id="l", page=1, picture="https://p", picture_until=RECEIVED,
        fields=[FieldAnswer.of(field, invoice) for field in Field], message=text, doubts=[text] if text else [],
        twins=[], payer=Payer.SERVICE, accepted=None, partial=text, lines=[LINE] if invoice.lines else [],
        acts=[_act(text)],
        creditor=None, obstacles=Obstacles(enter=obstacle, approve=obstacle),
    )  # fmt: skip


def _act(reason: str | None) -> ActAnswer:
    return ActAnswer(
        by="ma-1", standing_in_for=None, at=RECEIVED, what="return", what_name="-", reason=reason, void=False
    )


def proposed(text: str) -> CodingHelp:
    proposal = ProposalAnswer(
        ground=Ground.WORDS, lines=[LINE], reasons=[text], warnings=[], rule_id=None, rule_set_by=None
    )
    return CodingHelp({"21": text}, {"P-000001": text}, proposal)


def orders(markup: str) -> Mapping[str, object]:
    """Every order on the page: the last word of its path and its body."""
    found = re.findall(r'data-post="([^"]*)" data-body="([^"]*)"', markup)
    return {path.rsplit("/", 1)[-1]: json.loads(unescape(body)) for path, body in found}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80) | st.just(HOSTILE))
def test_no_text_of_a_bill_makes_an_element(text: str) -> None:
    def elements(said: str) -> list[str]:
        terms = replace(TERMS, creditor=replace(TERMS.creditor, name=said), invoice_number=said)
        bill = a_bill(terms=terms)
        view = bill_view(detail_of(bill, said), proposed(said)) + work_view([bill], None, CHOSEN, TODAY)
        return re.findall(r"<[a-z!/][^\s>]*", view)

    assert elements(text) == elements("x")


def test_the_most_urgent_comes_first_with_what_to_mind() -> None:
    ends = Discount(Decimal(2), TODAY + timedelta(days=1))
    discount = replace(an_invoice(1), terms=replace(TERMS, due=date(2026, 12, 30), discounts=(ends,)))
    overdue = replace(an_invoice(2), terms=replace(TERMS, due=date(2026, 11, 1)))
    later = replace(an_invoice(3), terms=replace(TERMS, due=date(2026, 12, 1)), twins=("f" * 32,))

    markup = work_view([later, discount, overdue], None, CHOSEN, TODAY)

    assert re.findall(r'data-open="(\w+)"', markup) == [one.invoice_id for one in (overdue, discount, later)]
    marks = [markup.index(mark) for mark in ("Überfällig", "Skonto bis 23.11.2026", "Vielleicht ein Doppel")]
    assert marks == sorted(marks)
    assert work_said([later, discount], None) == "2 Rechnungen warten."
    assert work_said([later], "more") == "1 Rechnungen auf dieser Seite, es folgen weitere."


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (InvoiceState.OPEN, {"submission", "fields", "dossier", "rejection"}),
        (InvoiceState.CODED, {"approval", "return", "rejection"}),
        (InvoiceState.APPROVED, {"return"}),
        (InvoiceState.REJECTED, {"reopening"}),
    ],
)
def test_only_what_its_state_allows_can_be_asked_for(state: InvoiceState, found: set[str]) -> None:
    assert set(orders(bill_view(detail_of(a_bill(state)), proposed("Miete")))) == found


def test_who_may_not_reads_why() -> None:
    for state in (InvoiceState.OPEN, InvoiceState.CODED):
        markup = bill_view(detail_of(a_bill(state), obstacle="Das geht an Sie."), proposed("Miete"))
        assert "Das geht an Sie." in markup
        assert not {"approval", "submission", "fields"} & set(orders(markup))


def test_an_order_is_about_the_version_that_is_seen_and_in_whose_place() -> None:
    bill = a_bill(InvoiceState.CODED, version=7)

    markup = bill_view(detail_of(bill), CodingHelp(), "ma-203")

    assert orders(markup)["approval"] == {"version": 7, "standing_in_for": "ma-203"}


def test_a_field_says_where_it_was_read_and_one_key_confirms_all() -> None:
    bill = a_bill(unconfirmed=(Field.IBAN, Field.DUE))

    markup = bill_view(detail_of(bill), CodingHelp())

    assert "CH44 3199 9123 0008 8901 2" in markup
    assert "21 00000 00003 13947 14300 09017" in markup
    assert '"confirmed": ["iban", "due"]' in unescape(markup)
    assert bill_said(detail_of(bill)).startswith("Immo Muster AG, CHF 1'450.00, offen.")


def test_no_two_orders_share_a_key() -> None:
    for state in InvoiceState:
        keys = re.findall(r'data-key="([^"]+)"', bill_view(detail_of(a_bill(state)), proposed("Miete")))
        assert len(keys) == len(set(keys))
