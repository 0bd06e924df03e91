"""Bills that a view of the accounts names, as far as somebody may see them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from sozialakte.payments.answers import InvoiceSummary
from sozialakte.payments.views.words import money
from sozialakte.shared.clock import zurich_date
from sozialakte.shared.markup import Html, tag
from sozialakte.shared.page_words import day, words


@dataclass(frozen=True)
class Bills:
    """Bills that a view names, as far as the viewer may see them, and the ids of those ``hidden`` from them.

    ``opening``: those that open for the viewer; ``own``: those that they entered or approved.
    """

    seen: Mapping[str, InvoiceSummary] = field(default_factory=dict)
    hidden: Set[str] = frozenset()
    opening: Set[str] = frozenset()
    own: Set[str] = frozenset()

    def link(self, invoice_id: str) -> Html:
        """The bill by its creditor, in a window of its own, so that nobody loses the place in a list."""
        summary = self.seen.get(invoice_id)
        if summary is None:
            known = invoice_id in self.hidden
            return tag("span", words("books.hidden_bill" if known else "books.unknown_bill"), class_="quiet")
        if invoice_id not in self.opening:
            return tag("span", _name_of(summary), class_="sender")
        new_window = tag("span", words("books.new_window"), class_="unseen")
        href = f"bills#{invoice_id}"
        return tag("a", _name_of(summary), " ", new_window, href=href, target="_blank", rel="opener", class_="sender")

    def amount(self, invoice_id: str) -> str:
        """What it asks for."""
        summary = self.seen.get(invoice_id)
        return money(summary.amount, summary.currency) if summary else ""

    def line(self, invoice_id: str) -> str:
        """Its dossier, and until when it is to be paid."""
        summary = self.seen.get(invoice_id)
        if summary is None:
            return ""
        return " · ".join(
            (summary.dossier_id or words("bills.no_dossier"), words("bills.due", day=day(summary.due_by)))
        )


def _name_of(summary: InvoiceSummary) -> str:
    """Its creditor; who proves only that all is there sees the day it came."""
    return summary.creditor or words("books.bill_of", day=day(zurich_date(summary.received_at)))
