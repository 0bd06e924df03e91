"""What the bank's words about a payment make of its invoice. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sozialakte.payments.bank.facts import DOUBT, PaymentFacts
from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.shared.texts import say


def after_facts(invoice: Invoice, facts: PaymentFacts, at: datetime, known: PaymentFacts) -> Invoice:
    """The invoice as it is once the bank has said this, and had said what is ``known``.

    The same object if nothing changes. What is wrong with an older attempt is told on the invoice and moves it nowhere.
    """
    if invoice.attempt < facts.attempt:
        return invoice
    warned = _warned(invoice, facts, known)
    if invoice.attempt > facts.attempt:
        return _noted(warned, facts, at, invoice)
    if facts.is_out:
        return _gone(warned, facts, at, invoice)
    if facts.returned is not None or facts.rejected is not None:
        return _sent_back(warned, facts, at, invoice)
    return _noted(warned, facts, at, invoice)


def act_booked(facts: PaymentFacts, at: datetime, number: int) -> Act:
    """The bank booked it; ``number``: the round of the invoice."""
    return Act(Duty.SETTLE, "booked", MACHINE, at, number, reason=facts.bookings[0])


def act_back(facts: PaymentFacts, at: datetime, number: int) -> Act:
    """It goes back to people: the money came back, the bank refused it, or booked what we had not ordered."""
    came_back = facts.returned is not None and not facts.is_out
    why = facts.returned if came_back else facts.rejected
    what = "bank_returned" if came_back else "bank_rejected"
    return Act(Duty.SETTLE, what if why is not None else "bank_booked", MACHINE, at, number, reason=why or None)


def _gone(warned: Invoice, facts: PaymentFacts, at: datetime, invoice: Invoice) -> Invoice:
    """The money is with the creditor, and no word of the bank but that of its return makes that undone."""
    if invoice.state is InvoiceState.RELEASED:
        act = act_booked(facts, at, invoice.round)
        return replace(warned.step(InvoiceState.PAID, act, booked_on=facts.booked_on), version=invoice.version + 1)
    if invoice.state is InvoiceState.APPROVED:
        return _back(warned, facts, at, invoice)  # we thought that it was not in the file
    return _noted(warned, facts, at, invoice)


def _sent_back(warned: Invoice, facts: PaymentFacts, at: datetime, invoice: Invoice) -> Invoice:
    if invoice.state not in {InvoiceState.RELEASED, InvoiceState.PAID}:
        return _noted(warned, facts, at, invoice)
    return _back(warned, facts, at, invoice)


def _back(warned: Invoice, facts: PaymentFacts, at: datetime, invoice: Invoice) -> Invoice:
    told = {"waits_for": None, "round": invoice.round + 1, "booked_on": None}
    back = warned.step(InvoiceState.RETURNED, act_back(facts, at, invoice.round), **told)
    return replace(back, version=invoice.version + 1)


def _warned(invoice: Invoice, facts: PaymentFacts, known: PaymentFacts) -> Invoice:
    """With a doubt for everything that whoever pays it once more must know, and none that holds no more.

    Those of other attempts stay.
    """
    told = (*known.doubts, *facts.doubts)
    decided = {f"{DOUBT}returned_other_amount"} if known.decided else set()
    others = tuple(doubt for doubt in invoice.doubts if doubt not in told and doubt.code not in decided)
    doubts = (*others, *facts.doubts)
    return replace(invoice, doubts=doubts) if doubts != invoice.doubts else invoice


def _noted(warned: Invoice, facts: PaymentFacts, at: datetime, invoice: Invoice) -> Invoice:
    if warned is invoice:
        return invoice
    words = " ".join(map(say, facts.doubts)) or None
    return warned.changed(Act(Duty.SETTLE, "bank_note", MACHINE, at, invoice.round, reason=words))
