"""Invoices as rows. What an index is about stands in a row only while it is true: the row leaves the index with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sozialakte.payments.approval import Level
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import TO_ENTER, UNPAID, InvoiceState
from sozialakte.runtime.adapters import adapter
from sozialakte.runtime.dynamo import Item
from sozialakte.shared.clock import zurich_date

USUAL_TERM = timedelta(days=30)
"""After that a bill without a date is due: the usual term in Switzerland."""
OFFICE = "office"
"""Who enters invoices that belong to no team."""


def invoice_key(invoice_id: str) -> tuple[str, str]:
    """Where an invoice lies."""
    return f"INVOICE#{invoice_id}", "INVOICE"


def signature_key(signature: str) -> str:
    """The partition of all invoices with this signature."""
    return f"SIGN#{signature}"


def letter_key(letter_id: str) -> str:
    """The partition of the invoices of a letter."""
    return f"LETTER#{letter_id}"


def enter_key(team: str | None) -> str:
    """The list of what a team has to enter."""
    return f"enter#{team or OFFICE}"


def approve_key(team: str | None, level: str | None) -> str:
    """The list of what waits for an approval of this level in a team; team leads of other teams share one list."""
    return f"approve#{level}" if level == Level.OTHER_TEAMLEAD else f"approve#{team or OFFICE}#{level}"


def due_by(invoice: Invoice) -> str:
    """When it should be paid at the latest (ISO date)."""
    return str(invoice.terms.due or zurich_date(invoice.received_at) + USUAL_TERM)


def invoice_item(invoice: Invoice) -> Item:
    """The row of an invoice, with what its lists are sorted by."""
    pk, sk = invoice_key(invoice.invoice_id)
    stored = adapter(Invoice).dump_python(invoice, mode="json", exclude_none=True)
    return {**stored, **_lists(invoice), "pk": pk, "sk": sk, "entity": "invoice"}


def invoice_of(item: Item) -> Invoice:
    """The invoice of a row."""
    fields = Invoice.__dataclass_fields__
    return adapter(Invoice).validate_python({name: item[name] for name in fields if name in item})


def _lists(invoice: Invoice) -> dict[str, str]:
    keys = {"state_key": str(invoice.state), "due_by": due_by(invoice), "received": _instant(invoice.received_at)}
    if invoice.state in TO_ENTER:
        keys["work_key"] = enter_key(invoice.team)
    elif invoice.state is InvoiceState.CODED:
        keys["work_key"] = approve_key(invoice.team, invoice.waits_for)
    if invoice.state in UNPAID:
        team = invoice.team or OFFICE
        keys |= {"unpaid_key": "unpaid", "team_unpaid": team}
        if invoice.terms.discounts:
            until = str(invoice.terms.discounts[0].until)
            keys |= {"discount_key": "discount", "team_discount": team, "discount_until": until}
    return keys


def _instant(moment: datetime) -> str:
    return moment.isoformat()
