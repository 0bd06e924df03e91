"""Compare the counters of the ledger with the invoices themselves, and set right what differs."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.ledger_counters import rows_of, wrong_numbers
from sozialakte.payments.store import PaymentsStore
from sozialakte.runtime.dynamo import ConditionFailedError

PAGE = 500
"""Invoices that one query fetches."""
PAUSE = 5.0
"""Seconds between two looks: the index from which invoices are read lags behind the counters by less."""
_ATTEMPTS = 5
Row = tuple[Counter[str], Counter[str]]
"""The numbers of a row of counters: as they are, as they must be."""


class LedgerInUseError(Exception):
    """People change invoices all the time; try again when fewer work."""


@dataclass(frozen=True)
class RecountLedger:
    """The use case. ``pause`` waits so many seconds."""

    store: PaymentsStore
    pause: Callable[[float], None] = time.sleep

    def look(self) -> Mapping[str, Row]:
        """The rows that are wrong. Counters are read first: who changes an invoice meanwhile changes them too."""
        stored = self.store.ledger.by_row()
        right = rows_of(self._all())
        pairs = {row: (stored.get(row, Counter()), right.get(row, Counter())) for row in sorted({*stored, *right})}
        return {row: pair for row, pair in pairs.items() if wrong_numbers(*pair)}

    def mend(self) -> int:
        """Set right what two looks in a row found wrong; how many numbers those were. Raises `LedgerInUseError`."""
        for _ in range(_ATTEMPTS):
            wrong = self.look()
            if not wrong:
                return 0
            self.pause(PAUSE)
            if wrong == self.look() and self._set(wrong):
                return sum(len(wrong_numbers(*pair)) for pair in wrong.values())
        raise LedgerInUseError

    def _set(self, wrong: Mapping[str, Row]) -> bool:
        """Whether nobody changed one of them meanwhile."""
        try:
            for row, (stored, right) in wrong.items():
                self.store.ledger.mend(row, stored, right)
        except ConditionFailedError:
            return False
        return True

    def _all(self) -> Iterator[Invoice]:
        for state in InvoiceState:
            cursor = None
            while True:
                page = self.store.in_state(state, PAGE, cursor)
                yield from page.invoices
                cursor = page.next_cursor
                if cursor is None:
                    break
