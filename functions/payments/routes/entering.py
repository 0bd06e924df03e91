"""What people say an invoice is for."""

from __future__ import annotations

from functions.payments.routes.common import InvoiceInPath, actor, api, desk, invoice_subject, register, to_invoice
from sozialakte.payments.answers import InvoiceChanged
from sozialakte.payments.enter_invoice import EnterInvoice
from sozialakte.payments.questions import AssignInvoice, CorrectFields, SubmitInvoice
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.problems import field_problem, invalid_request
from sozialakte.shared.access import Action, Relation, decide
from sozialakte.shared.clock import zurich_date


def _target(asked: Asked) -> str | None:
    body = asked.arguments.get("body")
    return f"dossier#{body.dossier_id}" if isinstance(body, AssignInvoice) else None


_ENTERS = Guard(Action.ENTER_INVOICE, invoice_subject, to_invoice)


@api.post("/payments/invoices/<invoice_id>/dossier", Guard(Action.ENTER_INVOICE, invoice_subject, to_invoice, _target))
def assign_invoice(invoice_id: InvoiceInPath, body: AssignInvoice) -> InvoiceChanged:
    """Put an invoice into a dossier of the own, or back to those who look for whose it is."""
    if body.dossier_id is not None:
        _require_open(body.dossier_id)
    return InvoiceChanged.of(_enter(invoice_id, body.version).assign(body.dossier_id))


@api.post("/payments/invoices/<invoice_id>/fields", _ENTERS)
def correct_fields(invoice_id: InvoiceInPath, body: CorrectFields) -> InvoiceChanged:
    """Confirm what was read, or type what is right; say what the paper is, and whether staff gets the money."""
    if body.payee_staff is not None and register().find_staff_member(body.payee_staff) is None:
        raise invalid_request([field_problem("body", "payee_staff", "unknown_staff")])
    return InvoiceChanged.of(_enter(invoice_id, body.version).correct(body.fields()))


@api.post("/payments/invoices/<invoice_id>/submission", _ENTERS)
def submit_invoice(invoice_id: InvoiceInPath, body: SubmitInvoice) -> InvoiceChanged:
    """Code an invoice, all of it or in part, and ask for its approval."""
    return InvoiceChanged.of(_enter(invoice_id, body.version).submit(body.coding()))


def _enter(invoice_id: str, version: int) -> EnterInvoice:
    return EnterInvoice(desk(), invoice_id, version, actor(), api.asked.envelope.at)


def _require_open(dossier_id: str) -> None:
    """An open dossier that the caller may enter invoices for; accounting puts them into any that is not sealed."""
    asked = api.asked
    at, staff = asked.envelope.at, asked.staff
    dossier = register().find_dossier(dossier_id, zurich_date(at))
    relation = register().relation_of(dossier_id, staff.staff_id, at)
    hidden = register().access.hidden_from(staff.staff_id, [dossier_id])
    from_office = decide(staff.roles, Relation.OFFICE, Action.ENTER_INVOICE).allowed and not hidden
    if dossier is None or not dossier.is_open or not (from_office or _may_enter(relation)):
        raise invalid_request([field_problem("body", "dossier_id", "unknown_dossier")])


def _may_enter(relation: Relation) -> bool:
    return decide(api.asked.staff.roles, relation, Action.ENTER_INVOICE).allowed
