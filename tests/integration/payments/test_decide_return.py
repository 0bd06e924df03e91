"""Of what a bank keeps as charges nothing ever comes: somebody says that the bill is paid anew; the books show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from sozialakte.payments.acting import Desk
from sozialakte.payments.approval import Actor, Limits
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.decide_return import DecideReturn
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.journal_proof import prove_journal
from sozialakte.payments.journal_store import JournalStore
from sozialakte.payments.office import Office
from sozialakte.payments.rules import RuleBrokenError
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore
from sozialakte.register import RegisterStore
from sozialakte.runtime.dynamo import Table
from sozialakte.shared.access import Role
from tests.aws import PAYMENTS, REGISTER
from tests.bank.office import DOSSIER, NOW, released, sent, take
from tests.bank.words import camt, details, entry

pytestmark = pytest.mark.usefixtures("aws")
LATER, REASON = NOW + timedelta(days=20), "Spesen der Empfängerbank"


def told(amount: str, *, back: bool, ref: str) -> bytes:
    name = f"{released(1).invoice_id}-01"
    inside = details(amount, credit=back, end_to_end_id=name, ref=ref, returned="AC04" if back else "")
    code = "ICDT/RRTN" if back else "ICDT/DMCT"
    return camt("camt.054", [entry(amount, inside, credit=back, ref=f"E{ref}", code=code)])


def paid(back: str = "85.00") -> Invoice:
    """CHF 100 went, less came back."""
    sent([released(1)])
    take(told("100.00", back=False, ref="d"))
    if back:
        take(told(back, back=True, ref="r"))
    return PaymentsStore(PAYMENTS).get(released(1).invoice_id)


def decide(invoice: Invoice, by: str = "ma-200") -> Invoice:
    office = Office(RegisterStore(REGISTER, NOW.date()), frozenset())
    desk = Desk(PaymentsStore(PAYMENTS), office, Limits(Decimal(1000), Decimal(5000)), lambda *_: True)
    actor = Actor(by, frozenset({Role.ACCOUNTING}), "finanzen")
    book = BankBook(Table(PAYMENTS))
    return DecideReturn(desk, invoice.invoice_id, invoice.version, actor, LATER, book)(REASON)


def test_the_bill_goes_back_and_the_rest_stands_on_the_account_of_differences() -> None:
    invoice = paid()

    back = decide(invoice)

    assert (back.state, back.booked_on, back.round) == (InvoiceState.RETURNED, None, invoice.round + 1)
    assert back.last_act
    assert (back.last_act.what, back.last_act.by, back.last_act.reason) == ("money_back", "ma-200", REASON)
    assert PaymentsStore(PAYMENTS).get(back.invoice_id) == back
    assert [doubt.code for doubt in back.doubts] == ["bank_problem.returned_other_amount"]
    assert BankBook(Table(PAYMENTS)).payments("odd", 10) == ((), None)
    entries = JournalStore(PAYMENTS).of_account(DOSSIER, 10).entries
    assert sorted(one.settles for one in entries) == [Decimal(-85), Decimal(0), Decimal(100)]
    assert sum((one.difference for one in entries), Decimal()) == Decimal(15)
    assert is_proven()


def test_what_the_bank_keeps_may_come_after_all() -> None:
    decide(paid())

    take(told("15.00", back=True, ref="r2"))

    assert PaymentsStore(PAYMENTS).get(released(1).invoice_id).doubts == ()
    assert JournalStore(PAYMENTS).totals()["CHF"].difference == 0
    assert is_proven()


def test_decided_again_changes_nothing() -> None:
    invoice = paid()

    assert decide(invoice) == decide(invoice)
    with pytest.raises(InvoiceChangedError):
        decide(replace(invoice, version=invoice.version - 1))


@pytest.mark.parametrize(
    ("back", "by", "code"),
    [("", "ma-200", "money_back.nothing_came"), ("85.00", "ma-301", "money_back.released_it")],
)
def test_nobody_decides_it_without_money_or_of_what_they_released(back: str, by: str, code: str) -> None:
    invoice = paid(back)

    with pytest.raises(RuleBrokenError) as error:
        decide(invoice, by)

    assert [reason.code for reason in error.value.reasons] == [code]


def is_proven() -> bool:
    proof = prove_journal(PaymentsStore(PAYMENTS), JournalStore(PAYMENTS), "2026-11")
    return proof["CHF"].is_right
