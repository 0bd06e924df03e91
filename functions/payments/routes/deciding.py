"""What people decide about an invoice: approve, send back, end, open again, lift a warning."""

from __future__ import annotations

from functions.payments.routes.common import (
    InvoiceInPath,
    Settings,
    actor,
    api,
    desk,
    invoice_subject,
    register,
    store,
    to_approval,
    to_invoice,
)
from sozialakte.payments.answers import InvoiceChanged
from sozialakte.payments.approve_invoice import ApproveInvoice
from sozialakte.payments.bank.book import BankBook
from sozialakte.payments.bank.decide_return import DecideReturn
from sozialakte.payments.lift_warnings import LiftWarnings
from sozialakte.payments.questions import (
    ApproveStep,
    ClearTwin,
    DecideIban,
    EndInvoice,
    InPlaceOf,
    WithReason,
)
from sozialakte.payments.settle_invoice import SettleInvoice
from sozialakte.runtime.dynamo import Table
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.settings import read_settings
from sozialakte.shared.access import Action, Relation, Role

_SETTLES = Guard(Action.SETTLE_INVOICE, invoice_subject, to_invoice)


def _in_place_of(asked: Asked) -> str | None:
    lead = getattr(asked.arguments.get("body"), "standing_in_for", None)
    return f"staff#{lead}" if lead else None


def _twin(asked: Asked) -> str | None:
    body = asked.arguments.get("body")
    return f"invoice#{body.twin}" if isinstance(body, ClearTwin) else None


@api.post(
    "/payments/invoices/<invoice_id>/approval",
    Guard(Action.APPROVE_INVOICE, invoice_subject, to_approval, _in_place_of),
)
def approve_invoice(invoice_id: InvoiceInPath, body: ApproveStep) -> InvoiceChanged:
    """Give the approval an invoice waits for, for oneself or in the place of a team lead who is away."""
    asked = api.asked
    step = ApproveInvoice(desk(), invoice_id, body.version, actor(body.standing_in_for), asked.envelope.at)
    return InvoiceChanged.of(step.approve())


@api.post(
    "/payments/invoices/<invoice_id>/return", Guard(Action.RETURN_INVOICE, invoice_subject, to_approval, _in_place_of)
)
def return_invoice(invoice_id: InvoiceInPath, body: InPlaceOf) -> InvoiceChanged:
    """Send an invoice back to whoever enters it; what was approved is void."""
    step = ApproveInvoice(desk(), invoice_id, body.version, actor(body.standing_in_for), api.asked.envelope.at)
    return InvoiceChanged.of(step.send_back(body.reason))


@api.post("/payments/invoices/<invoice_id>/rejection", _SETTLES)
def end_invoice(invoice_id: InvoiceInPath, body: EndInvoice) -> InvoiceChanged:
    """Say that nothing is to be paid, and why."""
    return InvoiceChanged.of(_settle(invoice_id, body).reject(body.ending, body.reason))


@api.post("/payments/invoices/<invoice_id>/reopening", _SETTLES)
def reopen_invoice(invoice_id: InvoiceInPath, body: WithReason) -> InvoiceChanged:
    """It may have to be paid after all."""
    return InvoiceChanged.of(_settle(invoice_id, body).reopen(body.reason))


@api.post("/payments/invoices/<invoice_id>/twins", Guard(Action.LIFT_WARNING, invoice_subject, to_approval, _twin))
def clear_twin(invoice_id: InvoiceInPath, body: ClearTwin) -> InvoiceChanged:
    """Say that an invoice does not repeat another, though it looks like it."""
    return InvoiceChanged.of(_lift(invoice_id, body).clear_twin(body.twin, body.reason))


@api.post(
    "/payments/invoices/<invoice_id>/iban", Guard(Action.LIFT_WARNING, invoice_subject, to_approval, _in_place_of)
)
def decide_iban(invoice_id: InvoiceInPath, body: DecideIban) -> InvoiceChanged:
    """Say whether money may go to the new IBAN of a creditor."""
    return InvoiceChanged.of(_lift(invoice_id, body).decide_iban(body.reason, approves=body.approves))


def _to_paid(asked: Asked) -> Relation:
    """What came back of a payment is business of whoever keeps the books; sealed dossiers are not."""
    invoice = store().find(asked.text("invoice_id"))
    if invoice is None:
        return Relation.NONE
    if invoice.dossier_id is None:
        return Relation.OFFICE
    books = Role.ACCOUNTING in asked.staff.roles
    return register().relation_of(invoice.dossier_id, asked.staff.staff_id, asked.envelope.at, has_business=books)


@api.post("/payments/invoices/<invoice_id>/money-back", Guard(Action.DECIDE_MONEY_BACK, invoice_subject, _to_paid))
def decide_money_back(invoice_id: InvoiceInPath, body: WithReason) -> InvoiceChanged:
    """Say that a payment counts as come back, though another amount came than went: it is to be entered anew."""
    book = BankBook(Table(read_settings(Settings).payments_table))
    step = DecideReturn(desk(), invoice_id, body.version, actor(), api.asked.envelope.at, book)
    return InvoiceChanged.of(step(body.reason))


def _lift(invoice_id: str, body: InPlaceOf) -> LiftWarnings:
    return LiftWarnings(desk(), invoice_id, body.version, actor(body.standing_in_for), api.asked.envelope.at)


def _settle(invoice_id: str, body: WithReason) -> SettleInvoice:
    return SettleInvoice(desk(), invoice_id, body.version, actor(), api.asked.envelope.at)
