"""Turns approved invoices into orders to the bank, or says why that cannot be done.

Looked at is what is stored now: an IBAN may have been refused since the approval, a ward's account may be new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sozialakte.payments.creditors import Creditor, IbanState, against_paying
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
_LOOKS_AT = 20
"""Of a creditor's newest invoices: one that was paid tells that the creditor is none to look at first."""


@dataclass(frozen=True)
class Payable:
    """An order with the account it is paid from."""

    order: Order
    account: PayingAccount


@dataclass(frozen=True)
class PayInvoices:
    """What orders are made with. ``accounts``: the service's own, the first of a currency is used."""

    store: PaymentsStore
    wards: WardAccountStore
    accounts: tuple[PayingAccount, ...]
    _paid_before: dict[str, bool] = field(default_factory=dict)

    def orders(self, invoices: Iterable[Invoice], *, risks: bool = True) -> Iterator[Payable | LeftOut]:
        """An order for each of these approved invoices, or why there is none. ``risks``: for drawing a sample."""
        some = list(invoices)
        creditors = self.store.creditors.find_many(one.creditor_id for one in some if one.creditor_id)
        wards = self.wards.approved(one.dossier_id for one in some if one.payer is Payer.WARD and one.dossier_id)
        for invoice in some:
            creditor = creditors.get(invoice.creditor_id or "")
            account = self._account(invoice, wards)
            reasons = tuple(against_ordering(invoice, creditor, account))
            if reasons or account is None:
                yield LeftOut(invoice.invoice_id, reasons)
            else:
                found = self._risks(invoice, creditor) if risks else ()
                yield Payable(order_of(invoice, account.iban, found), account)

    def _account(self, invoice: Invoice, wards: Mapping[str, PayingAccount]) -> PayingAccount | None:
        if invoice.payer is Payer.WARD:
            return wards.get(invoice.dossier_id or "")
        own = [account for account in self.accounts if account.currency == invoice.terms.currency]
        return next(iter(own or self.accounts), None)

    def _risks(self, invoice: Invoice, creditor: Creditor | None) -> tuple[Risk, ...]:
        first = creditor is not None and not self._was_paid(creditor.creditor_id)
        return (*risks_of(invoice, creditor), *((Risk.FIRST_PAYMENT,) if first else ()))

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
        yield Reason("run.no_ward_account" if invoice.payer is Payer.WARD else "run.no_account")
    yield from (doubt for doubt in invoice.doubts if doubt.code == SENT_IN_EMERGENCY)
    untrusted = against_paying(creditor, invoice, invoice.persons_with(Duty.ENTER))
    if not invoice.terms.iban:
        yield Reason("run.no_iban")
    elif untrusted:
        yield untrusted
    elif invoice.owed is None:
        yield Reason("run.no_amount")
    else:
        yield from against_payment(payment_of(invoice))


def order_of(invoice: Invoice, account: str, risks: tuple[Risk, ...]) -> Order:
    """The order to pay an approved invoice from an account."""
    persons = invoice.persons_with(Duty.ENTER) | invoice.persons_with(Duty.APPROVE)
    due = date.fromisoformat(due_by(invoice))
    payment = payment_of(invoice)
    return Order(
        payment=payment,
        version=invoice.version,
        account=account,
        due=due,
        persons=tuple(sorted(persons)),
        payee=invoice.payee_staff,
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
