"""What lies in the payments table beside a year's bills: money in each state, claims, runs, counters of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from sozialakte.payments.bank.book import BankBook, BankFile, BankFileState, WaitingSum
from sozialakte.payments.bank.facts import PaymentFacts
from sozialakte.payments.claim_store import ClaimStore
from sozialakte.payments.claims import ClaimKind, Demand
from sozialakte.payments.incoming_money import MoneyAct, MoneyState
from sozialakte.payments.invoice import end_to_end_id
from sozialakte.payments.ledger_books import SHARDS
from sozialakte.payments.money_store import MoneyStore
from sozialakte.payments.runs.orders import Risk
from sozialakte.payments.runs.run import LeftOut, PaymentRun, RunAct, RunFile, RunState, SampleItem, SampleResult, Total
from sozialakte.payments.runs.store import RunStore
from sozialakte.runtime.dynamo import Item, Table, transact
from sozialakte.shared.money import Money
from sozialakte.shared.reasons import Reason
from tests.aws import PAYMENTS
from tests.invoices import an_invoice
from tests.money_calls import some_money
from tests.office import CLERK, DOSSIER, PERSON
from tests.rehearsal.standing import lay_in_rows
from tests.runs import CHECKER, DAY, DUE_UNTIL, MAKER, NOW, RELEASED_AT, RELEASER, RUN

_SAMPLED, _SHOWN = 60, 50
"""In a run: payments of the sample; invoices that are told as left out."""
_BILLS_OF_A_CLIENT = 5
"""In a month, each in a shard of its own."""
_MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]
_COUNTED = {"received_count": 30, "count/open": 3, "count/approved": 7, "count/paid": 20, "cents/paid/CHF": 812_345}


def furnish_payments(creditors: int, clients: int) -> None:
    """One of each, to be copied, and counters of so many creditors and clients in each shard of November."""
    store = MoneyStore(Table(PAYMENTS))
    for number, state in enumerate(MoneyState):
        act = MoneyAct(state, CLERK, NOW, 1, "Die Zahlerin hat angerufen.")
        store.save(None, replace(some_money(money_id=f"{number:032x}"), state=state, acts=(act,)))
    money, issued = Money(Decimal("250.00"), "CHF"), date(2026, 11, 2)
    demand = Demand(ClaimKind.REPAYMENT, DOSSIER, PERSON, money, "Zu viel bezahlt", issued, issued + timedelta(30))
    ClaimStore(PAYMENTS).issue(demand, CLERK)
    RunStore(PAYMENTS).save(None, _run())
    _tell_of_the_bank()
    lay_in_rows(_counters(creditors, clients))


def _tell_of_the_bank() -> None:
    """A message that was refused, an odd one; a payment that is odd, one told too early; a sum that does not fit."""
    book = BankBook(Table(PAYMENTS))
    told = (Reason("bank_told.unnumbered", {"amount": "CHF 50.00"}),)
    for number, state in enumerate(BankFileState):
        book.note_file(BankFile(f"{number:064x}", f"in/{number}.xml", state, NOW, "camt.053", "08", told=told))
    for number, early in enumerate((False, True)):
        before = PaymentFacts(end_to_end_id(an_invoice(number).invoice_id, 1))
        after = replace(before, bookings=("t:1", "t:2"), problems=("booked_twice",), early=early)
        transact([book.facts_part(before, after, NOW)])
    book.note_sum(WaitingSum(f"{RUN}-1-1", "0" * 32, Decimal("1450.00"), "CHF", DAY), NOW)


def _run() -> PaymentRun:
    """An exported one with all that its page shows."""
    result = SampleResult(CHECKER, NOW, right=True)
    ids = [an_invoice(number).invoice_id for number in range(_SAMPLED + _SHOWN)]
    return PaymentRun(
        RUN,
        DAY,
        DUE_UNTIL,
        RunState.EXPORTED,
        RELEASED_AT,
        (RunAct("made", MAKER, NOW), RunAct("released", RELEASER, RELEASED_AT)),
        totals={"CHF": Total(11_000, Decimal("9876543.20"))},
        sample=tuple(SampleItem(one, (str(Risk.NEW_IBAN),), result) for one in ids[:_SAMPLED]),
        left_out=tuple(LeftOut(one, (Reason("run.no_iban"),)) for one in ids[_SAMPLED:]),
        left_out_count=_SHOWN,
        files=(RunFile(f"{RUN}-1", 11_000, Decimal("9876543.20"), "0" * 64),),
    )


def _counters(creditors: int, clients: int) -> Iterator[Item]:
    shards = [f"{shard:x}" for shard in range(SHARDS)]
    owners = {
        "LEDGER#creditor#2026-11": ([f"{number:016x}" for number in range(creditors)], shards),
        "LEDGER#dossier#2026-11": ([f"SH-2026-{number:05d}" for number in range(clients)], shards[:_BILLS_OF_A_CLIENT]),
        "LEDGER": (_MONTHS, shards),
    }
    for pk, (names, of_each) in owners.items():
        for name in names:
            yield from ({"pk": pk, "sk": f"{name}#{shard}", **_COUNTED} for shard in of_each)
    for day in range(365):
        received = date(2026, 1, 1) + timedelta(days=day)
        yield from ({"pk": "LEDGER#day", "sk": f"{received}#{shard}", "unpaid_count": 3} for shard in shards)
