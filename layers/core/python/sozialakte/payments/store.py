"""Invoices in DynamoDB.

| to find | how |
|---|---|
| an invoice | get ``INVOICE#<invoice_id>`` / ``INVOICE`` |
| the invoices of a letter | query ``LETTER#<letter_id>``, then batch get |
| invoices that may be the same | batch of queries ``SIGN#<signature>``, one for each of at most three |
| what a team has to enter, what waits for an approval in it | index ``by_work``: ``work_key`` / ``due_by`` |
| invoices in a state, the longest there first | index ``by_state``: ``state_key`` / ``since`` |
| what is unpaid, the first due first | index ``by_due``: ``unpaid_key`` / ``due_by`` |
| unpaid with a discount, the first to end first | index ``by_discount``: ``discount_key`` / ``discount_until`` |
| the same two of a team | indexes ``by_team_due``: ``team_unpaid``; ``by_team_discount``: ``team_discount`` |
| the invoices of a dossier, newest first | index ``by_dossier``: ``dossier_id`` / ``received`` |
| the invoices of a creditor, newest first | index ``by_creditor``: ``creditor_id`` / ``received`` |
| how many stand in each state, of all, a creditor, a dossier | `ledger_counters` |
| how often something was approved under a signature | `look_alikes` |
| creditors | `creditor_book` |
| standing rules, and how a creditor's last invoice in a dossier was coded | `rule_store` |
| the list of categories | `category_store` |
| what was booked, and its vouchers | `journal_store` |

An invoice, its counters, what it is found by and what is booked of it change in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sozialakte.payments.creditor_book import CreditorBook
from sozialakte.payments.invoice import Invoice
from sozialakte.payments.journal_store import journal_parts
from sozialakte.payments.ledger_counters import LedgerCounters, counter_parts
from sozialakte.payments.look_alikes import LookAlikes, approvals_in, is_pointer
from sozialakte.payments.records import invoice_item, invoice_key, invoice_of, letter_key, signature_key
from sozialakte.payments.rule_store import RuleStore, last_coding_parts
from sozialakte.payments.signatures import signatures_of
from sozialakte.runtime.dynamo import (
    NEW,
    Attr,
    ConditionFailedError,
    Delete,
    Key,
    Part,
    Put,
    Query,
    Table,
    transact,
)
from sozialakte.runtime.items import text


class UnknownInvoiceError(LookupError):
    """There is no such invoice."""


class InvoiceChangedError(Exception):
    """Somebody changed the invoice meanwhile; ``current`` is what it is now, its last act says who did what."""

    def __init__(self, current: Invoice) -> None:
        super().__init__(f"version {current.version}")
        self.current = current


@dataclass(frozen=True)
class InvoicePage:
    """A page of invoices and the cursor of the next."""

    invoices: tuple[Invoice, ...]
    next_cursor: str | None


class PaymentsStore:
    """The payments table."""

    def __init__(self, table: str) -> None:
        self._table = Table(table)

    @property
    def ledger(self) -> LedgerCounters:
        """The counters."""
        return LedgerCounters(self._table)

    @property
    def creditors(self) -> CreditorBook:
        """Who sends bills."""
        return CreditorBook(self._table)

    @property
    def rules(self) -> RuleStore:
        """The standing rules."""
        return RuleStore(self._table.name)

    def find(self, invoice_id: str) -> Invoice | None:
        """The invoice, or None."""
        item = self._table.get(*invoice_key(invoice_id), consistent=True)
        return invoice_of(item) if item else None

    def get(self, invoice_id: str) -> Invoice:
        """The invoice. Raises `UnknownInvoiceError`."""
        found = self.find(invoice_id)
        if found is None:
            raise UnknownInvoiceError(invoice_id)
        return found

    def get_many(self, invoice_ids: Iterable[str]) -> list[Invoice]:
        """Those of these invoices that exist."""
        keys = [invoice_key(invoice_id) for invoice_id in dict.fromkeys(invoice_ids)]
        return [invoice_of(item) for item in self._table.get_many(keys, consistent=True)]

    def of_letter(self, letter_id: str) -> list[Invoice]:
        """The invoices found in a letter."""
        rows = self._table.query(Query(Key("pk").eq(letter_key(letter_id)), consistent=True))
        found = self.get_many([text(row, "invoice_id") for row in rows])
        return [invoice for invoice in found if invoice.scan.letter_id == letter_id]

    def like(self, invoice: Invoice) -> list[Invoice]:
        """Other invoices that may be the same (`signatures_of`)."""
        return list(self.look_alikes(invoice).others)

    def look_alikes(self, invoice: Invoice) -> LookAlikes:
        """As `like`, with what lets only one of them be approved at a time."""
        keys = [signature_key(signature) for signature in sorted(signatures_of(invoice))]
        found = {pk: list(self._table.query(Query(Key("pk").eq(pk), consistent=True))) for pk in keys}
        ids = [text(row, "invoice_id") for rows in found.values() for row in rows if is_pointer(row)]
        others = tuple(other for other in self.get_many(ids) if other.invoice_id != invoice.invoice_id)
        return LookAlikes(others, {pk: approvals_in(rows) for pk, rows in found.items()})

    def turn(self, alike: LookAlikes) -> tuple[Part, ...]:
        """What goes with the last approval: `save` fails if something that looks the same was approved since."""
        return tuple(alike.turn(self._table.name))

    def save(self, before: Invoice | None, after: Invoice, *others: Part, books: Iterable[Part] | None = None) -> None:
        """A new invoice (``before`` None) or its next version, with ``others`` in the same transaction.

        ``books``: what is booked of it; None: what follows from its states alone.

        Raises `InvoiceChangedError`; repeated with the same next version: nothing.
        """
        when = Attr("version").eq(before.version) if before else NEW
        parts = [
            Put(self._table.name, invoice_item(after), when),
            *counter_parts(self._table.name, before, after),
            *self._pointers(before, after),
            *last_coding_parts(self._table.name, before, after),
            *(journal_parts(self._table.name, before, after) if books is None else books),
            *others,
        ]
        try:
            transact(parts)
        except ConditionFailedError as error:
            current = self.get(after.invoice_id)
            if current != after:
                raise InvoiceChangedError(current) from error

    def waiting(self, work_key: str, limit: int, cursor: str | None = None) -> InvoicePage:
        """What waits in a list (`records.enter_key`, `records.approve_key`), the first due first."""
        return self._page(Query(Key("work_key").eq(work_key), index="by_work"), limit, cursor)

    def in_state(self, state: str, limit: int, cursor: str | None = None) -> InvoicePage:
        """Invoices in a state, the longest there first."""
        return self._page(Query(Key("state_key").eq(state), index="by_state"), limit, cursor)

    def unpaid_due(self, until: str, limit: int, cursor: str | None = None, *, team: str | None = None) -> InvoicePage:
        """Unpaid invoices, of all or of a ``team``, due at the latest on a day (ISO), the first due first."""
        of = Key("team_unpaid").eq(team) if team else Key("unpaid_key").eq("unpaid")
        where = of & Key("due_by").between("0", until)
        return self._page(Query(where, index="by_team_due" if team else "by_due"), limit, cursor)

    def discounts_ending(
        self, since: str, until: str, limit: int, cursor: str | None = None, *, team: str | None = None
    ) -> InvoicePage:
        """As `unpaid_due`, those whose first discount ends between two days (ISO), both included."""
        of = Key("team_discount").eq(team) if team else Key("discount_key").eq("discount")
        where = of & Key("discount_until").between(since, until)
        return self._page(Query(where, index="by_team_discount" if team else "by_discount"), limit, cursor)

    def of_dossier(self, dossier_id: str, limit: int, cursor: str | None = None) -> InvoicePage:
        """The invoices of a dossier, the newest first."""
        query = Query(Key("dossier_id").eq(dossier_id), index="by_dossier", newest_first=True)
        return self._page(query, limit, cursor)

    def of_creditor(self, creditor_id: str, limit: int, cursor: str | None = None) -> InvoicePage:
        """The invoices of a creditor, the newest first."""
        query = Query(Key("creditor_id").eq(creditor_id), index="by_creditor", newest_first=True)
        return self._page(query, limit, cursor)

    def _page(self, query: Query, limit: int, cursor: str | None) -> InvoicePage:
        page = self._table.query_page(query, limit, cursor)
        return InvoicePage(tuple(map(invoice_of, page.items)), page.next_cursor)

    def _pointers(self, before: Invoice | None, after: Invoice) -> Iterator[Part]:
        """What it is found by: the letter it lies in, and its signatures."""
        name, wanted, there = self._table.name, _pointed(after), _pointed(before) if before else frozenset()
        facts = {"entity": "pointer", "invoice_id": after.invoice_id}
        for pk in sorted(wanted - there):
            yield Put(name, {"pk": pk, "sk": after.invoice_id, **facts})
        for pk in sorted(there - wanted):
            yield Delete(name, pk, after.invoice_id)


def _pointed(invoice: Invoice) -> frozenset[str]:
    return frozenset(map(signature_key, signatures_of(invoice))) | {letter_key(invoice.scan.letter_id)}
