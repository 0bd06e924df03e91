"""A morning on which money has come in and the bank has told odd things."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sozialakte.payments.bank.book import BankBook, BankFile, BankFileState, WaitingSum
from sozialakte.payments.bank.facts import PaymentFacts
from sozialakte.payments.claims import Claim
from sozialakte.payments.incoming_money import IncomingMoney, MoneyAct, MoneyState
from sozialakte.payments.invoice import MACHINE, Invoice, end_to_end_id
from sozialakte.payments.money_store import MoneyStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.register import Person
from sozialakte.runtime.dynamo import Table, transact
from sozialakte.shared.clock import utc_now
from sozialakte.shared.reasons import Reason
from tests.approvals import DOSSIER, furnish_office
from tests.aws import PAYMENTS, put_register
from tests.browser.bill_morning import HOSTILE, now_is
from tests.invoices import an_invoice
from tests.money_calls import add_claim, add_money
from tests.office import PERSON

MESSAGE = "Zahlung für November, danke vielmals <b>P. Muster</b>"


def money(number: int) -> str:
    """The id of some money."""
    return f"{number:032x}"


def furnish_money() -> tuple[Claim, tuple[IncomingMoney, ...]]:
    """A claim, and money: unknown, from somebody hostile, that may pay the claim, that did, that went back."""
    furnish_office()
    put_register(Person(PERSON, "Muster", "Pia"))
    claim = add_claim(DOSSIER)
    back = MoneyAct(MoneyState.PAID_BACK, "ma-220", utc_now(), reason="Irrtum der Zahlerin")
    found = MoneyAct(MoneyState.MATCHED, MACHINE, utc_now(), claim.number)
    return claim, (
        add_money("1234.50", money(1), text=MESSAGE, payer_iban="CH9300762011623852957"),
        _from_hostile(),
        add_money("250.00", money(3), state=MoneyState.PROPOSED, proposals=(claim.number,)),
        add_money("250.00", money(4), state=MoneyState.MATCHED, claim=claim.number, acts=(found,),
                  reference=claim.reference),
        add_money("70.00", money(5), state=MoneyState.PAID_BACK, acts=(back,)),
    )  # fmt: skip


def furnish_bank() -> Invoice:
    """Messages refused and odd, payments odd and early, a sum that does not fit; the bill of the odd payment."""
    furnish_office()
    bill = replace(an_invoice(50), dossier_id=DOSSIER)
    PaymentsStore(PAYMENTS).save(None, bill)
    book, now = BankBook(Table(PAYMENTS)), utc_now()
    for file in _messages(now):
        book.note_file(file)
    twice = PaymentFacts(
        end_to_end_id(bill.invoice_id, 1),
        booked_on=date(2026, 11, 20),
        bookings=("t:1", "t:2"),
        problems=("booked_twice",),
    )
    early = PaymentFacts(end_to_end_id(bill.invoice_id, 2), "Das Konto ist aufgehoben.", early=True)
    for facts in (twice, early):
        transact([book.facts_part(PaymentFacts(facts.end_to_end_id), facts, now)])
    book.note_sum(WaitingSum("R20261120-01-1-1", "k", Decimal("-7407.85"), "CHF", date(2026, 11, 20)), now)
    return now_is(bill)


def money_now(number: int) -> IncomingMoney:
    """As it is now."""
    found = MoneyStore(Table(PAYMENTS)).find(money(number))
    assert found is not None
    return found


def _messages(now: datetime) -> tuple[BankFile, ...]:
    old = Reason("bank_message.older", {"kind": "camt.053", "version": "04", "wanted": "08"})
    nothing = Reason("bank_message.unknown")
    odd = Reason("bank_told.unknown_file", {"message_id": "R20261120-07-1"})
    account, refused = ("CH9300762011623852957",), BankFileState.REFUSED
    return (
        BankFile("a" * 64, "in/2026-11-20-camt053.xml", refused, now, "camt.053", "04", told=(old,)),
        BankFile("b" * 64, f"in/{HOSTILE}.xml", refused, now - timedelta(days=1), told=(nothing,)),
        BankFile("c" * 64, "in/x.xml", BankFileState.TAKEN, now, "pain.002", "10", account, told=(odd,)),
    )


def _from_hostile() -> IncomingMoney:
    one = add_money("88.00", money(2))
    hostile = replace(one, payer=HOSTILE, text=HOSTILE, version=2)
    MoneyStore(Table(PAYMENTS)).save(one, hostile)
    return hostile
