"""Turns approved invoices into orders to the bank, or says why that cannot be done.

Looked at is what is stored now: an IBAN may have been refused since the approval, a ward's account may be new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.facts import MONEY_IS_OUT
from sozialakte.payments.creditors import Creditor, IbanState, against_paying, payees_of
from sozialakte.payments.invoice import Duty, Invoice, Payer, end_to_end_id
from sozialakte.payments.iso20022.payment import Payment
from sozialakte.payments.iso20022.refuse_payments import against_payment
from sozialakte.payments.records import due_by
from sozialakte.payments.runs.orders import Order, PayingAccount, Risk
from sozialakte.payments.runs.run import LeftOut
from sozialakte.payments.runs.ward_account_store import WardAccountStore
from sozialakte.payments.store import PaymentsStore
from sozialakte.payments.terms import InvoiceKind
from sozialakte.shared.reasons import Reason

SENT_IN_EMERGENCY = "invoice.sent_in_emergency"
"""A doubt that keeps an invoice from being paid once more."""
BANK_SPOKE = "run.bank_spoke"
"""The bank knows the payment already, so it went out by a file that we do not know of yet."""
STILL_OUT = "run.money_is_out"
"""The bank has booked what we thought had not gone out, and the money has not come back."""
_AT_THE_BANK = "bank_problem."
_EUR, _CHF = "EUR", "CHF"
_LOOKS_AT = 20
"""Of a creditor's newest invoices: one that was paid tells that the creditor is none to look at first."""


@dataclass(frozen=True)
class Payable:
    """An order with the account it is paid from."""

    order: Order
    account: PayingAccount


@dataclass(frozen=True)
class PayInvoices:
    """What orders are made with.

    ``accounts``: the service's own; the first of a bill's currency pays it. Without one in euros the first in francs
    pays bills in euros, and the bank changes the money (SPS 2025: payment types D and S name no currency of the
    account); there is no such thing for bills in francs. ``bank``: what the bank has told.
    """

    store: PaymentsStore
    wards: WardAccountStore
    bank: BankBook
    accounts: tuple[PayingAccount, ...]
    _paid_before: dict[str, bool] = field(default_factory=dict)

    def orders(self, invoices: Iterable[Invoice], *, risks: bool = True) -> Iterator[Payable | LeftOut]:
        """An order for each of these approved invoices, or why there is none. ``risks``: for drawing a sample."""
        some = list(invoices)
        creditors = self.store.creditors.find_many(one.creditor_id for one in some if one.creditor_id)
        wards = self.wards.approved(one.dossier_id for one in some if one.payer is Payer.WARD and one.dossier_id)
        told = self.bank.facts_of(name for one in some for name in _names(one))
        for invoice in some:
            creditor = creditors.get(invoice.creditor_id or "")
            account = self._account(invoice, wards)
            reasons = tuple(against_ordering(invoice, creditor, account))
            coming, *before = (told[name] for name in _names(invoice))
            if coming.version:
                reasons = (Reason(BANK_SPOKE), *reasons)
            elif any(facts.is_out for facts in before):
                reasons = (Reason(STILL_OUT), *reasons)
            if reasons or account is None:
                yield LeftOut(invoice.invoice_id, reasons)
            else:
                found = self._risks(invoice, creditor, account) if risks else ()
                payees = tuple(sorted(payees_of(invoice, creditor)))
                yield Payable(order_of(invoice, account.iban, found, payees), account)

    def _account(self, invoice: Invoice, wards: Mapping[str, PayingAccount]) -> PayingAccount | None:
        if invoice.payer is Payer.WARD:
            return wards.get(invoice.dossier_id or "")
        currency = invoice.terms.currency
        wanted = (currency, _CHF) if currency == _EUR else (currency,)
        return next((one for money in wanted for one in self.accounts if one.currency == money), None)

    def _risks(self, invoice: Invoice, creditor: Creditor | None, account: PayingAccount) -> tuple[Risk, ...]:
        first = creditor is not None and not self._was_paid(creditor.creditor_id)
        seen = {Risk.FIRST_PAYMENT: first, Risk.EXCHANGED: account.currency != invoice.terms.currency}
        return (*risks_of(invoice, creditor), *(risk for risk, is_there in seen.items() if is_there))

    def _was_paid(self, creditor_id: str) -> bool:
        if creditor_id not in self._paid_before:
            newest = self.store.of_creditor(creditor_id, _LOOKS_AT).invoices
            self._paid_before[creditor_id] = any(invoice.attempt for invoice in newest)
        return self._paid_before[creditor_id]


def against_ordering(invoice: Invoice, creditor: Creditor | None, account: PayingAccount | None) -> Iterator[Reason]:
    """Why an approved invoice cannot be paid by a run now."""
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        yield Reason("run.credit_note")
        return
    if invoice.dossier_id is None:
        yield Reason("run.no_dossier")
    if account is None:
        is_ward = invoice.payer is Payer.WARD
        yield Reason("run.no_ward_account") if is_ward else _no_account(invoice.terms.currency)
    yield from (doubt for doubt in invoice.doubts if doubt.code in {SENT_IN_EMERGENCY, *MONEY_IS_OUT})
    untrusted = against_paying(creditor, invoice, invoice.persons_with(Duty.ENTER))
    if not invoice.terms.iban:
        yield Reason("run.no_iban")
    elif untrusted:
        yield untrusted
    elif invoice.owed is None:
        yield Reason("run.no_amount")
    else:
        yield from against_payment(payment_of(invoice))


def _names(invoice: Invoice) -> Iterator[str]:
    """The payment that would be next, and the one that was released last if there was any."""
    yield end_to_end_id(invoice.invoice_id, invoice.attempt + 1)
    if invoice.attempt:
        yield end_to_end_id(invoice.invoice_id, invoice.attempt)


def _no_account(currency: str) -> Reason:
    return Reason("run.no_account", {"currency": currency})


def order_of(invoice: Invoice, account: str, risks: tuple[Risk, ...], payees: tuple[str, ...] = ()) -> Order:
    """The order to pay an approved invoice from an account."""
    due = date.fromisoformat(due_by(invoice))
    payment = payment_of(invoice)
    return Order(
        payment=payment,
        version=invoice.version,
        account=account,
        due=due,
        persons=tuple(sorted(invoice.deciders)),
        payees=payees,
        risks=risks,
    )


def payment_of(invoice: Invoice) -> Payment:
    """What the bank is told. Where there is no reference, the creditor's own number helps to find the bill."""
    terms, owed = invoice.terms, invoice.owed
    if owed is None:
        raise ValueError("an invoice without an amount is not paid")
    number = terms.invoice_number if terms.reference_type == "NON" else None
    return Payment(
        end_to_end_id=end_to_end_id(invoice.invoice_id, invoice.attempt + 1),
        invoice_id=invoice.invoice_id,
        creditor=terms.creditor,
        iban=terms.iban,
        amount=owed.amount,
        currency=owed.currency,
        reference_type=terms.reference_type,
        reference=terms.reference or "",
        message=terms.message or number or "",
        ultimate_debtor=terms.debtor,
    )


def risks_of(invoice: Invoice, creditor: Creditor | None) -> Iterator[Risk]:
    """What in an invoice's history makes it one to look at."""
    if invoice.attempt or any(doubt.code.startswith(_AT_THE_BANK) for doubt in invoice.doubts):
        yield Risk.PAID_AGAIN
    known = creditor.find(invoice.terms.iban) if creditor else None
    if known is not None and not known.first and known.state is IbanState.APPROVED:
        yield Risk.NEW_IBAN
    if invoice.cleared:
        yield Risk.TWIN_CLEARED
    if any(act.standing_in_for for act in invoice.approvals):
        yield Risk.STANDING_IN
    if invoice.partial:
        yield Risk.PARTIAL
    if any(where.how == "text" for where in invoice.terms.read.values()):
        yield Risk.FROM_TEXT
