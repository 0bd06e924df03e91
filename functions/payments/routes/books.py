"""What the routes of the accounts' pages share: what they may name of bills, and to whom."""

from __future__ import annotations

from collections.abc import Iterable

from functions.payments.routes.common import actor, api, store, visible
from sozialakte.payments.answers import InvoiceList, InvoiceSummary
from sozialakte.payments.invoice import Duty, Invoice
from sozialakte.payments.invoice_states import UNPAID
from sozialakte.payments.store import InvoicePage
from sozialakte.payments.views.bills_seen import Bills
from sozialakte.shared.access import Role

_CONTENTS = frozenset({Role.CASEWORKER, Role.TEAMLEAD, Role.ACCOUNTING})


def bills_of(invoice_ids: Iterable[str]) -> Bills:
    """The bills with these ids, as far as the caller may see them."""
    return bills_among(tuple(store().get_many(dict.fromkeys(invoice_ids))))


def bills_among(invoices: tuple[Invoice, ...]) -> Bills:
    """As the lists do it: who only proves that all is there sees every row, but no creditors. One batch get."""
    roles, persons, shown = api.asked.staff.roles, actor().persons, visible(invoices)
    hidden = frozenset(one.invoice_id for one in invoices) - shown
    if not roles & _CONTENTS:
        listed = InvoiceList.bare(InvoicePage(invoices, None), lambda one: one.invoice_id in shown)
        return Bills({one.invoice_id: one for one in listed.invoices}, hidden=hidden)
    seen = [one for one in invoices if one.invoice_id in shown]
    return Bills(
        {one.invoice_id: InvoiceSummary.of(one) for one in seen},
        hidden,
        opening=frozenset(one.invoice_id for one in seen if Role.ACCOUNTING in roles and _opens(one)),
        own=frozenset(one.invoice_id for one in seen if persons & _decided(one)),
    )


def _opens(invoice: Invoice) -> bool:
    """Accounting may read what is unpaid, or without a dossier."""
    return invoice.state in UNPAID or invoice.dossier_id is None


def _decided(invoice: Invoice) -> frozenset[str]:
    return invoice.persons_with(Duty.ENTER) | invoice.persons_with(Duty.APPROVE)
