"""Compare the counters of the ledger with the invoices themselves, and set right what differs.

Invoices that were counted when they came and are in no state any more are lost: no repair hides that by itself.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sozialakte.payments.invoice import Invoice
from sozialakte.payments.invoice_states import InvoiceState
from sozialakte.payments.ledger_books import (
    LEDGER,
    Numbers,
    RowKey,
    counts_in,
    rows_of,
    wrong_numbers,
)
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


class LostInvoicesError(Exception):
    """``count`` invoices were received and are in no state: they have to be found, or given up by whoever may."""

    def __init__(self, count: int) -> None:
        super().__init__(str(count))
        self.count = count


@dataclass(frozen=True)
class RecountLedger:
    """The use case. ``pause`` waits so many seconds; ``lost``: how many invoices people know to be lost."""

    store: PaymentsStore
    pause: Callable[[float], None] = time.sleep
    lost: int = 0

    def numbers(self) -> tuple[Numbers, Numbers]:
        """All rows as they are, and as they must be by the invoices. Counters are read first: who changes an invoice
        meanwhile changes them too.
        """
        months = self.store.ledger.by_month()
        stored = self.store.ledger.by_row(months)
        right = rows_of(self._all())
        forgotten = {sk.split("#")[0] for pk, sk in right if pk == LEDGER} - set(months)
        return ({**stored, **self.store.ledger.by_row(forgotten)} if forgotten else stored), right

    def look(self) -> Mapping[RowKey, Row]:
        """The rows that are wrong."""
        return wrong_rows(*self.numbers())

    def mend(self) -> int:
        """Set right what two looks in a row found wrong; how many numbers those were.

        Raises `LedgerInUseError`; `LostInvoicesError` if other than ``lost`` are missing.
        """
        for _ in range(_ATTEMPTS):
            wrong = self.look()
            if not wrong:
                return 0
            self.pause(PAUSE)
            if wrong == self.look():
                self._against_hiding(wrong)
                if self._set(wrong):
                    return sum(len(wrong_numbers(*pair)) for pair in wrong.values())
        raise LedgerInUseError

    def _against_hiding(self, wrong: Mapping[RowKey, Row]) -> None:
        lost = sum(missing_in(pair) for (pk, _), pair in wrong.items() if pk == LEDGER)
        if lost > 0 and lost != self.lost:
            raise LostInvoicesError(lost)

    def _set(self, wrong: Mapping[RowKey, Row]) -> bool:
        """Whether nobody changed one of them meanwhile."""
        try:
            for key, (stored, right) in wrong.items():
                self.store.ledger.mend(key, stored, right)
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


def wrong_rows(stored: Numbers, right: Numbers) -> dict[RowKey, Row]:
    """The rows that are not as they must be."""
    keys = sorted({*stored, *right})
    pairs = {key: (stored.get(key, Counter()), right.get(key, Counter())) for key in keys}
    return {key: pair for key, pair in pairs.items() if wrong_numbers(*pair)}


def missing_in(row: Row) -> int:
    """How many invoices were counted when they came and cannot be found."""
    stored, right = row
    return counts_in(stored).received - counts_in(right).received
