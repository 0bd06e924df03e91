"""Invoices that look the same, and whose turn it is to be approved.

Each signature has a row that counts the approvals under it. An approval changes the rows it saw together with its
invoice, so of two approvals of look-alikes at the same moment one fails, looks again, and finds the other approved.

| to find | how |
|---|---|
| how often something was approved under a signature | ``SIGN#<signature>`` / ``APPROVALS``, beside what it finds |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sozialakte.payments.invoice import Invoice
from sozialakte.runtime.dynamo import NEW, Attr, Item, Put
from sozialakte.runtime.items import number

_APPROVALS = "APPROVALS"


@dataclass(frozen=True)
class LookAlikes:
    """The ``others``; ``approvals`` under each partition of a signature when they were looked for."""

    others: tuple[Invoice, ...] = ()
    approvals: Mapping[str, int] = field(default_factory=dict)

    def turn(self, table: str) -> Iterator[Put]:
        """What goes with an approval: nothing else was approved under these signatures since."""
        for pk, seen in self.approvals.items():
            when = Attr("approvals").eq(seen) if seen else NEW
            yield Put(table, {"pk": pk, "sk": _APPROVALS, "entity": "approvals", "approvals": seen + 1}, when)


def approvals_in(rows: Iterable[Item]) -> int:
    """How often something was approved, by the rows of a signature's partition."""
    return next((number(row, "approvals") for row in rows if row["sk"] == _APPROVALS), 0)


def is_pointer(row: Item) -> bool:
    """Whether a row of a signature's partition leads to an invoice."""
    return row["sk"] != _APPROVALS
