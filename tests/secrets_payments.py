"""Bills, money, bookings and words of the bank about a sealed dossier (`tests.secrets`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.facts import PaymentFacts
from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.claims import ClaimKind, Demand
from sozialakte.payments.incoming_money import IncomingMoney, MoneyAct, MoneyState
from sozialakte.payments.invoice import MACHINE, CodingLine, Invoice, end_to_end_id
from sozialakte.payments.money_store import MoneyStore
from sozialakte.payments.runs.run import LeftOut, PaymentRun, RunAct, RunState, SampleItem, SampleResult, run_id_of
from sozialakte.payments.runs.store import RunStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import Discount, Terms
from sozialakte.runtime.dynamo import Table, transact
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason
from tests.aws import PAYMENTS
from tests.booked import an_approved, furnish_categories, paid, released
from tests.invoices import TERMS
from tests.runs import DAY, DUE_UNTIL, MAKER, NOW

PAID, PROPOSED = "5ec7e7" + "0" * 26, "5ec7e7" + "1" * 26
"""Money that came in."""
RUN = run_id_of(DAY, 7)
"""With its bill in the sample, and among what is left out."""


BILL = an_approved(4711).invoice_id


def bill(dossier_id: str, person_id: str, creditor: str) -> Invoice:
    """Approved and overdue, with a discount."""
    terms, line = _terms(creditor), CodingLine(Decimal(1450), "21", person_id)
    known = PaymentsStore(PAYMENTS).creditors.meet(terms, MACHINE, NOW)
    assert known
    approved = an_approved(4711, dossier_id=dossier_id, lines=(line,))
    return replace(approved, terms=terms, creditor_id=known.creditor_id)


def hide_payments(dossier_id: str, person_id: str, name: str, creditor: str) -> None:
    """Bills of this creditor, and money that somebody of this name paid."""
    furnish_categories()
    waits = bill(dossier_id, person_id, creditor)
    _bills(waits)
    _money(dossier_id, person_id, name)
    said = SampleResult(MAKER, NOW, right=False, reason=f"{creditor} ist falsch")
    why = LeftOut(waits.invoice_id, (Reason("run.checked_before", {"by": name}),))
    run = PaymentRun(RUN, DAY, DUE_UNTIL, RunState.CHECKING, NOW, (RunAct("made", MAKER, NOW),))
    RunStore(PAYMENTS).save(
        None, replace(run, sample=(SampleItem(waits.invoice_id, result=said),), left_out=(why,), dropped=(why,))
    )
    facts = PaymentFacts(end_to_end_id(waits.invoice_id, 1), returned=f"Konto von {name}", problems=("booked_twice",))
    book = BankBook(Table(PAYMENTS))
    transact([book.facts_part(PaymentFacts(facts.end_to_end_id), facts, NOW)])


def _bills(waits: Invoice) -> None:
    store = PaymentsStore(PAYMENTS)
    store.save(None, waits)
    other = replace(waits, invoice_id=an_approved(4712).invoice_id)
    store.save(None, other)
    store.save(other, paid(released(other)))


def _money(dossier_id: str, person_id: str, name: str) -> None:
    day = date(2026, 11, 2)
    demand = Demand(ClaimKind.REPAYMENT, dossier_id, person_id, Money(Decimal(90)), name, day, date(2026, 12, 2))
    claim = ClaimStore(PAYMENTS).issue(demand, MAKER)
    came = IncomingMoney(
        PROPOSED, "CH7280005000088877766", Decimal(90), "CHF", MoneyState.PROPOSED, day, text=name, payer=name
    )
    act = MoneyAct(MoneyState.BOOKED_ELSEWHERE, MAKER, NOW, claim.number, f"Von {name}")
    store = MoneyStore(Table(PAYMENTS))
    store.save(None, replace(came, proposals=(claim.number,)))
    store.save(None, replace(came, money_id=PAID, state=MoneyState.UNMATCHED, acts=(act,)))


def _terms(creditor: str) -> Terms:
    ends = Discount(Decimal(2), date(2026, 11, 23))
    return replace(TERMS, creditor=replace(TERMS.creditor, name=creditor), due=date(2026, 11, 1), discounts=(ends,))
