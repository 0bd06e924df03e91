"""Invoices of the small office (`tests.office`) in every state that a route needs, and a body for each route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.facts import BankFact, FactKind, PaymentFacts
from sozialakte.payments.categories import Category, CategoryList
from sozialakte.payments.category_store import CategoryStore
from sozialakte.payments.invoice import MACHINE, Act, CodingLine, Duty, Invoice, end_to_end_id
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Terms
from sozialakte.register.model import Absence, StaffMember
from sozialakte.runtime.dynamo import Table, transact
from tests.aws import PAYMENTS, put_register
from tests.fresh_stage import set_up
from tests.invoices import RECEIVED, TERMS, an_invoice
from tests.office import COLLEAGUE, DEPUTY, DOSSIER, IN_REVIEW, NOBODYS, OPENED, RESPONSIBLE, SEALED, SISTER, TODAY
from tests.runs import iban_of

PATH = "/payments/invoices/{invoice_id}"
ENTERED_BY = "ma-199"
"""Nobody who asks in the tests."""
OTHER_IBAN = "CH5604835012345678009"
WHERE = {"named": SEALED, "sealed": SEALED, "break_glass": OPENED, "nobodys": NOBODYS, "office": None}
_NEEDS = {
    "approval": "coded",
    "return": "coded",
    "twins": "twin",
    "iban": "iban",
    "reopening": "rejected",
    "money-back": "back",
}
_NUMBERS = {"open": 1, "coded": 2, "rejected": 3, "twin": 4, "iban": 5, "back": 6}
WORK: Mapping[str, Mapping[str, str]] = {
    "team": {"of": "enter"},
    "deputy": {"of": "teamlead", "standing_in_for": COLLEAGUE},
    "own": {"of": "teamlead"},
    "office": {"of": "office"},
    "none": {"of": "teamlead", "standing_in_for": RESPONSIBLE},
}
_REASON = {"version": 1, "reason": "Mit der <b>Verwaltung</b> besprochen."}
_LINE = {"amount": "400.00", "category": "21", "period_from": "2026-11-01", "period_to": "2026-11-30"}


def invoice_asked(path: str, relation: str) -> str:
    """The invoice that a line of the table is about."""
    return invoice_for(_NEEDS.get(path.rsplit("/", 1)[-1], "open"), relation)


def invoice_for(needed: str, relation: str) -> str:
    """The one in this state, of the dossier to which people stand so."""
    return "0" * 32 if relation == "missing" else _id(needed, WHERE.get(relation, DOSSIER))


_BY_HAND = {
    "letter_id": IN_REVIEW,
    "page": 1,
    "creditor": {"name": "Von <b>Hand</b>"},
    "iban": OTHER_IBAN,
    "amount": "400.00",
}
INVOICE_BODIES: Mapping[str, dict[str, object]] = {
    "POST /payments/invoices": _BY_HAND,
    f"POST {PATH}/dossier": {"version": 1, "dossier_id": SISTER},
    f"POST {PATH}/fields": {"version": 1, "confirmed": ["iban"], "amount": "410.00"},
    f"POST {PATH}/submission": {"version": 1, "accepted": "400.00", "lines": [_LINE]},
    f"POST {PATH}/approval": {"version": 1},
    f"POST {PATH}/return": _REASON,
    f"POST {PATH}/rejection": {**_REASON, "ending": "notice"},
    f"POST {PATH}/reopening": _REASON,
    f"POST {PATH}/twins": {**_REASON, "twin": "0" * 32},
    f"POST {PATH}/iban": {**_REASON, "approves": True},
    f"POST {PATH}/money-back": _REASON,
}


@set_up
def furnish_invoices(path: str, relation: str) -> None:
    """What a line of the table is about; the colleague, a team lead, is away."""
    if not path.startswith("/payments"):
        return
    put_register(StaffMember(COLLEAGUE, "Carla Probe", "nord", deputies=(DEPUTY,)))
    put_register(Absence(COLLEAGUE, date.fromisoformat(TODAY), date.fromisoformat(TODAY)))
    add_category()
    if "{invoice_id}" in path and relation != "missing":
        add_invoice(_NEEDS.get(path.rsplit("/", 1)[-1], "open"), WHERE.get(relation, DOSSIER))


def add_category() -> None:
    """One category holds."""
    rent = Category("21", "Mietzins", "5720.3637.10", support=True, valid_from=date(2020, 1, 1))
    CategoryStore(PAYMENTS).replace(CategoryList(), CategoryList((rent,)), MACHINE, RECEIVED)


def add_invoice(needed: str, dossier_id: str | None) -> Invoice:
    """One in a state; its twin comes with it, its creditor is known."""
    store, terms = PaymentsStore(PAYMENTS), _terms(needed, dossier_id)
    creditor = store.creditors.meet(terms, MACHINE, RECEIVED)
    if needed == "iban":
        terms = replace(terms, iban=OTHER_IBAN, reference_type="NON")
        creditor = store.creditors.meet(terms, MACHINE, RECEIVED)
    assert creditor is not None
    known = {"creditor_id": creditor.creditor_id, "dossier_id": dossier_id, "team": "nord" if dossier_id else None}
    invoice = replace(an_invoice(_number(needed, dossier_id), terms), **known, **_STATES.get(needed, {}))  # type: ignore[arg-type]
    store.save(None, invoice)
    if needed == "twin":
        before = RECEIVED - timedelta(days=1)
        twin = replace(invoice, invoice_id=_twin_of(dossier_id), received_at=before, state=InvoiceState.OPEN)
        store.save(None, twin)
    if needed == "back":
        _some_came_back(invoice)
    return invoice


def _some_came_back(invoice: Invoice) -> None:
    """The bank took CHF 400 and gave CHF 385 back."""
    facts = PaymentFacts(end_to_end_id(invoice.invoice_id, invoice.attempt))
    day = RECEIVED.date()
    for kind, amount in ((FactKind.BOOKED, "400.00"), (FactKind.RETURNED, "385.00")):
        facts = facts.heard(BankFact(kind, facts.end_to_end_id, kind, day, "", Decimal(amount), "CHF"))
    transact([BankBook(Table(PAYMENTS)).facts_part(PaymentFacts(facts.end_to_end_id), facts.judged(invoice), RECEIVED)])


_CODED = {
    "state": InvoiceState.CODED,
    "accepted": Decimal("400.00"),
    "lines": (CodingLine(Decimal("400.00"), "21"),),
    "round": 1,
    "waits_for": "caseworker",
    "acts": (Act(Duty.ENTER, "submit", ENTERED_BY, RECEIVED, 1),),
}
_STATES: Mapping[str, Mapping[str, object]] = {
    "coded": _CODED,
    "twin": _CODED,
    "iban": _CODED,
    "rejected": {"state": InvoiceState.REJECTED},
    "back": {**_CODED, "state": InvoiceState.PAID, "waits_for": None, "attempt": 1, "booked_on": RECEIVED.date()},
}


def _terms(needed: str, dossier_id: str | None) -> Terms:
    """Of a creditor of its own, so that nothing looks the same by chance."""
    name = f"{needed} {dossier_id}"
    creditor = replace(TERMS.creditor, name=name)
    return replace(
        TERMS,
        iban=iban_of(_number(needed, dossier_id)),
        creditor=creditor,
        amount=Decimal("400.00"),
        reference=None,
        reference_type="NON",
        invoice_number="1",
    )


def _number(needed: str, dossier_id: str | None) -> int:
    return 100 * [DOSSIER, SEALED, OPENED, NOBODYS, None].index(dossier_id) + _NUMBERS[needed]


def _id(needed: str, dossier_id: str | None) -> str:
    return an_invoice(_number(needed, dossier_id)).invoice_id


def _twin_of(dossier_id: str | None) -> str:
    return an_invoice(10_000 + _number("twin", dossier_id)).invoice_id


def twin_asked(relation: str) -> str:
    """The invoice that the one for ``twins`` may repeat."""
    return _twin_of(WHERE.get(relation, DOSSIER))
