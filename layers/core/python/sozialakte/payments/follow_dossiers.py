"""Bring unpaid bills into the lists of the team that looks after their dossier now.

A dossier gets another responsible person today or on a day to come, a person another team: nobody tells the payments,
so they look. A dossier that nobody looks after leaves its bills where they are, in a list that people read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sozialakte.payments.invoice import MACHINE, Act, Duty, Invoice
from sozialakte.payments.invoice_states import UNPAID
from sozialakte.payments.office import Office
from sozialakte.payments.store import InvoiceChangedError, PaymentsStore

_PAGE = 500


@dataclass(frozen=True)
class FollowDossiers:
    """The use case with what it works on."""

    store: PaymentsStore
    office: Office
    now: datetime

    def __call__(self) -> int:
        """How many bills came to another team."""
        team_of = cache(lambda dossier_id: self.office.team_of(dossier_id, self.now))
        return sum(self._follow(invoice, team_of) for invoice in self._unpaid())

    def _follow(self, invoice: Invoice, team_of: Callable[[str], str | None]) -> bool:
        team = team_of(invoice.dossier_id) if invoice.dossier_id else None
        if team is None or team == invoice.team:
            return False
        with suppress(InvoiceChangedError):  # somebody works on it: the next look finds it
            self.store.save(invoice, invoice.changed(Act(Duty.SETTLE, "team_moved", MACHINE, self.now), team=team))
            return True
        return False

    def _unpaid(self) -> Iterator[Invoice]:
        for state in sorted(UNPAID):
            cursor: str | None = None
            while True:
                page = self.store.in_state(state, _PAGE, cursor)
                yield from page.invoices
                if (cursor := page.next_cursor) is None:
                    break
