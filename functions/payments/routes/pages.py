"""The payments' routes that give markup for the page in the browser. JSON carries it: no browser ever shows the answer
itself as a page, and every error stays what it is on all other routes.
"""

from __future__ import annotations

from functions.payments.routes.common import (
    InvoiceInPath,
    actor,
    api,
    desk,
    invoice_subject,
    picture_of,
    register,
    store,
    to_invoice,
)
from functions.payments.routes.common import categories as categories_now
from functions.payments.routes.lists import own_list, to_work, work_of
from sozialakte.payments.coding_answers import ProposalAnswer
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import TO_ENTER
from sozialakte.payments.propose import ProposeCoding
from sozialakte.payments.questions import WorkList
from sozialakte.payments.read_invoice import ReadInvoice
from sozialakte.payments.views.bill_view import bill_said, bill_view
from sozialakte.payments.views.coding_view import CodingHelp
from sozialakte.payments.views.page_view import PageView
from sozialakte.payments.views.work_view import Chosen, work_said, work_view
from sozialakte.runtime.guards import Asked, Guard
from sozialakte.runtime.parameters import Cursor
from sozialakte.shared.access import Action, Relation, decide
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.ids import StaffId

_RELATIONS = {
    WorkList.OFFICE: Relation.OFFICE,
    WorkList.TEAMLEAD: Relation.OWN,
    WorkList.OTHER_TEAMLEAD: Relation.OWN,
    WorkList.OVERDUE: Relation.OWN,
    WorkList.DISCOUNTS: Relation.OWN,
}


def _work(asked: Asked) -> str:
    return f"work#{asked.arguments.get('of') or own_list(asked.staff.roles)}"


@api.get("/payments/page", Guard(Action.LIST_PAYMENT_WORK, _work, to_work))
def view_work(
    of: WorkList | None = None, standing_in_for: StaffId | None = None, cursor: Cursor | None = None
) -> PageView:
    """What waits for me as markup: the list asked for, or the one that people of my role begin with."""
    wanted = of or own_list(api.asked.staff.roles)
    page = work_of(wanted, standing_in_for, cursor)
    chosen = Chosen(wanted, _offered(standing_in_for), standing_in_for, first_page=cursor is None)
    today = zurich_date(api.asked.envelope.at)
    html = work_view(page.invoices, page.next_cursor, chosen, today)
    return PageView(html=html, said=work_said(page.invoices, page.next_cursor))


@api.get("/payments/page/<invoice_id>", Guard(Action.READ_INVOICE, invoice_subject, to_invoice))
def view_invoice(invoice_id: InvoiceInPath, standing_in_for: StaffId | None = None) -> PageView:
    """An invoice as markup: its page, what was read where, what can be decided, and a proposal if it is to be coded."""
    invoice = store().get(invoice_id)
    read = ReadInvoice(desk(), actor(standing_in_for), api.asked.envelope.at)
    detail = read(invoice, picture_of(invoice))
    return PageView(html=bill_view(detail, _help_with(invoice), standing_in_for), said=bill_said(detail))


def _offered(standing_in_for: str | None) -> list[WorkList]:
    """The lists that the caller may see."""
    roles = api.asked.staff.roles
    return [
        one
        for one in WorkList
        if decide(roles, _relation_to(one, deputy=standing_in_for is not None), Action.LIST_PAYMENT_WORK).allowed
    ]


def _relation_to(one: WorkList, *, deputy: bool) -> Relation:
    if deputy and one is not WorkList.OFFICE:
        return Relation.DEPUTY
    return _RELATIONS.get(one, Relation.TEAM)


def _help_with(invoice: Invoice) -> CodingHelp:
    known, invoices = categories_now(), store()
    held = known.on(invoice.terms.invoice_date or zurich_date(invoice.received_at))
    dossier_id = invoice.dossier_id
    persons = register().find_persons_of_dossier(dossier_id) if dossier_id else []
    propose = ProposeCoding(invoices, invoices.rules, register(), known)
    return CodingHelp(
        {one.code: one.name for one in held},
        {one.person_id: f"{one.family_name} {one.given_names}" for one in persons},
        ProposalAnswer.of(propose(invoice)) if dossier_id and invoice.state in TO_ENTER else None,
    )
