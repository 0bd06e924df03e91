"""What an invoice may be coded with: the categories, and a proposal with its reasons."""

from __future__ import annotations

from functions.payments.routes.common import InvoiceInPath, api, invoice_subject, register, store, to_invoice
from functions.payments.routes.common import categories as categories_now
from sozialakte.payments.coding_answers import CategoryAnswer, CategoryAnswers, ProposalAnswer
from sozialakte.payments.propose import ProposeCoding
from sozialakte.runtime.guards import Guard
from sozialakte.runtime.parameters import Day
from sozialakte.shared.access import Action
from sozialakte.shared.clock import zurich_date


@api.get("/payments/categories", Guard(Action.LIST_CATEGORIES, lambda _: "categories"))
def list_categories(day: Day | None = None) -> CategoryAnswers:
    """The categories that hold today or on a day."""
    held = categories_now().on(day or zurich_date(api.asked.envelope.at))
    return CategoryAnswers(categories=[CategoryAnswer.of(category) for category in held])


@api.get("/payments/invoices/<invoice_id>/proposal", Guard(Action.READ_INVOICE, invoice_subject, to_invoice))
def propose_coding(invoice_id: InvoiceInPath) -> ProposalAnswer:
    """How an invoice might be coded: by a standing rule, as the last one, as the creditor's are, or by its words."""
    invoices = store()
    propose = ProposeCoding(invoices, invoices.rules, register(), categories_now())
    return ProposalAnswer.of(propose(invoices.get(invoice_id)))
