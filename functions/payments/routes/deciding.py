"""What people decide about an invoice: approve, send back, end, open again, lift a warning."""

from __future__ import annotations

from functions.payments.routes.common import InvoiceInPath, actor, api, desk, invoice_subject, to_approval, to_invoice
from sozialakte.payments.answers import InvoiceChanged
from sozialakte.payments.approve_invoice import ApproveInvoice
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
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.shared.access import Action

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


def _lift(invoice_id: str, body: InPlaceOf) -> LiftWarnings:
    return LiftWarnings(desk(), invoice_id, body.version, actor(body.standing_in_for), api.asked.envelope.at)


def _settle(invoice_id: str, body: WithReason) -> SettleInvoice:
    return SettleInvoice(desk(), invoice_id, body.version, actor(), api.asked.envelope.at)
