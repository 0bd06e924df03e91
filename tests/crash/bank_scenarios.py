"""Runs in which the bank answers: what it sends is taken, and found again when nobody announced it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from unittest.mock import patch

from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.s3_events import notification_of
from tests.aws import BANK, PAYMENTS, send
from tests.bank.office import DAY, claimed, put, released, sent
from tests.bank.simulator import BankDay, Incoming
from tests.bank.words import camt, details, entry
from tests.crash.voucher_scenarios import FILE_VOUCHER
from tests.http_calls import Call
from tests.money_calls import ASSIGN, add_money, assignment
from tests.office import furnish_register

if TYPE_CHECKING:
    from tests.crash.scenarios import Run, Scenario

TAKE_BANK_MESSAGE, RECONCILE_BANK = "functions.payments.take_bank_message", "functions.payments.reconcile_bank"
HEARD_AT = datetime.combine(DAY, time(20), UTC)


@contextmanager
def _at_that_time() -> Iterator[None]:
    """When a payment was booked stands on its voucher, so runs with another clock would write other files."""
    with ExitStack() as stack:
        for function in (TAKE_BANK_MESSAGE, RECONCILE_BANK, FILE_VOUCHER):
            stack.enter_context(patch(f"{function}.utc_now", return_value=HEARD_AT))
        yield


def _day() -> BankDay:
    """One of two payments is rejected; a claim is paid."""
    came = (Incoming("250.00", claimed().reference, "Pia Muster"),)
    return BankDay(sent([released(number) for number in range(1, 3)]), DAY, rejected=1, incoming=came)


def answers_of_a_bank(run: Run) -> None:
    """What a bank says of a day, the statement first: before the rejection its sum fits nothing."""
    day = _day()
    told = {"statement": day.statement(), "status": day.status(), "broken": b"<html>", "unnumbered": _unnumbered()}
    for name, content in told.items():
        key, version_id = put(content, f"{name}.xml")
        send("bank", notification_of(BANK, key, version_id))
    with _at_that_time():
        run.run()


def _unnumbered() -> bytes:
    """Credits alike, of one of which the bank tells the payment."""
    payment = details("50.00", credit=True, party="Pia Muster")
    return camt("camt.054", [entry("50.00", credit=True), entry("50.00", payment, credit=True)])


def answers_lost(run: Run) -> None:
    """A message of the bank is never announced; another one came before the invoice knew of the payment."""
    os.environ["STUCK_AFTER_MINUTES"] = "0"
    invoice = released(1)
    sent([replace(invoice, state=InvoiceState.APPROVED, attempt=0)])
    put(BankDay(sent([released(2)]), DAY).debits(), "lost.xml")
    name = f"{invoice.invoice_id}-01"
    early = camt("camt.054", [entry("100.00", details("100.00", end_to_end_id=name, ref="d"), ref="e")])
    send("bank", notification_of(BANK, *put(early, "early.xml")))
    with _at_that_time():
        run.run()
    store = PaymentsStore(PAYMENTS)
    before = store.get(invoice.invoice_id)
    store.save(before, replace(before, state=InvoiceState.RELEASED, attempt=1, version=before.version + 1))
    with _at_that_time():
        run.call_until_done(RECONCILE_BANK, {})
        run.run()


def _somebody_assigns(run: Run) -> None:
    """Accounting says which claim some money pays."""
    furnish_register()
    money = add_money()
    body = assignment(claimed().reference)
    run.ask(Call("POST", f"/payments/money/{money.money_id}/assignment", "ma-200", "[accounting]", body=body))


BANK_SCENARIOS: Mapping[str, Scenario] = {TAKE_BANK_MESSAGE: answers_of_a_bank, RECONCILE_BANK: answers_lost}
MONEY_ROUTES: Mapping[str, tuple[str, Callable[[Run], None]]] = {ASSIGN: ("functions.payments.api", _somebody_assigns)}
