"""What whoever decides about an invoice should know before, as things are now. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sozialakte.payments.coding_rules import asked_for
from sozialakte.payments.creditors import Creditor, doubts_about
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import UNPAID, InvoiceState
from sozialakte.payments.terms import InvoiceKind, Where
from sozialakte.payments.unpayable import against_bank
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.reasons import Reason

DISCOUNT_AT_RISK = timedelta(days=5)
"""A payment order takes some days: a discount that ends sooner is lost unless somebody hurries."""


def doubts_of(
    invoice: Invoice, creditor: Creditor | None, twins: Iterable[Invoice], today: date, *, pays: bool = True
) -> tuple[Reason, ...]:
    """What was doubtful when it was registered (but for the creditor, known better by now), and what is now.

    ``pays``: what is approved is paid by a run of ours.
    """
    kept = (doubt for doubt in invoice.doubts if not doubt.code.startswith("creditor."))
    unpayable = against_bank(invoice) if pays and invoice.state in UNPAID else ()
    known = (*_new(invoice, creditor), *doubts_about(creditor, invoice.terms))
    found = (*known, *unpayable, *_now(invoice, twins, today))
    return tuple({(doubt.code, *sorted(doubt.params.items())): doubt for doubt in (*kept, *found)}.values())


def _new(invoice: Invoice, creditor: Creditor | None) -> Iterator[Reason]:
    known = creditor.find(invoice.terms.iban) if creditor else None
    if known is not None and known.is_unproven and invoice.state in UNPAID:
        yield Reason("creditor.new")


def _now(invoice: Invoice, twins: Iterable[Invoice], today: date) -> Iterator[Reason]:
    for twin in twins:
        received, owed = f"{zurich_date(twin.received_at):%d.%m.%Y}", twin.owed
        yield Reason("invoice.may_repeat", {"received": received, "amount": str(owed) if owed else "-"})
    if any(where == Where("person", where.page) for where in invoice.terms.read.values()):
        yield Reason("invoice.typed")
    if invoice.accepted is not None and invoice.accepted != asked_for(invoice):
        yield Reason("invoice.partial")
    if invoice.kind is InvoiceKind.CREDIT_NOTE and invoice.state is InvoiceState.APPROVED:
        yield Reason("invoice.to_set_off")
    if invoice.state in UNPAID:
        yield from _dates(invoice, today)


def _dates(invoice: Invoice, today: date) -> Iterator[Reason]:
    for discount in invoice.terms.discounts:
        if today <= discount.until <= today + DISCOUNT_AT_RISK:
            yield Reason(
                "invoice.discount_ends", {"percent": str(discount.percent), "until": f"{discount.until:%d.%m.%Y}"}
            )
    if invoice.terms.due is not None and invoice.terms.due < today:
        yield Reason("invoice.overdue", {"due": f"{invoice.terms.due:%d.%m.%Y}"})
